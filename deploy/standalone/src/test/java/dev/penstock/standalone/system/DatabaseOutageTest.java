package dev.penstock.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Window;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** Three replicas whose PostgreSQL is killed again and again under load; and one that is away for minutes. */
@Tag("long")
@Isolated
@Timeout(1800)
class DatabaseOutageTest {

    private static final int REPLICAS = 3;
    private static final int KILLS = 20;
    private static final Duration BETWEEN_KILLS = Duration.ofSeconds(10);
    /** Longer than the stretch in which demand is counted: a replica holds as much as was asked of it in one, so a younger load goes on for as long as it has lasted. */
    private static final Duration BEFORE = Duration.ofSeconds(330);
    private static final Duration AWAY = Duration.ofSeconds(Integer.getInteger("penstock.test.outage", 270));
    private static final Duration RECOVERED = Duration.ofSeconds(120);
    private static final BigInteger ENOUGH = BigInteger.TEN.pow(15);
    private static final Load.Kind MIXED = new Load.Kind(24, 30, Duration.ofMillis(100), 20_261_128);

    @Test
    void everyCallIsBookedOnceWhenTheDatabaseIsKilledEveryTenSeconds() {
        try (ReplicatedPenstock several = ReplicatedPenstock.start(REPLICAS)) {
            Lab lab = lab(several, "killed-database");
            try (Load load = Load.begin(several.replicas(), key(lab), MIXED)) {
                PostgresOutage outage = new PostgresOutage(several.penstock());
                for (int kill = 0; kill < KILLS; kill++) {
                    LockSupport.parkNanos(BETWEEN_KILLS.toNanos());
                    outage.begin();
                    outage.end();
                    load.requireGoingOn();
                }
                requireExact(several, lab, load);
            }
        }
    }

    /** What is known of members, keys and routes must be allowed to be as old. */
    @Test
    void nobodyIsRefusedForALifeOfAllotments() {
        assumeTrue(AdmissionMode.allotments(), "replicas that ask the database for each call refuse at once");
        try (ReplicatedPenstock several = ReplicatedPenstock.start(
                REPLICAS, "access.longest-staleness=10m", "keys.longest-staleness=10m", "routes.longest-staleness=10m")) {
            Lab lab = lab(several, "away");
            try (Load load = Load.begin(several.replicas(), key(lab), MIXED)) {
                LockSupport.parkNanos(BEFORE.toNanos());
                PostgresOutage outage = new PostgresOutage(several.penstock());
                outage.begin();
                long refusedBefore = load.seen(503);
                long answered = load.seen(200);
                LockSupport.parkNanos(AWAY.toNanos());
                System.out.printf("without a database for %d s: %d answered, %d refused%n", AWAY.toSeconds(), load.seen(200) - answered, load.seen(503) - refusedBefore);
                assertThat(load.seen(503)).as("refused without a database").isEqualTo(refusedBefore);
                assertThat(load.seen(200) - answered).as("answered without a database").isPositive();
                outage.end();
                requireExact(several, lab, load);
            }
        }
    }

    private static Lab lab(ReplicatedPenstock several, String name) {
        Lab lab = new Lab(several.penstock(), name);
        lab.limit(Meter.TOKENS, Window.MONTH, ENOUGH);
        lab.limit(Meter.MONEY, Window.MONTH, ENOUGH);
        lab.limit(Meter.REQUESTS, Window.MINUTE, ENOUGH);
        return lab;
    }

    private static String key(Lab lab) {
        return Objects.requireNonNull(lab.key("outages").secret());
    }

    private static void requireExact(ReplicatedPenstock several, Lab lab, Load load) {
        Books books = new Books(several.penstock(), List.of(new Books.Of(lab, load.end())));
        books.awaitQuiet(RECOVERED);
        books.requireExact();
        System.out.println(books);
        several.stopReplicas();
        books.requireNothingHeld();
    }
}
