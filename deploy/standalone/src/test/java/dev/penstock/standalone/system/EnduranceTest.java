package dev.penstock.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Window;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Half an hour, or {@code -Dpenstock.test.minutes=}: a mixed load with 30 % disconnects at four replicas, each minute one of three killed in its turn,
 * and the database away for a minute twice. The fourth is spared, so that its memory tells of all that time. What was seen is written to
 * {@code target/endurance.md}.
 */
@Tag("long")
@Isolated
class EnduranceTest {

    private static final int MINUTES = Integer.getInteger("penstock.test.minutes", 30);
    private static final int REPLICAS = 4;
    private static final int KILLED = 3;
    private static final Load.Kind MIXED = new Load.Kind(24, 30, Duration.ofMillis(200), 20_261_126);
    private static final Load.Kind FEW = new Load.Kind(4, 30, Duration.ofMillis(500), 20_261_127);
    private static final Duration OUTAGE = Duration.ofMinutes(1);
    private static final Duration RECOVERED = Duration.ofMinutes(3);
    private static final int EARLIEST_KILL_SECONDS = 5;
    private static final int LATEST_KILL_SECONDS = 30;

    private static final BigInteger ENOUGH = BigInteger.TEN.pow(15);
    private static final BigInteger AT_ONCE = BigInteger.valueOf(20);
    private static final BigInteger FEW_AT_ONCE = BigInteger.valueOf(4);
    private static final BigInteger TOKENS_A_MINUTE = BigInteger.valueOf(400);

    private final Random random = new Random(MIXED.seed());

    @Test
    @Timeout(value = 2, unit = TimeUnit.HOURS)
    void everyCallIsBookedOnceNoLimitIsPassedAndMemoryStaysAsItIs() throws IOException {
        try (ReplicatedPenstock several = ReplicatedPenstock.start(REPLICAS)) {
            RunningPenstock penstock = several.penstock();
            Lab lab = new Lab(penstock, "endurance");
            String key = Objects.requireNonNull(lab.key("endurance").secret());
            lab.limit(Meter.TOKENS, Window.MONTH, ENOUGH);
            lab.limit(Meter.MONEY, Window.MONTH, ENOUGH);
            lab.limit(Meter.CONCURRENCY, Window.NOW, AT_ONCE);
            Lab tight = new Lab(penstock, "tight");
            String tightKey = Objects.requireNonNull(tight.key("tight").secret());
            tight.limit(Meter.TOKENS_OUTPUT, Window.MINUTE, TOKENS_A_MINUTE);
            tight.limit(Meter.CONCURRENCY, Window.NOW, FEW_AT_ONCE);
            EnduranceReport report = new EnduranceReport(several.replicas());
            try (AtWork atWork = AtWork.watch(penstock);
                    Load load = Load.begin(several.replicas(), key, MIXED);
                    Load tightLoad = Load.begin(several.replicas(), tightKey, FEW)) {
                for (int minute = 1; minute <= MINUTES; minute++) {
                    String happened = minute(several, minute);
                    load.requireGoingOn();
                    tightLoad.requireGoingOn();
                    report.add(minute, happened, load.seen(), tightLoad.seen());
                }
                Books books = new Books(penstock, List.of(new Books.Of(lab, load.end()), new Books.Of(tight, tightLoad.end())));
                Eventually.eventually("no stream is alive at the engines 5 s after the last client", Duration.ofSeconds(5), () -> EngineLog.atWork(penstock) == 0);
                books.awaitQuiet(RECOVERED);
                report.write(books + "; at most " + atWork.most() + " at once at the engines");
                books.requireExact();
                assertThat(atWork.most()).as("calls at once at the engines").isLessThanOrEqualTo(AT_ONCE.add(FEW_AT_ONCE).longValueExact());
                assertThat(books.bookedByMinute(tight).values()).as("tokens of a minute's calls, under a limit of so many")
                        .allMatch(tokens -> tokens <= TOKENS_A_MINUTE.longValueExact());
                assertThat(tightLoad.seen(429)).as("refused in full minutes").isPositive();
                several.stopReplicas();
                books.requireNothingHeld();
            }
        }
    }

    /** @return what was done in it */
    private String minute(ReplicatedPenstock several, int minute) {
        long begin = System.nanoTime();
        String happened = "";
        if (minute == Math.max(1, MINUTES / 3) || minute == Math.max(2, MINUTES * 2 / 3)) {
            PostgresOutage outage = new PostgresOutage(several.penstock());
            outage.begin();
            LockSupport.parkNanos(OUTAGE.toNanos());
            outage.end();
            happened = "the database was away for " + OUTAGE.toSeconds() + " s; ";
        }
        Replica replica = several.replicas().get(minute % KILLED);
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(random.nextInt(EARLIEST_KILL_SECONDS, LATEST_KILL_SECONDS)));
        int alive = replica.alive().get();
        replica.process().kill();
        replica.process().startAgain();
        LockSupport.parkNanos(TimeUnit.MINUTES.toNanos(1) - (System.nanoTime() - begin));
        return happened + replica + " killed with " + alive + " answers under way";
    }
}
