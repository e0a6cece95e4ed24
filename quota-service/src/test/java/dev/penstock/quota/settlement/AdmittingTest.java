package dev.penstock.quota.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.CallId;
import dev.penstock.contract.LimitId;
import dev.penstock.contract.Money;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Window;
import dev.penstock.quota.admission.Ask;
import dev.penstock.quota.admission.Verdict;
import dev.penstock.quota.admission.Verdict.Level;
import dev.penstock.quota.journal.Attempt;
import dev.penstock.quota.rating.TokenPrices;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is admitted, what is refused and what it leaves behind, on a real database. */
class AdmittingTest {

    private final SpendBench bench = SpendBench.get();
    private final SpendBench.Tenant tenant = bench.tenant();

    @AfterEach
    void theBooksHoldTogether() {
        bench.clock.followRealTime();
        bench.isSound(tenant);
    }

    @Test
    void withoutALimitNothingIsLimited() {
        Verdict verdict = tenant.admit(tenant.ask(1_000, 500));
        assertThat(verdict).isEqualTo(new Verdict.Admitted(
                List.of(), SpendBench.PRICES, new Ask.Bound(1_000, 500), new Money(BigInteger.valueOf(1_000 * SpendBench.INPUT_PRICE + 500 * SpendBench.OUTPUT_PRICE), "EUR")));
    }

    @Test
    void everyLevelSetsItsOwnAside() {
        LimitId ofTenant = tenant.limit(Level.TENANT, Meter.TOKENS, Window.MONTH, 10_000L);
        LimitId ofProject = tenant.limit(Level.PROJECT, Meter.MONEY, Window.LIFE, 1_000_000_000_000L);
        LimitId ofKey = tenant.limit(Level.KEY, Meter.CONCURRENCY, Window.NOW, 2L);

        Attempt attempt = tenant.admitted(tenant.ask(1_000, 500));
        assertThat(tenant.use(ofTenant)).isEqualTo("0/1500");
        assertThat(tenant.use(ofProject)).isEqualTo("0/500000000");
        assertThat(tenant.use(ofKey)).isEqualTo("0/1");

        bench.settle(SpendBench.completed(attempt, 900, 100));
        assertThat(tenant.use(ofTenant)).isEqualTo("1000/0");
        assertThat(tenant.use(ofProject)).isEqualTo((900 * SpendBench.INPUT_PRICE + 100 * SpendBench.OUTPUT_PRICE) + "/0");
        assertThat(tenant.use(ofKey)).isEqualTo("0/0");
    }

    @Test
    void aRefusalNamesTheRuleItsNumbersAndItsOwner() {
        tenant.limit(Level.TENANT, Meter.TOKENS, Window.MONTH, 1_000_000L);
        LimitId limit = tenant.limit(Level.PROJECT, Meter.TOKENS_OUTPUT, Window.DAY, 1_000L);
        Attempt first = tenant.admitted(tenant.ask(10, 700));
        bench.apply(tenant.id(), List.of(SpendBench.completed(first, 10, 600)));
        tenant.admitted(tenant.ask(10, 300));

        Verdict.Refused refused = tenant.refused(tenant.ask(10, 200));
        assertThat(refused.rule()).isEqualTo(limit);
        assertThat(refused.amount()).isEqualTo(1_000);
        assertThat(refused.settled()).isEqualTo(600);
        assertThat(refused.leased()).isEqualTo(300);
        assertThat(refused.asked()).isEqualTo(200);
        assertThat(refused.owner()).isEqualTo(new Verdict.Owner(Level.PROJECT, "vision"));
        assertThat(refused.resets()).isAfter(bench.clock.instant());
        assertThat(refused.retry()).isEqualTo(Verdict.Retry.WHEN_OTHERS_END);
        assertThat(tenant.use(limit)).isEqualTo("600/300");
    }

