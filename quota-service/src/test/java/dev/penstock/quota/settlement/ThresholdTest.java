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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Soft limits, limits on people and on some models, and the warnings of what calls use. */
class ThresholdTest {

    private static final String SMALL = "small";

    private final SpendBench bench = SpendBench.get();
    private final SpendBench.Tenant tenant = bench.tenant();

    @AfterEach
    void theBooksHoldTogether() {
        bench.clock.followRealTime();
        bench.isSoundAndQuiet(tenant);
    }

    @Test
    void aSoftLimitRefusesNothingAndWarnsOnceAtEachThreshold() {
        LimitId limit = tenant.limit(Level.PROJECT, Meter.TOKENS, null, Window.MONTH, BigInteger.valueOf(1_000), false, 80);
        use(900);
        await().untilAsserted(() -> assertThat(warnings(limit)).containsExactly("80 900"));
        use(500);
        await().untilAsserted(() -> assertThat(warnings(limit)).containsExactly("80 900", "100 1400"));
        use(5_000);
        bench.waitUntil(() -> tenant.use(limit).equals("6400/0"));
        assertThat(bench.service.column("select after->>'percent' from audit.entry where action = 'limit.warn' and subject_id = '" + limit + "' order by at, id"))
                .containsExactly("80", "100");
    }

    @Test
    void whatIsSetAsideWarnsNobodySinceItMayComeBack() {
        LimitId limit = tenant.limit(Level.TENANT, Meter.TOKENS, null, Window.DAY, BigInteger.valueOf(1_000), true, 50);
        var attempt = tenant.admitted(tenant.ask(600, 300));
        LimitId other = tenant.limit(Level.TENANT, Meter.REQUESTS, null, Window.DAY, BigInteger.ONE, true, 50);
        await().untilAsserted(() -> assertThat(warnings(other)).containsExactly("50 1", "100 1"));
        assertThat(warnings(limit)).isEmpty();
        bench.settle(SpendBench.completed(attempt, 10, 10));
        assertThat(tenant.use(limit)).isEqualTo("20/0");
        assertThat(warnings(limit)).isEmpty();
    }

    @Test
    void aMinuteWarnsOnceADayHoweverOftenItIsFull() {
        bench.clock.set(Instant.parse("2026-11-19T10:00:30Z"));
        LimitId limit = tenant.limit(Level.TENANT, Meter.REQUESTS, null, Window.MINUTE, BigInteger.ONE, false, null);
        use(10);
        await().untilAsserted(() -> assertThat(warnings(limit)).containsExactly("100 1"));
        bench.clock.set(Instant.parse("2026-11-19T10:05:30Z"));
        use(10);
        use(10);
        bench.clock.set(Instant.parse("2026-11-20T10:00:30Z"));
        // What is kept in memory is too old to be trusted for a moment, by this clock.
        await().untilAsserted(() -> assertThat(warnings(limit)).as("a new day").isEmpty());
        use(10);
        await().untilAsserted(() -> assertThat(warnings(limit)).containsExactly("100 1"));
        assertThat(bench.service.column("select count(*) from quota.limit_warning where limit_id = '" + limit + "'")).containsExactly("2");
    }

    /** Lowering below what is used: nothing more fits, what was admitted goes on, and people are told at once. */
    @Test
    void loweringBelowWhatIsUsedWarnsAtOnceAndStopsNothing() {
        LimitId limit = tenant.limit(Level.TENANT, Meter.TOKENS, null, Window.LIFE, BigInteger.valueOf(10_000), true, 90);
        use(4_000);
        var underWay = tenant.admitted(tenant.ask(500, 500));
        assertThat(tenant.limit(Level.TENANT, Meter.TOKENS, null, Window.LIFE, BigInteger.valueOf(1_000), true, 90)).isEqualTo(limit);
        tenant.refused(tenant.ask(1, 0));
        await().untilAsserted(() -> assertThat(warnings(limit)).containsExactly("90 4000", "100 4000"));
        bench.settle(SpendBench.completed(underWay, 500, 400));
        assertThat(tenant.use(limit)).isEqualTo("4900/0");
        tenant.limit(Level.TENANT, Meter.TOKENS, null, Window.LIFE, null, true, null);
        use(1_000);
    }

