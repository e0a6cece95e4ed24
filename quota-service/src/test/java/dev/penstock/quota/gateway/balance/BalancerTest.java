package dev.penstock.quota.gateway.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.penstock.contract.EndpointId;
import dev.penstock.contract.quota.RoutingStrategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which target is asked, on a clock of its own. */
class BalancerTest {

    private final AtomicInteger putOut = new AtomicInteger();
    private long now = Duration.ofDays(1).toNanos();
    private final Balancer balancer = new Balancer(() -> now, new Random(7), putOut::incrementAndGet);

    private final Candidate<String> a = candidate("a", 0, 1);
    private final Candidate<String> b = candidate("b", 0, 3);
    private final Candidate<String> spare = candidate("spare", 1, 1);

    private static Candidate<String> candidate(String name, int tier, int weight) {
        return new Candidate<>(name, new EndpointId(UUID.nameUUIDFromBytes(name.getBytes(java.nio.charset.StandardCharsets.UTF_8))), tier, weight);
    }

    private String choose(RoutingStrategy strategy, List<Candidate<String>> candidates) {
        return balancer.choose(candidates, strategy, true, 1).what();
    }

    private Map<String, Integer> shares(int calls, RoutingStrategy strategy, List<Candidate<String>> candidates) {
        Map<String, Integer> chosen = new TreeMap<>();
        IntStream.range(0, calls).forEach(call -> chosen.merge(choose(strategy, candidates), 1, Integer::sum));
        return chosen;
    }

    private void passes(Duration time) {
        now += time.toNanos();
    }

    private void fails(Candidate<String> target) {
        balancer.begin(target.endpoint(), true).ended(Try.End.FAILED);
    }

    private void answers(Candidate<String> target, Duration after) {
        Try attempt = balancer.begin(target.endpoint(), true);
        passes(after);
        attempt.heard();
        attempt.ended(Try.End.ANSWERED);
    }

    @Test
    void weightsAreShares() {
        Map<String, Integer> chosen = shares(10_000, RoutingStrategy.WEIGHTED, List.of(a, b, spare));
        assertThat(chosen).containsOnlyKeys("a", "b");
        assertThat(chosen.get("b")).isBetween(7_300, 7_700);
    }

    @Test
    void chancesAreTheSharesThatAreChosen() {
        answersOften(a, Duration.ofMillis(10));
        answersOften(b, Duration.ofMillis(40));
        balancer.begin(a.endpoint(), true);
        for (RoutingStrategy strategy : RoutingStrategy.values()) {
            Map<String, Integer> chosen = shares(10_000, strategy, List.of(a, b, spare));
            for (Chance<String> chance : balancer.chances(List.of(a, b, spare), strategy, true, 1)) {
                assertThat(chosen.getOrDefault(chance.candidate().what(), 0) / 10_000.0).as(strategy + " " + chance).isCloseTo(chance.share(), within(0.03));
            }
        }
    }

    @Test
    void whoIsLeftOutHasNoChanceUntilNobodyElseIsThere() {
        IntStream.range(0, 3).forEach(i -> fails(a));
        assertThat(balancer.chances(List.of(a, b), RoutingStrategy.WEIGHTED, true, 1)).extracting(Chance::state, Chance::share)
                .containsExactly(tuple(Chance.State.OUT, 0.0), tuple(Chance.State.IN, 1.0));
        assertThat(balancer.chances(List.of(a), RoutingStrategy.WEIGHTED, true, 1)).extracting(Chance::share).containsExactly(1.0);
        assertThat(balancer.chances(List.<Candidate<String>>of(), RoutingStrategy.WEIGHTED, true, 1)).isEmpty();
    }

    private void answersOften(Candidate<String> target, Duration after) {
        IntStream.range(0, 10).forEach(i -> answers(target, after));
    }

    @Test
    void threeFailuresInARowPutATargetOutAndTheNextTierComesLast() {
        fails(a);
        fails(a);
        answers(a, Duration.ofMillis(1));
        fails(a);
        fails(a);
        assertThat(balancer.isOut(a.endpoint())).as("never three in a row").isFalse();
        fails(a);
        assertThat(balancer.isOut(a.endpoint())).isTrue();
        assertThat(shares(200, RoutingStrategy.WEIGHTED, List.of(a, b, spare))).containsOnlyKeys("b");
        IntStream.range(0, 3).forEach(call -> fails(b));
        assertThat(shares(200, RoutingStrategy.WEIGHTED, List.of(a, b, spare))).containsOnlyKeys("spare");
        assertThat(putOut).hasValue(2);
    }

