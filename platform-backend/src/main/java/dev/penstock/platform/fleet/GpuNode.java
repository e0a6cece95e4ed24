package dev.penstock.platform.fleet;

import dev.penstock.platform.slice.PartKind;
import java.time.Instant;
import java.util.Map;

/**
 * A node as observed.
 *
 * @param product as GPU feature discovery labels it
 * @param ready whether it answers the cluster
 * @param since when it became ready or not ready, by the cluster
 * @param schedulable false: closed to new pods
 * @param gpus how many it has; 0: it does not say
 * @param allocatable GPU resources it offers, by name
 * @param inUse of those, how many pods on it ask for
 * @param observedAt when the cluster told
 */
public record GpuNode(
        String name,
        String product,
        boolean ready,
        Instant since,
        boolean schedulable,
        boolean simulated,
        int gpus,
        Map<String, Integer> allocatable,
        Map<String, Integer> inUse,
        Instant observedAt) {

    public GpuNode {
        allocatable = Map.copyOf(allocatable);
        inUse = Map.copyOf(inUse);
    }

    /** How many of the kind it would take now if it were empty. */
    int offers(PartKind kind) {
        return inService() && product.equals(kind.nodeProduct()) ? allocatable.getOrDefault(kind.resource(), 0) : 0;
    }

    /** Whether it is ready and takes pods. */
    boolean inService() {
        return ready && schedulable;
    }

    /** Whether nothing but the time of looking differs. */
    boolean sameAs(GpuNode other) {
        return equals(new GpuNode(
                other.name, other.product, other.ready, other.since, other.schedulable, other.simulated, other.gpus, other.allocatable, other.inUse, observedAt));
    }
}
