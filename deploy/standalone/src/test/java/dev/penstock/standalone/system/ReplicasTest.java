package dev.penstock.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Window;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Three replicas on one PostgreSQL and nothing else, each killed under a mixed load, the database too; then restarted one after the other. */
@Order(1)
@Timeout(600)
@ResourceLock(Load.LOCK)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReplicasTest {

    private static final int REPLICAS = 3;
    private static final Load.Kind MIXED = new Load.Kind(24, 30, Duration.ZERO, 20_261_122);
    private static final Load.Kind FEW = new Load.Kind(4, 30, Duration.ZERO, 20_261_123);
    private static final Load.Kind PATIENT = new Load.Kind(16, 0, Duration.ZERO, 20_261_124);
    private static final int ALIVE = 2;
    private static final int LATEST_KILL_MILLIS = 500;

    private static final BigInteger ENOUGH = BigInteger.TEN.pow(15);
    private static final BigInteger AT_ONCE = BigInteger.valueOf(20);
    private static final BigInteger FEW_AT_ONCE = BigInteger.valueOf(4);
    private static final BigInteger FEW_TOKENS = BigInteger.valueOf(1_500);

    private static final int RESERVATIONS = 300;
    private static final int CALLS = 2_000;
    private static final int CALLERS = 200;

    private static final Duration RECOVERED = Duration.ofSeconds(60);

    private static ReplicatedPenstock several;
    private static RunningPenstock penstock;

    @BeforeAll
    static void start() {
        several = ReplicatedPenstock.start(REPLICAS, "gateway.stop-time=30s");
        penstock = several.penstock();
    }

    @AfterAll
    static void stop() {
        several.close();
    }

    @Test
    @Order(1)
    void everyCallIsBookedOnceAndNoLimitIsPassedWhicheverReplicaOrDatabaseIsKilled() {
        Lab lab = new Lab(penstock, "replicas");
        String key = Objects.requireNonNull(lab.key("replicas").secret());
        lab.limit(Meter.TOKENS, Window.MONTH, ENOUGH);
        lab.limit(Meter.MONEY, Window.MONTH, ENOUGH);
        lab.limit(Meter.REQUESTS, Window.MINUTE, ENOUGH);
        lab.limit(Meter.CONCURRENCY, Window.NOW, AT_ONCE);
        Lab tight = new Lab(penstock, "tight");
        String tightKey = Objects.requireNonNull(tight.key("tight").secret());
        tight.limit(Meter.TOKENS_OUTPUT, Window.LIFE, FEW_TOKENS);
        tight.limit(Meter.CONCURRENCY, Window.NOW, FEW_AT_ONCE);

        try (AtWork atWork = AtWork.watch(penstock);
                Load load = Load.begin(several.replicas(), key, MIXED);
                Load tightLoad = Load.begin(several.replicas(), tightKey, FEW)) {
            killEach();
            PostgresOutage outage = new PostgresOutage(penstock);
            outage.begin();
            outage.end();
            long before = load.seen(200);
            Eventually.eventually("calls are answered again", RECOVERED, () -> load.seen(200) >= before + 2L * MIXED.callers());
            Books books = new Books(penstock, List.of(new Books.Of(lab, load.end()), new Books.Of(tight, tightLoad.end())));
            Eventually.eventually("no stream is alive at the engines 5 s after the last client", Duration.ofSeconds(5), () -> EngineLog.atWork(penstock) == 0);
            books.awaitQuiet(RECOVERED);
            books.requireExact();
            System.out.println(books);
            assertThat(atWork.most()).as("calls at once at the engines").isLessThanOrEqualTo(AT_ONCE.add(FEW_AT_ONCE).longValueExact());
            System.out.printf("under a limit of %d tokens: %d booked, %d produced%n", FEW_TOKENS, books.booked(tight), books.produced(tight));
            assertThat(books.booked(tight)).as("tokens under a limit of so many").isLessThanOrEqualTo(FEW_TOKENS.longValueExact());
            assertThat(tightLoad.seen(429)).as("refused when it was used up").isPositive();
            assertThat(load.seen(200)).as("answered").isGreaterThan(5L * MIXED.callers());
        }
    }

    /** Each with answers under way, at an instant that nobody chose. */
    private static void killEach() {
        Random random = new Random(MIXED.seed());
        List<Replica> order = new ArrayList<>(several.replicas());
        Collections.shuffle(order, random);
        for (Replica replica : order) {
            replica.awaitAlive(ALIVE);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(LATEST_KILL_MILLIS)));
            int alive = replica.alive().get();
            replica.process().kill();
            System.out.printf("%s killed with %d answers under way%n", replica, alive);
            replica.process().startAgain();
        }
    }

    @Test
    @Order(2)
    void oneBudgetIsUsedUpAndNotPassedByManyCallsAtAllOfThem() {
        new OneBudget(several, "budget", RESERVATIONS).play(CALLS, CALLERS).requireAllOfIt();
    }

    /** Its short form, within one process, is quota-service's StoppingTest. */
    @Test
    @Order(3)
    @Tag("long")
    void aRollingRestartUnderLoadCutsNoCall() {
        Lab lab = new Lab(penstock, "rolling");
        String key = Objects.requireNonNull(lab.key("rolling").secret());
        lab.limit(Meter.TOKENS, Window.MONTH, ENOUGH);
        lab.limit(Meter.CONCURRENCY, Window.NOW, ENOUGH);
        Set<String> earlier = EngineLog.read(penstock).keySet();
        List<RawCall> seen;
        try (Load load = Load.begin(several.replicas(), key, PATIENT)) {
            for (Replica replica : several.replicas()) {
                replica.awaitAlive(ALIVE);
                long begin = System.nanoTime();
                replica.process().stop();
                System.out.printf("%s stopped within %d ms%n", replica, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
                replica.process().startAgain();
            }
            seen = load.end();
            System.out.printf("rolling restart: %d calls, %d connections closed before anything was asked%n", seen.size(), load.turnedAway());
        }
        assertThat(seen).as("answered to its end, or on a connection that nobody had taken yet").allMatch(call -> call.whole() ? call.status() == 200 : call.status() == 0);
        Map<String, EngineLog.Entry> produced = EngineLog.read(penstock);
        Set<String> begun = new HashSet<>(produced.keySet());
        begun.removeAll(earlier);
        assertThat(begun).as("calls that reached an engine: each was answered to its end")
                .isEqualTo(seen.stream().flatMap(call -> call.call().stream()).collect(Collectors.toSet()));
        Books books = new Books(penstock, List.of(new Books.Of(lab, seen)));
        books.awaitQuiet(RECOVERED);
        several.stopReplicas();
        books.requireExact();
        books.requireNothingHeld();
    }
}
