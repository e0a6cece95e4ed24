package dev.penstock.quota.gateway;

import dev.penstock.quota.grant.Grants;
import java.util.List;

/** Between steps 1 and 2: what a call may become, by everybody who has a say in it. */
final class Ways {

    private final Grants grants;
    private final List<Steering> steps;

    /** @param steps each sees what those before it made of the call */
    Ways(Grants grants, List<Steering> steps) {
        this.grants = grants;
        this.steps = List.copyOf(steps);
    }

    /**
     * A name that the caller may not call stays what it is: it is refused as ever, and nobody can have names written down by making them up.
     *
     * @return in the order in which they are wished; the last is what was asked
     */
    List<Stage.Asked> of(CallHeaders headers, Stage.Asked asked) {
        List<Stage.Asked> ways = List.of(asked);
        if (steps.isEmpty() || !asked.operation().generates() || grants.callee(asked.holder(), asked.name()).isEmpty()) {
            return ways;
        }
        for (Steering step : steps) {
            ways = ways.stream().flatMap(way -> step.ways(headers, way).stream()).toList();
        }
        return ways;
    }
}