    @Test
    void aRefusalLeavesNothingBehind() {
        LimitId requests = tenant.limit(Level.TENANT, Meter.REQUESTS, Window.DAY, 100L);
        LimitId tokens = tenant.limit(Level.KEY, Meter.TOKENS, Window.DAY, 100L);
        tenant.refused(tenant.ask(50, 51));
        assertThat(tenant.use(requests)).isEqualTo("0/0");
        assertThat(tenant.use(tokens)).isEqualTo("0/0");
        bench.isSoundAndQuiet(tenant);
        assertThat(bench.service.column("select count(*) from quota.intent where tenant_id = '%s'".formatted(tenant.id()))).containsExactly("0");
    }

    @Test
    void whatIsMoreThanTheWholeLimitIsNeverToBeTriedAgain() {
        tenant.limit(Level.TENANT, Meter.REQUESTS, Window.MINUTE, 0L);
        tenant.limit(Level.TENANT, Meter.MONEY, Window.MONTH, 5L);
        assertThat(tenant.refused(tenant.ask(1, 1)).retry()).isEqualTo(Verdict.Retry.NEVER);
    }

    @Test
    void requestsAMinuteAreFreeAgainInTheNext() {
        LimitId limit = tenant.limit(Level.TENANT, Meter.REQUESTS, Window.MINUTE, 2L);
        Instant minute = Instant.parse("2026-11-21T10:00:30Z");
        bench.clock.set(minute);
        tenant.admitted(tenant.ask(1, 1));
        tenant.admitted(tenant.ask(1, 1));
        Verdict.Refused refused = tenant.refused(tenant.ask(1, 1));
        assertThat(refused.retry()).isEqualTo(Verdict.Retry.AFTER_RESET);
        assertThat(refused.resets()).isEqualTo("2026-11-21T10:01:00Z");
        bench.clock.set(Instant.parse("2026-11-21T10:00:59.999Z"));
        tenant.refused(tenant.ask(1, 1));
        bench.clock.set(Instant.parse("2026-11-21T10:01:00Z"));
        assertThat(((Verdict.Admitted) tenant.admit(tenant.ask(1, 1))).rooms())
                .containsExactly(new Verdict.Room(limit, Meter.REQUESTS, Window.MINUTE, Level.TENANT, BigInteger.TWO, BigInteger.ONE, Instant.parse("2026-11-21T10:02:00Z")));
    }

    @Test
    void aCallThatIsTriedAgainIsOneRequest() {
        LimitId limit = tenant.limit(Level.TENANT, Meter.REQUESTS, Window.LIFE, 10L);
        CallId call = bench.newCall();
        tenant.admitted(tenant.ask(call, 0, 1, 1));
        tenant.admitted(tenant.ask(call, 1, 1, 1));
        assertThat(tenant.use(limit)).isEqualTo("1/0");
    }

    @Test
    void aProjectsLimitCountsItsOwnCallsOnly() {
        LimitId limit = tenant.limit(Level.PROJECT, Meter.REQUESTS, Window.LIFE, 1L);
        tenant.admitted(tenant.inOtherProject(1, 1));
        tenant.admitted(tenant.byPerson(1, 1));
        tenant.refused(tenant.ask(1, 1));
        tenant.admitted(tenant.inOtherProject(1, 1));
        assertThat(tenant.use(limit)).isEqualTo("1/0");
    }

    @Test
    void aFreeCallIsNotRefusedForMoney() {
        tenant.limit(Level.TENANT, Meter.MONEY, Window.MONTH, 0L);
        CallId call = bench.newCall();
        Ask dedicated = tenant.ask(call, 0, new Ask.Caller(tenant.id(), tenant.project(), tenant.key(), null), false, 100, 100);
        assertThat(tenant.admit(dedicated)).isInstanceOfSatisfying(Verdict.Admitted.class, admitted -> {
            assertThat(admitted.prices()).isEqualTo(TokenPrices.FREE);
            assertThat(admitted.reserved()).isNull();
        });
    }

    @Test
    void aSharedModelWithoutAPriceIsOursToExplain() {
        CallId call = bench.newCall();
        Ask ask = tenant.ask(call, 0, 1, 1);
        Ask unpriced = new Ask(
                call, 0, ask.ts(), ask.caller(), new Ask.Target(SpendBench.Tenant.ENDPOINT, "new", "new", true, 100), ask.bound(), ask.path(), ask.deadline());
        assertThat(tenant.admit(unpriced)).isEqualTo(new Verdict.Unpriced("new"));
    }

