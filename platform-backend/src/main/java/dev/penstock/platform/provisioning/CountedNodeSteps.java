package dev.penstock.platform.provisioning;

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
class CountedNodeSteps implements NodeSteps {

    private static final Logger log = LoggerFactory.getLogger(CountedNodeSteps.class);

    private final Map<NodeStep, Counter> counters = new EnumMap<>(NodeStep.class);

    CountedNodeSteps(MeterRegistry metrics) {
        for (NodeStep step : NodeStep.values()) {
            counters.put(step, Counter.builder("penstock.nodes.steps")
                    .description("Steps the reconciler of nodes has begun")
                    .tag("step", step.name().toLowerCase(Locale.ROOT))
                    .register(metrics));
        }
    }

    @Override
    public void at(NodeStep step, String node) {
        log.debug("node {}: {}", node, step);
        Counter counter = counters.get(step);
        if (counter != null) {
            counter.increment();
        }
    }
}
