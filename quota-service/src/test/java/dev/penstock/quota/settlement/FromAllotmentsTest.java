package dev.penstock.quota.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Window;
import dev.penstock.db.testing.TestDatabase;
import dev.penstock.quota.RunningService;
import dev.penstock.quota.admission.Admission;
import dev.penstock.quota.admission.Ask;
import dev.penstock.quota.admission.Verdict;
import dev.penstock.quota.admission.Verdict.Level;
import dev.penstock.quota.journal.Attempt;
import dev.penstock.quota.journal.Journal;
import dev.penstock.quota.journal.JournalCopy;
import java.math.BigInteger;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/** Three replicas of the real program on one database that admit from what they hold of limits. */
@Timeout(300)
class FromAllotmentsTest {

    /** What only guards against hanging. */
    private static final Duration LATEST = Duration.ofSeconds(30);

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final List<RunningService> REPLICAS = List.of(
            RunningService.pricedOn(DATABASE, of("first")), RunningService.on(DATABASE, of("second")), RunningService.on(DATABASE, of("third")));

    private final SpendBench bench = new SpendBench(REPLICAS.getFirst());
    private final SpendBench.Tenant tenant = bench.tenant();

    /** In small batches, so that those of one tenant are settled side by side too. */
    private static String[] of(String replica) {
        return new String[] {
            "--penstock.admission.mode=allotments", "--penstock.admission.replica=" + replica, "--penstock.gateway.stop-time=300ms", "--penstock.settlement.batch=3"
        };
    }

    @AfterAll
    static void stop() {
        REPLICAS.forEach(RunningService::stop);
    }

    @AfterEach
    void theBooksHoldTogether() {
        bench.isSound(tenant);
    }

    @Test
    void whatACallUsedIsInTheBooksAndTheRestIsThereForOthers() {
        LimitId tokens = tenant.limit(Level.TENANT, Meter.TOKENS, Window.MONTH, 10_000L);
        LimitId requests = tenant.limit(Level.KEY, Meter.REQUESTS, Window.LIFE, 100L);
        Attempt attempt = tenant.admitted(tenant.ask(1_000, 500));
        assertThat(bench.service.column("select count(*) from quota.intent where tenant_id = '%s'".formatted(tenant.id()))).as("it is in the journal").containsExactly("0");
        bench.settle(SpendBench.completed(attempt, 900, 100));

        assertThat(tenant.usage("input || ' ' || output")).containsExactly("900 100");
        assertThat(settled(tokens)).isEqualTo("1000");
        assertThat(settled(requests)).isEqualTo("1");
        assertThat(left((Verdict.Admitted) tenant.admit(tenant.ask(1_000, 500)), tokens)).isEqualTo(10_000 - 1_000 - 1_500);
    }

    @Test
    void oneReplicaTellsExactlyWhatIsLeft() {
        LimitId tokens = tenant.limit(Level.PROJECT, Meter.TOKENS, Window.DAY, 1_000_000L);
        tenant.limit(Level.PROJECT, Meter.TOKENS, null, Window.HOUR, BigInteger.ONE, false);
        for (int call = 1; call <= 20; call++) {
            Verdict.Admitted admitted = (Verdict.Admitted) tenant.admit(tenant.ask(60, 40));
            assertThat(admitted.rooms()).as("a limit that only warns has no room to tell").hasSize(1);
            assertThat(left(admitted, tokens)).isEqualTo(1_000_000 - call * 100L);
        }
    }

    @Test
    void nearlyAllAreAdmittedWithoutWaitingForAnybody() {
        tenant.limit(Level.TENANT, Meter.TOKENS, Window.MONTH, 1_000_000_000L);
        assertThat(bench.admission.fromMemory(tenant.ask(10, 10))).as("nobody has called yet").isEmpty();
        int fromMemory = 0;
        for (int call = 0; call < 200; call++) {
            Ask ask = tenant.ask(10, 10);
            var answer = bench.admission.fromMemory(ask).map(CompletionStage::toCompletableFuture);
            fromMemory += answer.isPresent() ? 1 : 0;
            assertThat(answer.isPresent() ? answer.get().join() : tenant.admit(ask)).isInstanceOf(Verdict.Admitted.class);
        }
        assertThat(fromMemory).as("what is drawn doubles").isGreaterThan(180);
    }

