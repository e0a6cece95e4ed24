package dev.penstock.quota.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Window;
import dev.penstock.quota.admission.Verdict.Level;
import dev.penstock.quota.health.TestSampler;
import dev.penstock.quota.journal.Attempt;
import dev.penstock.quota.journal.Ended;
import dev.penstock.quota.journal.Intent;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What somebody with the database's own rights does to the books is found by the next sample, and named. */
class SampledInvariantsTest {

    private final SpendBench bench = SpendBench.get();
    private final SpendBench.Tenant tenant = bench.tenant();

    @BeforeEach
    void someCalls() {
        tenant.limit(Level.TENANT, Meter.TOKENS, Window.HOUR, 1_000_000L);
        tenant.limit(Level.KEY, Meter.CONCURRENCY, Window.NOW, 10L);
        for (int i = 0; i < 3; i++) {
            bench.settle(SpendBench.completed(tenant.admitted(tenant.ask(100, 50)), 60, 20));
        }
    }

    @AfterEach
    void allIsWellAgain() {
        bench.isSoundAndQuiet(tenant);
    }

    /** What is planted, and what takes it away. {@code T}: the tenant's. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            LEASED_IS_HELD             | update quota.limit_period set leased = leased + 1 where T      | update quota.limit_period set leased = leased - 1 where T
            SETTLED_IS_USED            | update quota.limit_period set settled = settled + 1 where T and period_end < 'infinity' | update quota.limit_period set settled = settled - 1 where T and period_end < 'infinity'
            ROLLUP_IS_ROWS             | update quota.usage_rollup set output = output + 1 where T      | update quota.usage_rollup set output = output - 1 where T
            EACH_ONCE                  | insert into quota.usage (tenant_id, ts, call_id, attempt, project_id, key_id, endpoint_id, upstream, model, price_version, status, input, cache_read, cache_write, output, path, duration_ms, cost) select tenant_id, ts + interval '1 microsecond', call_id, attempt, project_id, key_id, endpoint_id, upstream, model, price_version, status, input, cache_read, cache_write, output, path, duration_ms, cost from quota.usage where T | delete from quota.usage where T and extract(microseconds from ts)::int % 1000 = 1
            COST_IS_TOKENS_TIMES_PRICE | update quota.usage set cost = cost + 1 where T                 | update quota.usage set cost = cost - 1 where T
            BALANCED                   | update quota.posting set amount = amount + 1 where T and account = 'revenue' | update quota.posting set amount = amount - 1 where T and account = 'revenue'
            LEDGER_IS_ROWS             | update quota.posting set amount = amount + 1 where T and account = 'caller'  | update quota.posting set amount = amount - 1 where T and account = 'caller'
            EVERY_INTENT_ENDS_ONCE     | update quota.intent set attempt = attempt + 7 where T          | update quota.intent set attempt = attempt - 7 where T
            EVERY_INTENT_ENDS_ONCE     | insert into quota.reservation (tenant_id, id, attempt, kind, state, created_at, ts, replica, epoch, deadline) select tenant_id, call_id, attempt, 'call', 'held', now(), ts, 'gone', 1, now() + interval '1 hour' from quota.usage where T | delete from quota.reservation where T
            NOTHING_IS_HELD_WHEN_QUIET | update quota.limit_period set leased = leased + 1 where T      | update quota.limit_period set leased = leased - 1 where T
            NOTHING_IS_HELD_WHEN_QUIET | insert into quota.allotment (tenant_id, limit_id, period_start, replica, amount, state, created_at) select tenant_id, limit_id, period_start, 'direct', 0, 'open', now() from quota.limit_period where T | delete from quota.allotment where T
            """)
    void isFound(Invariant invariant, String planting, String mending) {
        TestSampler.sample(bench.service);
        assertThat(TestSampler.outcome(bench.service, invariant)).as(breaks(invariant)).isEqualTo("holds/holds");
        sql(planting);
        TestSampler.sample(bench.service);
        assertThat(TestSampler.outcome(bench.service, invariant)).isEqualTo("broken/broken");
        assertThat(breaks(invariant)).isNotEmpty();
        assertThat(broken()).isPositive();
        JsonNode shown = shown(invariant).path("recent");
        assertThat(shown.path("outcome").asString()).isEqualTo("BROKEN");
        assertThat(shown.path("breaks").size()).isPositive();
        assertThat(shown.path("heldAt").asString()).isNotBlank();
        sql(mending);
        TestSampler.sample(bench.service);
        assertThat(TestSampler.outcome(bench.service, invariant)).isEqualTo("holds/holds");
        assertThat(broken()).isZero();
    }

    /** Its intent was in a journal. */
    @Test
    void aRowWithoutAnIntentAndWhatAReplicaHoldsAreNoBreaks() {
        TakenCalls calls = new TakenCalls(bench, tenant);
        LimitId tokens = calls.limit(Level.TENANT, Meter.TOKENS, Window.LIFE);
        Intent intent = calls.taken(tenant.ask(100, 50));
        bench.settling.apply(tenant.id(), List.of(new Ended(SpendBench.completed(intent.attempt(), 60, 20), intent)));
        TestSampler.sample(bench.service);
        assertThat(List.of(outcome(Invariant.EVERY_INTENT_ENDS_ONCE), outcome(Invariant.SETTLED_IS_USED), outcome(Invariant.NOTHING_IS_HELD_WHEN_QUIET)))
                .as("what is idle is held by a replica").containsOnly("holds/holds");
        assertThat(tenant.use(tokens)).isEqualTo("320/370");
        sql("update quota.replica_allotment set returned = returned + 1 where T");
        TestSampler.sample(bench.service);
        assertThat(List.of(outcome(Invariant.LEASED_IS_HELD), outcome(Invariant.NOTHING_IS_HELD_WHEN_QUIET))).containsOnly("broken/broken");
        sql("update quota.limit_period set leased = leased - 1 where leased > 0 and limit_id = '" + tokens + "'");
        calls.holder.dieAndRecover();
    }

