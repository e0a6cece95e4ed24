package dev.penstock.quota.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Window;
import dev.penstock.quota.admission.Verdict.Level;
import dev.penstock.quota.journal.Attempt;
import dev.penstock.quota.journal.Cause;
import dev.penstock.quota.journal.Counts;
import dev.penstock.quota.journal.Payer;
import dev.penstock.quota.journal.Settlement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How attempts end in the books. */
class SettlingTest {

    private final SpendBench bench = SpendBench.get();
    private final SpendBench.Tenant tenant = bench.tenant();

    @AfterEach
    void theBooksHoldTogether() {
        bench.isSound(tenant);
    }

    @Test
    void whatWasUsedIsPaidAndBooked() {
        Attempt attempt = tenant.admitted(tenant.ask(1_000, 500));
        assertThat(apply(new Settlement(
                attempt, 200, new Counts.Read(600, 300, 0, 42), Payer.CALLER, Cause.COMPLETED, Duration.ofMillis(1234), Duration.ofMillis(56)))).isOne();
        long cost = 600 * SpendBench.INPUT_PRICE + 300 * (SpendBench.INPUT_PRICE / 10) + 42 * SpendBench.OUTPUT_PRICE;
        assertThat(tenant.usage("concat_ws(' ', status, estimated, input, cache_read, cache_write, output, cost, duration_ms, first_token_ms, price_version)"))
                .containsExactly("200 f 600 300 0 42 " + cost + " 1234 56 1");
        assertThat(tenant.ledger()).containsExactly(
                "caller EUR " + cost, "caller cache-read 300", "caller input 600", "caller output 42",
                "revenue EUR -" + cost,
                "upstream cache-read -300", "upstream input -600", "upstream output -42");
        assertThat(tenant.losses()).isEmpty();
    }

    /** Sums, so that a mean of any group and any time is made of them; a bound says nothing of speed, and neither does an answer of one token. */
    @Test
    void howFastAnswersCameIsAddedUp() {
        Duration whole = Duration.ofMillis(1_234);
        Duration first = Duration.ofMillis(56);
        settle(new Counts.Read(600, 0, 0, 42), whole, first);
        settle(new Counts.Read(600, 0, 0, 11), Duration.ofMillis(500), Duration.ofMillis(100));
        settle(new Counts.Read(600, 0, 0, 1), whole, first);
        settle(new Counts.Read(600, 0, 0, 42), whole, null);
        settle(new Counts.Delivered(30), whole, first);

        assertThat(tenant.rolledUp("concat_ws(' ', sum(calls), sum(streamed), sum(first_token_ms), sum(written), sum(writing_ms))")).containsExactly("5 4 268 51 1578");
    }

    @Test
    void whatWasThoughtIsKeptAndAddedUpAndCostsWhatOutputCosts() {
        settle(new Counts.Read(600, 0, 0, 42, 30), Duration.ofSeconds(1), null);
        settle(new Counts.Read(600, 0, 0, 10, 11), Duration.ofSeconds(1), null);
        settle(new Counts.Read(600, 0, 0, 10), Duration.ofSeconds(1), null);
        assertThat(tenant.usage("concat_ws(' ', output, reasoning, cost - 600 * %d - output * %d)".formatted(SpendBench.INPUT_PRICE, SpendBench.OUTPUT_PRICE)))
                .containsExactlyInAnyOrder("42 30 0", "10 10 0", "10 0 0");
        assertThat(tenant.rolledUp("concat_ws(' ', sum(output), sum(reasoning))")).containsExactly("62 40");
    }

    private void settle(Counts counts, Duration whole, @Nullable Duration first) {
        assertThat(apply(new Settlement(tenant.admitted(tenant.ask(1_000, 500)), 200, counts, Payer.CALLER, Cause.COMPLETED, whole, first))).isOne();
    }

    @Test
    void anExplicitZeroIsZero() {
        apply(SpendBench.completed(tenant.admitted(tenant.ask(1_000, 500)), 0, 0));
        assertThat(tenant.usage("concat_ws(' ', estimated, input, output, cost)")).containsExactly("f 0 0 0");
        assertThat(tenant.ledger()).isEmpty();
    }

    @Test
    void moreThanWasReservedIsOursToLose() {
        LimitId limit = tenant.limit(Level.TENANT, Meter.TOKENS, Window.LIFE, 1_000L);
        Attempt attempt = tenant.admitted(tenant.ask(100, 50));
        apply(SpendBench.completed(attempt, 110, 57));
        assertThat(tenant.usage("concat_ws(' ', estimated, input, output)")).containsExactly("f 100 50");
        assertThat(tenant.use(limit)).isEqualTo("150/0");
        assertThat(tenant.losses()).containsExactly(attempt.call() + " 0 beyond-bound");
        assertThat(tenant.ledger()).contains("platform-loss input 10", "platform-loss output 7", "upstream input -110", "upstream output -57");
    }