    @Test
    void aRefusalNamesTheRuleItsNumbersAndItsOwner() {
        LimitId limit = tenant.limit(Level.PROJECT, Meter.TOKENS_OUTPUT, Window.DAY, 1_000L);
        bench.settle(SpendBench.completed(tenant.admitted(tenant.ask(10, 700)), 10, 600));
        tenant.admitted(tenant.ask(10, 300));

        Verdict.Refused refused = tenant.refused(tenant.ask(10, 200));
        assertThat(refused.rule()).isEqualTo(limit);
        assertThat(List.of(refused.amount(), refused.settled(), refused.asked())).containsExactly(big(1_000), big(600), big(200));
        assertThat(refused.leased()).as("what others have, and what is idle here and is not enough").isBetween(big(300), big(400));
        assertThat(refused.owner()).isEqualTo(new Verdict.Owner(Level.PROJECT, "vision"));
        assertThat(refused.retry()).isEqualTo(Verdict.Retry.WHEN_OTHERS_END);
        assertThat(tenant.refused(tenant.ask(10, 1_001)).retry()).isEqualTo(Verdict.Retry.NEVER);
    }

    /** The rows are changed behind the program's back, so that nobody is notified. */
    @Test
    void aLimitThatIsSetLoweredRaisedOrRemovedHoldsWithinTwoSecondsAlsoWhenItsNotificationIsLost(TestReporter reporter) {
        LimitId limit = tenant.limit(Level.TENANT, Meter.REQUESTS, Window.DAY, 1_000L);
        tenant.admitted(tenant.ask(1, 1));
        List<Long> millis = new ArrayList<>();
        millis.add(until(Verdict.Refused.class, "update quota.limit_rule set amount = 0 where id = '%s'".formatted(limit)));
        millis.add(until(Verdict.Admitted.class, "update quota.limit_rule set amount = 1000 where id = '%s'".formatted(limit)));
        String another = """
                insert into quota.limit_rule (tenant_id, id, node_id, meter, "window", amount) values ('%s', gen_random_uuid(), '%s', 'TOKENS', 'DAY', 0)""".formatted(tenant.id(), tenant.key());
        millis.add(until(Verdict.Refused.class, another));
        millis.add(until(Verdict.Admitted.class, "delete from quota.limit_rule where tenant_id = '%s' and meter = 'TOKENS'".formatted(tenant.id())));
        reporter.publishEntry("set, raised, new, removed after ms", millis.toString());
    }

    @Test
    void partsOfTheNextTenMinutesAreDrawnBeforeTheyBegin() {
        LimitId limit = tenant.limit(Level.TENANT, Meter.REQUESTS, Window.MINUTE, 10_000L);
        tenant.admitted(tenant.ask(1, 1));
        await().atMost(LATEST).until(() -> bench.service.column("""
                select count(*) from quota.replica_allotment where limit_id = '%s' and replica = 'first' and drawn > 0 and period_start > now()""".formatted(limit)).getFirst(), "10"::equals);
    }

    @Test
    void whatIsIdleElsewhereIsReturnedToWhoIsShort() {
        LimitId limit = tenant.limit(Level.TENANT, Meter.TOKENS, Window.LIFE, 100_000L);
        for (int call = 0; call < 50; call++) {
            tenant.admitted(tenant.ask(500, 500));
        }
        // 1. The first replica holds more than it has given out.
        await().atMost(LATEST).until(() -> Long.parseLong(leased(limit)) > 50_000);
        // 2. The second needs all that is left, and half of it is idle at the first.
        Verdict verdict = REPLICAS.get(1).bean(Admission.class).admit(tenant.ask(25_000, 25_000));
        assertThat(verdict).isInstanceOf(Verdict.Admitted.class);
        assertThat(leased(limit)).isEqualTo("100000");
        assertThat(tenant.refused(tenant.ask(1, 1)).used()).isEqualTo(big(100_000));
    }