    @Test
    void whereAllAreOutTheOneThatComesBackFirstIsAsked() {
        IntStream.range(0, 3).forEach(call -> fails(b));
        passes(Duration.ofMillis(100));
        IntStream.range(0, 3).forEach(call -> fails(a));
        assertThat(choose(RoutingStrategy.WEIGHTED, List.of(a, b))).isEqualTo("b");
    }

    @Test
    void oneCallAtATimeTriesATargetThatWasOutAndAFailurePutsItOutForLonger() {
        IntStream.range(0, 3).forEach(call -> fails(a));
        Duration[] outFor = {Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8), Duration.ofSeconds(16), Duration.ofSeconds(32), Duration.ofSeconds(60),
            Duration.ofSeconds(60)};
        for (Duration out : outFor) {
            passes(out.minusNanos(1));
            assertThat(balancer.isOut(a.endpoint())).as("for " + out).isTrue();
            passes(Duration.ofNanos(1));
            assertThat(balancer.isOut(a.endpoint())).as("after " + out).isFalse();
            Try probe = balancer.begin(a.endpoint(), true);
            assertThat(shares(50, RoutingStrategy.WEIGHTED, List.of(a, b))).as("while it is tried").containsOnlyKeys("b");
            probe.ended(Try.End.FAILED);
        }
    }

    @Test
    void whatBeganBeforeItWasPutOutSaysNothingOfHowItDoesNow() {
        Try old = balancer.begin(a.endpoint(), true);
        Try oldToo = balancer.begin(a.endpoint(), true);
        IntStream.range(0, 3).forEach(call -> fails(a));
        old.ended(Try.End.ANSWERED);
        assertThat(balancer.isOut(a.endpoint())).isTrue();
        passes(Duration.ofSeconds(2));
        answers(a, Duration.ZERO);
        fails(a);
        fails(a);
        oldToo.ended(Try.End.FAILED);
        assertThat(balancer.isOut(a.endpoint())).isFalse();
    }

    @Test
    void oneThatCameBackTakesItsShareLittleByLittle() {
        Candidate<String> c = candidate("c", 0, 1);
        IntStream.range(0, 3).forEach(call -> fails(a));
        passes(Duration.ofSeconds(2));
        answers(a, Duration.ZERO);
        assertThat(shares(10_000, RoutingStrategy.WEIGHTED, List.of(a, c)).get("a")).as("a tenth of its weight").isBetween(750, 1_080);
        passes(Duration.ofSeconds(5));
        assertThat(shares(10_000, RoutingStrategy.WEIGHTED, List.of(a, c)).get("a")).as("0.55 of it").isBetween(3_300, 3_800);
        passes(Duration.ofSeconds(5));
        assertThat(shares(10_000, RoutingStrategy.WEIGHTED, List.of(a, c)).get("a")).isBetween(4_800, 5_200);
    }

    @Test
    void doingWellForAMinuteIsForgiven() {
        IntStream.range(0, 3).forEach(call -> fails(a));
        passes(Duration.ofSeconds(2));
        fails(a);
        passes(Duration.ofSeconds(4));
        answers(a, Duration.ZERO);
        passes(Duration.ofSeconds(61));
        IntStream.range(0, 3).forEach(call -> fails(a));
        passes(Duration.ofSeconds(2));
        assertThat(balancer.isOut(a.endpoint())).isFalse();
    }

    @Test
    void oneFarSlowerThanTheOthersIsPutOutAsSoonAsACallWaitsThatLong() {
        IntStream.range(0, 5).forEach(call -> answers(a, Duration.ofMillis(100)));
        Try waiting = balancer.begin(b.endpoint(), true);
        passes(Duration.ofMillis(590));
        choose(RoutingStrategy.WEIGHTED, List.of(a, b));
        assertThat(balancer.isOut(b.endpoint())).as("half a second longer than the others").isFalse();
        passes(Duration.ofMillis(20));
        assertThat(choose(RoutingStrategy.WEIGHTED, List.of(a, b))).isEqualTo("a");
        assertThat(balancer.isOut(b.endpoint())).isTrue();
        waiting.ended(Try.End.UNKNOWN);
    }

    @Test
    void allThatAreEquallySlowStay() {
        for (Candidate<String> target : List.of(a, b)) {
            IntStream.range(0, 6).forEach(call -> answers(target, Duration.ofMillis(900)));
        }
        assertThat(shares(500, RoutingStrategy.WEIGHTED, List.of(a, b))).containsOnlyKeys("a", "b");
    }

    @Test
    void streamsAreNotComparedWithWholeAnswers() {
        IntStream.range(0, 5).forEach(call -> answers(a, Duration.ofMillis(10)));
        Try whole = balancer.begin(b.endpoint(), false);
        passes(Duration.ofSeconds(5));
        choose(RoutingStrategy.WEIGHTED, List.of(a, b));
        assertThat(balancer.isOut(b.endpoint())).isFalse();
        whole.ended(Try.End.ANSWERED);
    }

    @Test
    void theLeastBusyHasTheFewestCallsForItsWeight() {
        List<Try> under = new ArrayList<>();
        Map<String, Integer> given = new TreeMap<>();
        for (int call = 0; call < 40; call++) {
            Candidate<String> chosen = balancer.choose(List.of(a, b), RoutingStrategy.LEAST_BUSY, true, 0);
            given.merge(chosen.what(), 1, Integer::sum);
            under.add(balancer.begin(chosen.endpoint(), true));
        }
        assertThat(given).isEqualTo(Map.of("a", 10, "b", 30));
        under.forEach(attempt -> attempt.ended(Try.End.ANSWERED));
    }

    @Test
    void theFastestIsTheOneHeardSoonestAndTheUnknownIsTried() {
        IntStream.range(0, 5).forEach(call -> answers(a, Duration.ofMillis(100)));
        assertThat(choose(RoutingStrategy.FASTEST, List.of(a, b))).as("nothing is known of it").isEqualTo("b");
        IntStream.range(0, 5).forEach(call -> answers(b, Duration.ofMillis(200)));
        assertThat(choose(RoutingStrategy.FASTEST, List.of(a, b))).isEqualTo("a");
        balancer.begin(a.endpoint(), true);
        balancer.begin(a.endpoint(), true);
        assertThat(choose(RoutingStrategy.FASTEST, List.of(a, b))).as("two are there before us").isEqualTo("b");
        passes(Duration.ofSeconds(11));
        assertThat(shares(100, RoutingStrategy.FASTEST, List.of(a, b))).as("what is old is not known").containsOnlyKeys("a", "b");
    }

    @Test
    void aSessionStaysAndATargetThatGoesMovesOnlyItsOwn() {
        List<Candidate<String>> all = IntStream.range(0, 4).mapToObj(i -> candidate("t" + i, 0, 1)).toList();
        List<Candidate<String>> without = all.subList(0, 3);
        int moved = 0;
        int ofTheLast = 0;
        for (long session = 0; session < 1_000; session++) {
            String before = balancer.choose(all, RoutingStrategy.SESSION, true, session).what();
            assertThat(balancer.choose(all, RoutingStrategy.SESSION, true, session).what()).isEqualTo(before);
            String after = balancer.choose(without, RoutingStrategy.SESSION, true, session).what();
            moved += after.equals(before) ? 0 : 1;
            ofTheLast += before.equals("t3") ? 1 : 0;
        }
        assertThat(moved).isEqualTo(ofTheLast);
        assertThat(ofTheLast).isBetween(200, 300);
    }

    @Test
    void aSessionThatIsTooBusyPassesOn() {
        List<Candidate<String>> all = IntStream.range(0, 4).mapToObj(i -> candidate("t" + i, 0, 1)).toList();
        Map<String, Integer> given = new TreeMap<>();
        for (int call = 0; call < 40; call++) {
            Candidate<String> chosen = balancer.choose(all, RoutingStrategy.SESSION, true, 5);
            given.merge(chosen.what(), 1, Integer::sum);
            balancer.begin(chosen.endpoint(), true);
        }
        assertThat(given.values()).as("at most a quarter more than its share").allMatch(calls -> calls <= 13);
        assertThat(given.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(40);
    }

    @Test
    void tryingAgainIsPaidForByCallsThatCame() {
        RetryBudget budget = new RetryBudget();
        assertThat(IntStream.range(0, 100).filter(failed -> budget.spend()).count()).isEqualTo(10);
        for (int call = 0; call < 1_000; call++) {
            budget.earn();
            if (call % 10 == 9) {
                assertThat(budget.spend()).isTrue();
                assertThat(budget.spend()).isFalse();
            }
        }
    }
}
