package dev.penstock.quota.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Window;
import dev.penstock.quota.admission.Ask;
import dev.penstock.quota.admission.Verdict;
import dev.penstock.quota.admission.Verdict.Level;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many at once, on a real database. */
@Timeout(180)
class ManyCallersTest {

    private final SpendBench bench = SpendBench.get();
    private final SpendBench.Tenant tenant = bench.tenant();

    @Test
    void sixtyFourCallersNeverGetMoreThanTheThousandCallsThatFit() throws Exception {
        int calls = 1_000;
        LimitId tokens = tenant.limit(Level.TENANT, Meter.TOKENS, Window.LIFE, calls * 150L);
        LimitId money = tenant.limit(Level.KEY, Meter.MONEY, Window.MONTH, (long) calls * (100 * SpendBench.INPUT_PRICE + 50 * SpendBench.OUTPUT_PRICE));
        AtomicReference<Verdict.Refused> first = new AtomicReference<>();
        AtomicInteger admitted = new AtomicInteger();
        all(64, worker -> () -> {
            while (true) {
                Ask ask = tenant.ask(100, 50);
                switch (tenant.admit(ask)) {
                    case Verdict.Admitted yes -> {
                        admitted.incrementAndGet();
                        if (worker % 2 == 0) {
                            bench.journal.settle(SpendBench.completed(ask.attempt(), 100, 50));
                        }
                    }
                    case Verdict.Refused no -> {
                        first.compareAndSet(null, no);
                        return true;
                    }
                    case Verdict.Unavailable later -> assertThat(later.reason()).isEqualTo(Verdict.Reason.DATABASE);
                    case Verdict.Unpriced never -> throw new AssertionError("there is a price");
                }
            }
        });
        assertThat(admitted.get()).isEqualTo(calls);
        Verdict.Refused refused = first.get();
        assertThat(refused.used().multiply(BigInteger.valueOf(1_000))).as("of the limit used or set aside at the first refusal")
                .isGreaterThanOrEqualTo(refused.amount().multiply(BigInteger.valueOf(999)));
        bench.isSound(tenant);
        assertThat(List.of(tenant.use(tokens), tenant.use(money))).allSatisfy(use -> assertThat(sum(use)).isIn(
                BigInteger.valueOf(calls * 150L), BigInteger.valueOf((long) calls * (100 * SpendBench.INPUT_PRICE + 50 * SpendBench.OUTPUT_PRICE))));
    }

    /** Limits are lowered, raised, removed and set again, and connections break, while calls come and go. */
    @Test
    void whateverHappensToLimitsAndConnectionsTheBooksHold() throws Exception {
        tenant.limit(Level.PROJECT, Meter.CONCURRENCY, Window.NOW, 6L);
        tenant.publish(SpendBench.SKU);
        AtomicBoolean done = new AtomicBoolean();
        ConcurrentLinkedQueue<String> verdicts = new ConcurrentLinkedQueue<>();
        AtomicInteger changed = new AtomicInteger();
        ConcurrentLinkedQueue<String> unchanged = new ConcurrentLinkedQueue<>();
        Thread changes = Thread.ofVirtual().start(() -> change(done, changed, unchanged));
        Thread breaks = Thread.ofVirtual().start(() -> {
            for (int round = 0; !done.get(); round++) {
                bench.isSound(tenant);
                if (round % 4 == 3) {
                    bench.service.column("select pg_terminate_backend(pid)::text from pg_stat_activity where usename = 'quota_settle' and datname = current_database() limit 2");
                }
            }
        });
        try {
            all(8, worker -> () -> {
                Random random = new Random(worker);
                for (int call = 0; call < 60; call++) {
                    Ask ask = random.nextBoolean() ? tenant.ask(100, 50) : tenant.byPerson(100, 50);
                    Verdict verdict = tenant.admit(ask);
                    verdicts.add(verdict.getClass().getSimpleName());
                    if (verdict instanceof Verdict.Admitted) {
                        bench.journal.settle(SpendBench.completed(ask.attempt(), random.nextInt(101), random.nextInt(51)));
                    }
                }
                return true;
            });
        } finally {
            done.set(true);
            changes.join();
            breaks.join();
            // Before it hands out a connection that was unused for half a second the pool asks whether it lives: nobody after this test meets a broken one.
            await().pollDelay(Duration.ofMillis(600)).until(() -> true);
        }
        assertThat(verdicts).contains("Admitted", "Refused");
        // How many of the changes lose their connection is a matter of the machine.
        assertThat(changed.get()).as("limits that changed meanwhile; " + unchanged.size() + " changes lost their connection").isPositive();
        assertThat(unchanged).as("changes of limits that failed: each was told that the database did not answer").allMatch(told -> told.contains("\"audit_unavailable\""));
        long admitted = verdicts.stream().filter("Admitted"::equals).count();
        bench.waitUntil(() -> bench.service.column(
                "select count(*) from quota.reservation where kind = 'call' and tenant_id = '%s'".formatted(tenant.id())).getFirst().equals("0"));
        bench.isSoundAndQuiet(tenant);
        assertThat(tenant.usage("call_id").size()).as("admitted, and perhaps some that were admitted without anybody learning of it").isGreaterThanOrEqualTo((int) admitted);
        assertThat(tenant.usage("estimated")).doesNotContain("t");
    }

    private void change(AtomicBoolean done, AtomicInteger changed, Collection<String> unchanged) {
        Random random = new Random(42);
        while (!done.get()) {
            Level level = List.of(Level.TENANT, Level.PERSON, Level.KEY).get(random.nextInt(3));
            Meter meter = List.of(Meter.TOKENS, Meter.REQUESTS, Meter.MONEY).get(random.nextInt(3));
            Window window = List.of(Window.LIFE, Window.MONTH, Window.MINUTE).get(random.nextInt(3));
            BigInteger amount = random.nextInt(3) == 0 ? null : BigInteger.valueOf(random.nextLong(meter == Meter.MONEY ? 20_000_000_000L : 60_000));
            String model = random.nextBoolean() ? null : SpendBench.SKU;
            boolean hard = random.nextInt(4) > 0;
            boolean removed = random.nextInt(3) == 0;
            try {
                LimitId limit = tenant.limit(level, meter, model, window, amount, hard);
                if (removed) {
                    tenant.remove(limit);
                }
                changed.incrementAndGet();
            } catch (AssertionError notChanged) {
                unchanged.add(String.valueOf(notChanged.getMessage()));
            }
        }
    }

    private static BigInteger sum(String use) {
        return new BigInteger(use.split("/")[0]).add(new BigInteger(use.split("/")[1]));
    }

    private static void all(int workers, IntFunction<Callable<Boolean>> work) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> worker : threads.invokeAll(IntStream.range(0, workers).mapToObj(work).toList())) {
                assertThat(worker.get()).isTrue();
            }
        }
    }
}