    @Test
    void threeReplicasAndManyCallersUseABudgetOfAThousandExactly(TestReporter reporter) throws Exception {
        int calls = 1_000;
        LimitId tokens = tenant.limit(Level.TENANT, Meter.TOKENS, Window.LIFE, calls * 150L);
        LimitId money = tenant.limit(Level.KEY, Meter.MONEY, Window.MONTH, calls * cost());
        AtomicReference<Verdict.Refused> first = new AtomicReference<>();
        AtomicInteger admitted = new AtomicInteger();
        AtomicInteger unanswered = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> workers = new ArrayList<>();
            for (int worker = 0; worker < 60; worker++) {
                RunningService replica = REPLICAS.get(worker % REPLICAS.size());
                boolean settles = worker % 2 == 0;
                workers.add(() -> {
                    while (true) {
                        Ask ask = tenant.ask(100, 50);
                        switch (replica.bean(Admission.class).admit(ask)) {
                            case Verdict.Admitted yes -> {
                                admitted.incrementAndGet();
                                if (settles) {
                                    replica.bean(Journal.class).settle(SpendBench.completed(ask.attempt(), 100, 50));
                                }
                            }
                            case Verdict.Refused no -> {
                                first.compareAndSet(null, no);
                                return true;
                            }
                            case Verdict.Unavailable later -> unanswered.incrementAndGet();
                            case Verdict.Unpriced never -> throw new AssertionError("there is a price");
                        }
                    }
                });
            }
            for (Future<Boolean> worker : threads.invokeAll(workers)) {
                worker.get();
            }
        }
        Verdict.Refused refused = first.get();
        reporter.publishEntry("at the first refusal", refused.used() + " of " + refused.amount() + "; " + unanswered + " without an answer");
        assertThat(admitted.get()).isEqualTo(calls);
        assertThat(refused.used().multiply(big(1_000))).isGreaterThanOrEqualTo(refused.amount().multiply(big(999)));
        assertThat(List.of(use(tokens), use(money))).containsExactly(big(calls * 150L), big(calls * cost()));
    }

    /** With a replica of its own, since it stops. */
    @Test
    void aStopReturnsAllThatIsIdle(TestReporter reporter) {
        LimitId limit = tenant.limit(Level.TENANT, Meter.TOKENS, Window.MONTH, 1_000_000L);
        RunningService stopping = RunningService.on(DATABASE, of("stopping"));
        for (int call = 0; call < 20; call++) {
            Ask ask = tenant.ask(500, 500);
            assertThat(stopping.bean(Admission.class).admit(ask)).isInstanceOf(Verdict.Admitted.class);
            stopping.bean(Journal.class).settle(SpendBench.completed(ask.attempt(), 10, 10));
        }
        String held = leased(limit);
        Instant begin = Instant.now();
        stopping.stop();
        reporter.publishEntry("a stop that returns " + held, Duration.between(begin, Instant.now()).toString());
        assertThat(leased(limit)).isEqualTo("0");
        assertThat(settled(limit)).isEqualTo("400");
    }

    /** Two tenants' ends are taken together; one of them waits for a row that somebody else holds, and is never settled in this life. */
    @Test
    void whatIsLeftOfTwoBatchesWhenOneIsSettledAndTheOtherIsNotIsSettledByTheNextStart() throws Exception {
        SpendBench.Tenant other = bench.tenant();
        LimitId tokens = tenant.limit(Level.TENANT, Meter.TOKENS, Window.LIFE, 100_000L);
        LimitId others = other.limit(Level.TENANT, Meter.TOKENS, Window.LIFE, 100_000L);
        RunningService dying = RunningService.on(DATABASE, of("between"));
        String folder = Objects.requireNonNull(dying.context().getEnvironment().getProperty("penstock.journal.folder"));
        Attempt settled = admitted(dying, tenant);
        Attempt left = admitted(dying, other);
        // 1. The other's batch cannot move its limit.
        try (Connection holder = DATABASE.connectAsAdmin()) {
            holder.setAutoCommit(false);
            holder.createStatement().execute("select * from quota.limit_period where limit_id = '%s' for update".formatted(others));
            dying.bean(Journal.class).settle(SpendBench.completed(left, 90, 10));
            dying.bean(Journal.class).settle(SpendBench.completed(settled, 90, 10));
            await().atMost(LATEST).until(() -> tenant.usage("call_id"), List.of(settled.call().toString())::equals);
            await().atMost(LATEST).until(() -> !waitingForARow().isEmpty());
            // 2. It ends there: whatever waits is broken off, and what is tried again waits again.
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(dying::stop);
            await().atMost(LATEST).until(() -> {
                waitingForARow().forEach(pid -> bench.service.column("select pg_terminate_backend(%s)".formatted(pid)));
                return stopped.isDone();
            });
            stopped.join();
            assertThat(other.usage("call_id")).isEmpty();
            holder.rollback();
        }
        assertThat(JournalCopy.of(Path.of(folder)).replay()).containsKey(left);
        // 3. The next start.
        RunningService again = RunningService.on(DATABASE, Stream.concat(Stream.of(of("between")), Stream.of("--penstock.journal.folder=" + folder)).toArray(String[]::new));
        try {
            await().atMost(LATEST).until(() -> other.usage("concat_ws(' ', call_id, status, input, output)"), List.of(left.call() + " 200 90 10")::equals);
        } finally {
            again.stop();
        }
        assertThat(tenant.usage("concat_ws(' ', call_id, status, input, output)")).containsExactly(settled.call() + " 200 90 10");
        assertThat(List.of(tenant.use(tokens), other.use(others))).containsOnly("100/0");
        bench.isSound(other);
    }

    private static Attempt admitted(RunningService replica, SpendBench.Tenant tenant) {
        Ask ask = tenant.ask(100, 50);
        assertThat(replica.bean(Admission.class).admit(ask)).isInstanceOf(Verdict.Admitted.class);
        return ask.attempt();
    }

    private List<String> waitingForARow() {
        return bench.service.column("select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");
    }

    private long until(Class<? extends Verdict> wanted, String change) {
        bench.service.execute(change);
        long begin = System.nanoTime();
        await().atMost(LATEST).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(50)).until(() -> {
            Ask ask = tenant.ask(1, 1);
            Verdict verdict = tenant.admit(ask);
            if (verdict instanceof Verdict.Admitted) {
                bench.journal.settle(SpendBench.completed(ask.attempt(), 1, 1));
            }
            return wanted.isInstance(verdict);
        });
        return Duration.ofNanos(System.nanoTime() - begin).toMillis();
    }

    private static long left(Verdict.Admitted admitted, LimitId limit) {
        return admitted.rooms().stream().filter(room -> room.rule().equals(limit)).findFirst().orElseThrow().left().longValueExact();
    }

    private String settled(LimitId limit) {
        return tenant.use(limit).split("/")[0];
    }

    private String leased(LimitId limit) {
        return tenant.use(limit).split("/")[1];
    }

    /** Used, under way, and held by anybody. */
    private BigInteger use(LimitId limit) {
        String[] use = tenant.use(limit).split("/");
        return new BigInteger(use[0]).add(new BigInteger(use[1]));
    }

    private static long cost() {
        return 100 * SpendBench.INPUT_PRICE + 50 * SpendBench.OUTPUT_PRICE;
    }

    private static BigInteger big(long amount) {
        return BigInteger.valueOf(amount);
    }
}
