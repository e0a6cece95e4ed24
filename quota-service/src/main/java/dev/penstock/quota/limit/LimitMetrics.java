package dev.penstock.quota.limit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** What an operator watches. No ids among the tags: which limit it was stands in the trail. */
@Component
class LimitMetrics {

    private static final int ALL = 100;

    private final MeterRegistry registry;

    LimitMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void warned(LimitWatch.Warned warned) {
        Subject subject = warned.limit().subject();
        Counter.builder("penstock.limits.warnings")
                .description("Thresholds of limits that were passed, once in a period")
                .tag("meter", subject.meter().name().toLowerCase(Locale.ROOT))
                .tag("window", subject.window().name().toLowerCase(Locale.ROOT))
                .tag("level", subject.level())
                .tag("threshold", warned.percent() == ALL ? "amount" : "mark")
                .tag("kind", warned.limit().allowance().hard() ? "hard" : "soft")
                .register(registry)
                .increment();
    }
}
