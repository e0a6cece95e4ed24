package dev.penstock.quota.admission;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** What an operator watches. No ids among the tags. */
@Component
class AdmissionMetrics {

    private final MeterRegistry registry;

    AdmissionMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void told(Verdict verdict) {
        switch (verdict) {
            case Verdict.Admitted admitted -> count("admitted", "none");
            case Verdict.Refused refused -> {
                count("refused", "limit");
                Counter.builder("penstock.admission.refusals")
                        .description("Attempts refused by a limit")
                        .tag("meter", refused.meter().name().toLowerCase(Locale.ROOT))
                        .tag("window", refused.window().name().toLowerCase(Locale.ROOT))
                        .tag("level", refused.owner().level().word())
                        .register(registry)
                        .increment();
            }
            case Verdict.Unpriced unpriced -> count("unpriced", "price");
            case Verdict.Unavailable unavailable -> count("unavailable", unavailable.reason().name().toLowerCase(Locale.ROOT));
        }
    }

    private void count(String verdict, String reason) {
        Counter.builder("penstock.admission.verdicts")
                .description("Answers to attempts that asked to spend")
                .tag("verdict", verdict)
                .tag("reason", reason)
                .register(registry)
                .increment();
    }
}
