package dev.penstock.quota.admission;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** What an operator watches. No ids among the tags. */
@Component
class AdmissionMetrics {

    private final MeterRegistry registry;

    /** Told for nearly every call, so it is not looked for each time. */
    private final Counter admitted;

    AdmissionMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.admitted = verdict("admitted", "none");
    }

    void told(Verdict verdict) {
        switch (verdict) {
            case Verdict.Admitted ignored -> admitted.increment();
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
        verdict(verdict, reason).increment();
    }

    private Counter verdict(String verdict, String reason) {
        return Counter.builder("penstock.admission.verdicts")
                .description("Answers to attempts that asked to spend")
                .tag("verdict", verdict)
                .tag("reason", reason)
                .register(registry);
    }
}
