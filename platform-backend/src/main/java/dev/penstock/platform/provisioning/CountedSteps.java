package dev.penstock.platform.provisioning;

import dev.penstock.platform.slice.SliceKey;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Counts the steps and, on request, logs them. */
@Component
class CountedSteps implements Steps {

    private static final Logger log = LoggerFactory.getLogger(CountedSteps.class);

    private final Map<Step, Counter> counters = new EnumMap<>(Step.class);

    CountedSteps(MeterRegistry metrics) {
        for (Step step : Step.values()) {
            counters.put(step, Counter.builder("penstock.reconciler.steps")
                    .description("Steps the slice reconciler has begun")
                    .tag("step", step.name().toLowerCase(Locale.ROOT))
                    .register(metrics));
        }
    }

    @Override
    public void at(Step step, SliceKey slice) {
        log.debug("slice {}: {}", slice, step);
        Counter counter = counters.get(step);
        if (counter != null) {
            counter.increment();
        }
    }
}
