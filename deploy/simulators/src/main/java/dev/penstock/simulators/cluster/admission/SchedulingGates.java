package dev.penstock.simulators.cluster.admission;

import dev.penstock.simulators.cluster.store.Admission;
import dev.penstock.simulators.cluster.store.Kinds;
import dev.penstock.simulators.cluster.store.Write;
import dev.penstock.simulators.cluster.tree.Json;
import java.time.Clock;
import java.time.temporal.ChronoUnit;

/** A pod that comes with a gate says from its first moment that nobody looks for a node for it. */
final class SchedulingGates implements Admission {

    private final Clock clock;

    SchedulingGates(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void admit(Write write) {
        if (write.creates() && write.kind().equals(Kinds.POD) && !Json.at(write.after(), "spec", "schedulingGates").isEmpty()) {
            Json.list(Json.within(write.after(), "status"), "conditions").addObject()
                    .put("type", "PodScheduled").put("status", "False").put("lastTransitionTime", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString())
                    .put("reason", "SchedulingGated").put("message", "Scheduling is blocked due to non-empty scheduling gates");
        }
    }
}