    @Test
    void aFailedAttemptCostsTheCallerNothing() {
        LimitId limit = tenant.limit(Level.KEY, Meter.MONEY, Window.LIFE, 1_000_000_000_000L);
        Attempt attempt = tenant.admitted(tenant.ask(100, 50));
        apply(new Settlement(attempt, 502, new Counts.Read(80, 0, 0, 3), Payer.PLATFORM, Cause.UPSTREAM_BROKE_OFF, Duration.ofSeconds(1), null));
        assertThat(tenant.usage("concat_ws(' ', status, input, output, cost)")).containsExactly("502 0 0 0");
        assertThat(tenant.use(limit)).isEqualTo("0/0");
        assertThat(tenant.losses()).containsExactly(attempt.call() + " 0 upstream-broke-off");
        assertThat(tenant.ledger()).contains("platform-loss input 80", "platform-loss output 3", "platform-loss EUR " + (80 * SpendBench.INPUT_PRICE + 3 * SpendBench.OUTPUT_PRICE));
    }

    @Test
    void whatNobodyToldIsEstimatedByWhatWasDelivered() {
        apply(new Settlement(
                tenant.admitted(tenant.ask(100, 50)), 499, new Counts.Delivered(7), Payer.CALLER, Cause.CLIENT_GONE, Duration.ofSeconds(1), null));
        assertThat(tenant.usage("concat_ws(' ', status, estimated, input, output)")).containsExactly("499 t 100 7");
    }

    @Test
    void impossibleCountsGoToQuarantineAndHoldUpNobody() {
        Attempt fine = tenant.admitted(tenant.ask(100, 50));
        Attempt negative = tenant.admitted(tenant.ask(100, 50));
        Attempt huge = tenant.admitted(tenant.ask(100, 50));
        Attempt overflowing = tenant.admitted(tenant.ask(100, 50));
        assertThat(bench.apply(tenant.id(), List.of(
                SpendBench.completed(negative, -1, 5), SpendBench.completed(fine, 10, 5), SpendBench.completed(huge, 10, Long.MAX_VALUE),
                new Settlement(overflowing, 200, new Counts.Read(Long.MAX_VALUE, Long.MAX_VALUE, 2, 1), Payer.CALLER, Cause.COMPLETED, Duration.ZERO, null))))
                .isEqualTo(4);
        assertThat(tenant.usage("concat_ws(' ', estimated, input, output)")).containsExactlyInAnyOrder("f 10 5", "t 100 50", "t 100 50", "t 100 50");
        assertThat(bench.service.column("select call_id::text from quota.quarantine where tenant_id = '%s'".formatted(tenant.id())))
                .containsExactlyInAnyOrder(negative.call().toString(), huge.call().toString(), overflowing.call().toString());
        assertThat(tenant.losses()).isEmpty();
    }

    @Test
    void whatWasNeverAdmittedIsNotSettled() {
        assertThat(apply(SpendBench.completed(tenant.ask(1, 1).attempt(), 1, 1))).isZero();
        assertThat(tenant.usage("call_id")).isEmpty();
    }

    @Test
    void anAttemptThatEndedAsksForNothingMore() {
        Attempt attempt = tenant.admitted(tenant.ask(100, 50));
        bench.settle(SpendBench.completed(attempt, 1, 1));
        assertThat(bench.journal.settle(SpendBench.completed(attempt, 99, 49))).isFalse();
        assertThat(tenant.usage("input")).containsExactly("1");
    }

    /** The same ends, in any order, in batches of any size, from eight threads at once, several times over. */
    @Test
    void exactlyOnceWhateverIsRepeated() throws Exception {
        tenant.limit(Level.TENANT, Meter.TOKENS, Window.LIFE, 1_000_000L);
        tenant.limit(Level.KEY, Meter.CONCURRENCY, Window.NOW, 1_000L);
        List<Attempt> attempts = IntStream.range(0, 60).mapToObj(number -> tenant.admitted(tenant.ask(100, 50))).toList();
        List<Callable<Integer>> workers = IntStream.range(0, 8).<Callable<Integer>>mapToObj(worker -> () -> {
            List<Attempt> mine = new ArrayList<>(attempts);
            Random random = new Random(worker);
            int settled = 0;
            for (int round = 0; round < 2; round++) {
                Collections.shuffle(mine, random);
                for (int from = 0; from < mine.size(); ) {
                    int to = Math.min(mine.size(), from + 1 + random.nextInt(12));
                    settled += bench.apply(tenant.id(), mine.subList(from, to).stream().map(each -> SpendBench.completed(each, 70, 30)).toList());
                    from = to;
                }
            }
            return settled;
        }).toList();
        int settled = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> worker : threads.invokeAll(workers)) {
                settled += worker.get();
            }
        }
        assertThat(settled).isEqualTo(60);
        assertThat(tenant.usage("input")).hasSize(60).containsOnly("70");
        assertThat(tenant.ledger()).contains("caller input 4200", "caller output 1800");
        bench.isSoundAndQuiet(tenant);
    }

    @Test
    void aRowTakesAtMostTwoHundredBytes() {
        apply(new Settlement(
                tenant.admitted(tenant.ask(30_000, 2_000)), 200, new Counts.Read(20_000, 9_000, 900, 1_999), Payer.CALLER, Cause.COMPLETED,
                Duration.ofMillis(12_345), Duration.ofMillis(321)));
        assertThat(Integer.parseInt(bench.service.column("select pg_column_size(u.*) from quota.usage u where tenant_id = '%s'".formatted(tenant.id())).getFirst()))
                .isLessThanOrEqualTo(200);
    }

    private int apply(Settlement settlement) {
        return bench.apply(tenant.id(), List.of(settlement));
    }
}
