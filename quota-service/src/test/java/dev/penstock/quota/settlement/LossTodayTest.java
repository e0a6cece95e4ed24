package dev.penstock.quota.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.quota.health.TestSampler;
import dev.penstock.quota.journal.Attempt;
import dev.penstock.quota.journal.Cause;
import dev.penstock.quota.journal.Counts;
import dev.penstock.quota.journal.Payer;
import dev.penstock.quota.journal.Settlement;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** What an endpoint's engine produced today and nobody pays has a limit, whoever called it. */
class LossTodayTest {

    private static final long MOST = 1_000_000;

    private final SpendBench bench = SpendBench.get();

    @Test
    void whatIsLostOfAllTenantsIsBesideItsLimitAndAnAlarmBeyondIt() {
        long before = lost().path("tokens").asLong(0);
        lose(bench.tenant(), 70, 3);
        lose(bench.tenant(), 20, 7);
        assertThat(lost().path("tokens").asLong()).isEqualTo(before + 100);
        assertThat(lost().path("most").asLong()).isEqualTo(MOST);

        lose(bench.tenant(), MOST, 1);
        TestSampler.sample(bench.service);
        assertThat(lost().path("tokens").asLong()).isEqualTo(before + 100 + MOST + 1);
        assertThat(bench.service.bean(MeterRegistry.class).get("penstock.health.losing").gauge().value()).isPositive();
    }

    /** What a caller pays, and was estimated too high or too low, is none. */
    @Test
    void whatIsPaidIsNotLost() {
        long before = lost().path("tokens").asLong(0);
        SpendBench.Tenant tenant = bench.tenant();
        bench.apply(tenant.id(), List.of(SpendBench.completed(tenant.admitted(tenant.ask(100, 50)), 60, 20)));
        assertThat(lost().path("tokens").asLong(0)).isEqualTo(before);
    }

    private void lose(SpendBench.Tenant tenant, long input, long output) {
        Attempt attempt = tenant.admitted(tenant.ask(input, 50));
        assertThat(bench.apply(tenant.id(), List.of(
                        new Settlement(attempt, 502, new Counts.Read(input, 0, 0, output), Payer.PLATFORM, Cause.UPSTREAM_BROKE_OFF, Duration.ofSeconds(1), null))))
                .isOne();
    }

    private JsonNode lost() {
        return bench.service.send(bench.service.admin(), "GET", "/api/health", null).is(200).body().path("lossesToday").valueStream()
                .filter(each -> each.path("endpoint").asString().equals(SpendBench.Tenant.ENDPOINT.toString()))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }
}