    @Test
    void aLimitOnSomeModelsLeavesTheOthersAlone() {
        tenant.publish(SMALL);
        LimitId limit = tenant.limit(Level.TENANT, Meter.TOKENS, SMALL, Window.DAY, BigInteger.valueOf(100), true);
        LimitId all = tenant.limit(Level.TENANT, Meter.TOKENS, Window.DAY, 10_000L);
        bench.settle(SpendBench.completed(tenant.admitted(tenant.ask(90, 10)), 90, 10));
        assertThat(tenant.use(limit)).isEqualTo("0/0");
        bench.settle(SpendBench.completed(tenant.admitted(ofSmall(50, 10)), 50, 10));
        assertThat(tenant.use(limit)).isEqualTo("60/0");
        Verdict.Refused refused = tenant.refused(ofSmall(50, 10));
        assertThat(refused.rule()).isEqualTo(limit);
        assertThat(refused.models()).containsExactly(SMALL);
        assertThat(tenant.use(all)).isEqualTo("160/0");
    }

    /** Set while calls are open and after others were settled, it misses none of either. */
    @ParameterizedTest
    @EnumSource(Window.class)
    void whatWasUsedBeforeTheLimitWasSetCounts(Window window) {
        tenant.publish(SMALL);
        boolean held = window == Window.NOW;
        Meter meter = held ? Meter.CONCURRENCY : Meter.TOKENS;
        bench.clock.set(Instant.parse("2026-11-21T10:00:30Z"));
        var byPerson = new Ask.Caller(tenant.id(), tenant.project(), null, "someone");
        bench.settle(SpendBench.completed(tenant.admitted(tenant.ask(bench.newCall(), 0, byPerson, SMALL, true, 10, 5)), 10, 5));
        var open = tenant.admitted(tenant.ask(bench.newCall(), 0, byPerson, SMALL, true, 100, 0));
        var others = List.of(tenant.admitted(tenant.byPerson(1, 1)), tenant.admitted(ofSmall(2, 2)));
        LimitId limit = tenant.limit(Level.PERSON, meter, SMALL, window, BigInteger.valueOf(1_000_000), true);
        assertThat(tenant.use(limit)).isEqualTo(held ? "0/1" : "15/100");
        bench.settle(SpendBench.completed(open, 40, 0));
        others.forEach(other -> bench.settle(SpendBench.completed(other, 1, 1)));
        assertThat(tenant.use(limit)).isEqualTo(held ? "0/0" : "55/0");
    }

    @Test
    void aPersonIsCountedInOneProjectAndNotByTheirKeys() {
        LimitId limit = tenant.limit(Level.PERSON, Meter.REQUESTS, Window.DAY, 1L);
        bench.settle(SpendBench.completed(tenant.admitted(tenant.ask(1, 1)), 1, 1));
        bench.settle(SpendBench.completed(tenant.admitted(tenant.inOtherProject(1, 1)), 1, 1));
        assertThat(tenant.use(limit)).isEqualTo("0/0");
        bench.settle(SpendBench.completed(tenant.admitted(tenant.byPerson(1, 1)), 1, 1));
        Verdict.Refused refused = tenant.refused(tenant.byPerson(1, 1));
        assertThat(refused.owner()).isEqualTo(new Verdict.Owner(Level.PERSON, "someone"));
        bench.settle(SpendBench.completed(tenant.admitted(tenant.inOtherProject(1, 1)), 1, 1));
    }

    @Test
    void aSoftLimitIsNoneOfTheRoomThatCallersAreTold() {
        tenant.limit(Level.TENANT, Meter.TOKENS, null, Window.DAY, BigInteger.ONE, false);
        var ask = tenant.ask(5, 5);
        assertThat(((Verdict.Admitted) tenant.admit(ask)).rooms()).isEmpty();
        bench.settle(SpendBench.completed(ask.attempt(), 5, 5));
    }

    private Ask ofSmall(long input, long output) {
        var byKey = new Ask.Caller(tenant.id(), tenant.project(), tenant.key(), null);
        return tenant.ask(bench.newCall(), 0, byKey, SMALL, true, input, output);
    }

    private void use(long tokens) {
        bench.settle(SpendBench.completed(tenant.admitted(tenant.ask(tokens, 0)), tokens, 0));
    }

    /** {@code percent used}. */
    private List<String> warnings(LimitId limit) {
        List<String> warnings = new ArrayList<>();
        for (JsonNode view : bench.service.send(bench.service.admin(), "GET", "/api/limits?tenant=" + tenant.id(), null).is(200).body()) {
            if (view.path("id").asString().equals(limit.toString())) {
                view.path("warnings").forEach(warning -> warnings.add(warning.path("percent").asInt() + " " + warning.path("used").asLong()));
            }
        }
        return warnings;
    }
}