    @Test
    void theSameAttemptAskedTwiceIsOne() {
        LimitId limit = tenant.limit(Level.TENANT, Meter.TOKENS, Window.LIFE, 100L);
        Ask ask = tenant.ask(10, 10);
        tenant.admitted(ask);
        tenant.admitted(ask);
        assertThat(tenant.use(limit)).isEqualTo("0/20");
    }

    @Test
    void daysAreTheTenantsOwn() {
        SpendBench.Tenant far = bench.tenant("Pacific/Auckland");
        far.limit(Level.TENANT, Meter.TOKENS, Window.DAY, 1_000L);
        bench.clock.set(Instant.parse("2026-11-21T10:59:59Z"));
        far.admitted(far.ask(600, 0));
        assertThat(far.refused(far.ask(600, 0)).resets()).isEqualTo("2026-11-21T11:00:00Z");
        bench.clock.set(Instant.parse("2026-11-21T11:00:00Z"));
        far.admitted(far.ask(600, 0));
    }

    @Test
    void aLimitYoungerThanTheCallsCountsThem() {
        Attempt over = tenant.admitted(tenant.ask(100, 0));
        bench.apply(tenant.id(), List.of(SpendBench.completed(over, 70, 0)));
        Attempt open = tenant.admitted(tenant.ask(100, 0));
        LimitId tokens = tenant.limit(Level.KEY, Meter.TOKENS_INPUT, Window.MONTH, 1_000L);
        LimitId atATime = tenant.limit(Level.PROJECT, Meter.CONCURRENCY, Window.NOW, 1L);
        LimitId requests = tenant.limit(Level.TENANT, Meter.REQUESTS, Window.LIFE, 2L);
        LimitId money = tenant.limit(Level.TENANT, Meter.MONEY, Window.HOUR, 10_000_000_000L);
        assertThat(tenant.use(tokens)).isEqualTo("70/100");
        assertThat(tenant.use(atATime)).isEqualTo("0/1");
        assertThat(tenant.use(requests)).isEqualTo("2/0");
        assertThat(tenant.use(money)).isEqualTo(70 * SpendBench.INPUT_PRICE + "/" + 100 * SpendBench.INPUT_PRICE);
        tenant.refused(tenant.ask(1, 0));
        bench.apply(tenant.id(), List.of(SpendBench.completed(open, 100, 0)));
        assertThat(tenant.use(tokens)).isEqualTo("170/0");
        assertThat(tenant.use(atATime)).isEqualTo("0/0");
    }

    @Test
    void aLimitThatIsRemovedWhileCallsAreOpenIsForgottenWhole() {
        LimitId limit = tenant.limit(Level.TENANT, Meter.TOKENS, Window.MONTH, 1_000L);
        Attempt open = tenant.admitted(tenant.ask(100, 0));
        tenant.remove(limit);
        bench.apply(tenant.id(), List.of(SpendBench.completed(open, 60, 0)));
        tenant.limit(Level.TENANT, Meter.TOKENS, Window.MONTH, 1_000L);
        assertThat(tenant.use(limit)).isEqualTo("60/0");
    }

    @Test
    void whenTheZoneMovesThereAndBackNothingIsMissed() {
        LimitId limit = tenant.limit(Level.TENANT, Meter.TOKENS, Window.DAY, 1_000L);
        Attempt open = tenant.admitted(tenant.ask(100, 0));
        tenant.register(2, "Asia/Kathmandu");
        bench.apply(tenant.id(), List.of(SpendBench.completed(tenant.admitted(tenant.ask(50, 0)), 50, 0)));
        tenant.register(3, "UTC");
        assertThat(tenant.use(limit)).isEqualTo("50/100");
        bench.apply(tenant.id(), List.of(SpendBench.completed(open, 10, 0)));
        assertThat(tenant.use(limit)).isEqualTo("60/0");
    }
}
