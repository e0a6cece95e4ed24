package dev.penstock.quota.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Window;
import dev.penstock.quota.admission.Verdict.Level;
import dev.penstock.quota.journal.Attempt;
import dev.penstock.quota.journal.Ended;
import dev.penstock.quota.journal.Intent;
import dev.penstock.quota.journal.Settlement;
import dev.penstock.quota.journal.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataAccessResourceFailureException;

/** Ends of both kinds, told again and again: whatever is repeated, lost or killed, each moves everything once. */
@Timeout(120)
class ReplayedTakenTest {

    private static final int OF_EACH_KIND = 40;
    private static final int SETTLERS = 2;

    private final SpendBench bench = SpendBench.get();
    private final SpendBench.Tenant tenant = bench.tenant();
    private final TakenCalls calls = new TakenCalls(bench, tenant);
    private final LimitId tokens = calls.limit(Level.TENANT, Meter.TOKENS, Window.LIFE);
    private final LimitId money = calls.limit(Level.KEY, Meter.MONEY, Window.MONTH);
    private final LimitId requests = calls.limit(Level.PROJECT, Meter.REQUESTS, Window.LIFE);
    private final LimitId atATime = calls.limit(Level.PROJECT, Meter.CONCURRENCY, Window.NOW);

    @AfterEach
    void theBooksHoldTogether() {
        bench.isSoundAndQuiet(tenant);
        calls.holder.dieAndRecover();
        bench.isSoundAndQuiet(tenant);
        assertThat(List.of(tenant.use(tokens), tenant.use(money), tenant.use(requests), tenant.use(atATime))).allSatisfy(use -> assertThat(use).endsWith("/0"));
    }

    /** Batches of any size and in any order, by two at once, each between two and ten times, while calls come in directly. */
    @Test
    void byTwoSettlersAtOnceEachIsSettledOnce() throws Exception {
        List<Ended> ends = bothKinds();
        List<Callable<Integer>> workers = new ArrayList<>();
        for (int settler = 0; settler < SETTLERS; settler++) {
            Random random = new Random(settler);
            workers.add(() -> {
                int settled = 0;
                for (int time = 0; time < 2 + random.nextInt(9); time++) {
                    for (List<Ended> batch : batches(ends, random)) {
                        settled += bench.settling.apply(tenant.id(), batch);
                    }
                }
                return settled;
            });
        }
        List<Attempt> others = Collections.synchronizedList(new ArrayList<>());
        workers.add(() -> {
            for (int call = 0; call < OF_EACH_KIND; call++) {
                others.add(tenant.admitted(tenant.ask(100, 50)));
            }
            return 0;
        });
        int settled = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> worker : threads.invokeAll(workers)) {
                settled += worker.get();
            }
        }
        assertThat(settled).isEqualTo(ends.size());
        bench.apply(tenant.id(), others.stream().map(ReplayedTakenTest::used).toList());
        eachIsThereOnce(ends.size() + others.size());
    }

    /** COMMIT's answer is lost, or the transaction, each with probability 0.3; what is not known to be settled is told again. */
    @Test
    void answersThatAreLostChangeNothing() {
        Random random = new Random(5);
        List<Ended> ends = bothKinds();
        int lost = 0;
        for (List<Ended> batch : batches(ends, random)) {
            boolean told = false;
            while (!told) {
                int dice = random.nextInt(10);
                if (dice < 6) {
                    bench.steps.die(dice < 3 ? Step.SETTLE_DONE : Step.SETTLE_COMMIT, () -> new DataAccessResourceFailureException("the connection broke"));
                }
                try {
                    bench.settling.apply(tenant.id(), batch);
                    told = true;
                } catch (DataAccessResourceFailureException e) {
                    lost++;
                }
            }
        }
        assertThat(lost).isPositive();
        eachIsThereOnce(ends.size());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "SETTLE_.*")
    void killedBeforeAnyStepAndToldAgain(Step step) {
        List<Ended> ends = bothKinds();
        bench.steps.die(step, () -> new DataAccessResourceFailureException("killed"));
        List<Ended> half = ends.subList(OF_EACH_KIND / 2, OF_EACH_KIND + OF_EACH_KIND / 2);
        assertThat(catchThrowable(() -> bench.settling.apply(tenant.id(), half))).isInstanceOf(DataAccessResourceFailureException.class);
        bench.isSound(tenant);
        bench.settling.apply(tenant.id(), ends);
        eachIsThereOnce(ends.size());
    }

    private void eachIsThereOnce(int attempts) {
        assertThat(tenant.usage("input")).hasSize(attempts).containsOnly("70");
        assertThat(tenant.use(tokens)).startsWith(attempts * 100L + "/");
        assertThat(tenant.use(money)).startsWith(attempts * (70 * SpendBench.INPUT_PRICE + 30 * SpendBench.OUTPUT_PRICE) + "/");
        assertThat(tenant.use(requests)).startsWith(attempts + "/");
        assertThat(tenant.ledger()).contains("caller input " + attempts * 70L, "caller output " + attempts * 30L);
    }

    /** The first half of them from a journal. */
    private List<Ended> bothKinds() {
        List<Ended> ends = new ArrayList<>(IntStream.range(0, OF_EACH_KIND).mapToObj(number -> {
            Intent intent = calls.taken(tenant.ask(100, 50));
            return new Ended(used(intent.attempt()), intent);
        }).toList());
        IntStream.range(0, OF_EACH_KIND).forEach(number -> ends.add(new Ended(used(tenant.admitted(tenant.ask(100, 50))), null)));
        return ends;
    }

    private static List<List<Ended>> batches(List<Ended> ends, Random random) {
        List<Ended> shuffled = new ArrayList<>(ends);
        Collections.shuffle(shuffled, random);
        List<List<Ended>> batches = new ArrayList<>();
        for (int from = 0; from < shuffled.size(); from += batches.getLast().size()) {
            batches.add(shuffled.subList(from, Math.min(shuffled.size(), from + 1 + random.nextInt(20))));
        }
        return batches;
    }

    private static Settlement used(Attempt attempt) {
        return SpendBench.completed(attempt, 70, 30);
    }
}