    private String outcome(Invariant invariant) {
        return TestSampler.outcome(bench.service, invariant);
    }

    /** Every one of them is planted above. */
    @Test
    void eachIsAskedAndInWords() {
        TestSampler.sample(bench.service);
        List<String> shown = bench.service.send(bench.service.admin(), "GET", "/api/health", null).is(200).body().path("invariants").valueStream()
                .map(each -> each.path("name").asString()).toList();
        assertThat(shown).containsExactly(Arrays.stream(Invariant.values()).map(Enum::name).toArray(String[]::new));
    }

    @Test
    void whatOnlyHoldsWhenAllIsQuietIsNotAskedWhileACallIsUnderWay() {
        Attempt open = tenant.admitted(tenant.ask(100, 50));
        TestSampler.sample(bench.service);
        assertThat(TestSampler.outcome(bench.service, Invariant.NOTHING_IS_HELD_WHEN_QUIET)).isEqualTo("calls-under-way/calls-under-way");
        JsonNode health = bench.service.send(bench.service.admin(), "GET", "/api/health", null).is(200).body();
        assertThat(health.path("settlement").path("open").asInt()).isOne();
        assertThat(health.path("setAside").valueStream().map(each -> each.path("meter").asString() + " " + each.path("amount").asInt())).contains("CONCURRENCY 1", "TOKENS 150");
        bench.settle(SpendBench.completed(open, 60, 20));
    }

    private double broken() {
        return bench.service.bean(MeterRegistry.class).get("penstock.health.broken").gauge().value();
    }

    private String breaks(Invariant invariant) {
        return String.join("; ", bench.service.column("select unnest(breaks) from quota.invariant_check where invariant = '" + invariant + "'"));
    }

    private JsonNode shown(Invariant invariant) {
        return bench.service.send(bench.service.admin(), "GET", "/api/health", null).is(200).body().path("invariants").valueStream()
                .filter(each -> each.path("name").asString().equals(invariant.name())).findFirst().orElseThrow();
    }

    private void sql(String statement) {
        bench.service.execute(statement.replace("where T", "where tenant_id = '" + tenant.id() + "'"));
    }
}
