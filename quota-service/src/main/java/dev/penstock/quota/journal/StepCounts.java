package dev.penstock.quota.journal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;

/** How often each step was taken: where attempts or settlements fail, its successor's number stays behind. */
@Configuration(proxyBeanMethods = false)
class StepCounts {

    @Bean
    @Fallback
    Steps steps(MeterRegistry registry) {
        Map<Step, Counter> counters = new EnumMap<>(Step.class);
        for (Step step : Step.values()) {
            counters.put(step, Counter.builder("penstock.spend.steps")
                    .description("Steps of admitting and settling, by the step that is about to be taken")
                    .tag("step", step.name().toLowerCase(Locale.ROOT))
                    .register(registry));
        }
        return step -> Objects.requireNonNull(counters.get(step)).increment();
    }
}
