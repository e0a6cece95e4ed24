package dev.penstock.quota.reconciliation;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.springframework.stereotype.Component;

/** What an operator watches. */
@Component
class ReconciliationMetrics {

    private final MeterRegistry registry;
    private volatile Standing standing = new Standing(Amount.NONE, 0, 0, 0);

    /**
     * @param unexplained of all endpoints, without regard to signs
     * @param compared endpoints that are
     * @param silent endpoints that do not tell
     * @param longest since the endpoint that has waited longest was compared, in seconds
     */
    record Standing(Amount unexplained, long compared, long silent, long longest) {}

    ReconciliationMetrics(MeterRegistry registry) {
        this.registry = registry;
        unexplained("input");
        unexplained("output");
        Gauge.builder("penstock.reconciliation.endpoints", () -> standing.compared()).description("Endpoints whose engines are compared").register(registry);
        Gauge.builder("penstock.reconciliation.silent", () -> standing.silent()).description("Endpoints whose engines do not tell what they counted").register(registry);
        Gauge.builder("penstock.reconciliation.age", () -> standing.longest())
                .baseUnit("seconds")
                .description("Since the endpoint that has waited longest had a quiet moment and was compared")
                .register(registry);
        // There from the start, at nothing: what appears with its first event has no increase then. The other causes are those of settlement.
        posted(Corrections.OVERESTIMATED, 0);
    }

    void stands(Standing now) {
        standing = now;
    }

    void posted(List<OpenEndTable.Found> found) {
        for (OpenEndTable.Found each : found) {
            posted(Corrections.cause(each), Math.abs(each.amount().input()) + Math.abs(each.amount().output()));
        }
    }

    private void posted(String cause, long tokens) {
        Counter.builder("penstock.reconciliation.posted")
                .description("Tokens posted to platform loss because an engine counted them, or did not, by cause")
                .tag("cause", cause)
                .register(registry)
                .increment(tokens);
    }

    private void unexplained(String kind) {
        Gauge.builder("penstock.reconciliation.unexplained", () -> kind.equals("input") ? standing.unexplained().input() : standing.unexplained().output())
                .description("Tokens by which engines and ledger differ and which nothing explains; 0 when all is well")
                .tag("kind", kind)
                .register(registry);
    }
}
