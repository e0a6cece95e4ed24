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
 * @param sharing how several pods share a GPU of it, as the device plugin labels it
 * @param replicas how many share one
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
        String sharing,
        int replicas,
        Map<String, Integer> allocatable,
        Map<String, Integer> inUse,
        Instant observedAt) {

    public GpuNode {
        allocatable = Map.copyOf(allocatable);
        inUse = Map.copyOf(inUse);
    }

    /** How many of the kind it would take now if it were empty. */
    int offers(PartKind kind) {
        return inService() ? wouldOffer(kind) : 0;
    }

    /** The same if it were in service. */
    int wouldOffer(PartKind kind) {
        return has(kind) ? allocatable.getOrDefault(kind.resource(), 0) : 0;
    }

    /** Whether its parts are of the kind. Where GPUs are shared without another name, {@code nvidia.com/gpu} is no whole GPU. */
    private boolean has(PartKind kind) {
        return product.equals(kind.nodeProduct()) && switch (kind.kind()) {
            case MIG -> true;
            case WHOLE -> sharing.equals("none");
            case TIME_SLICED -> sharing.equals("time-slicing") && replicas == kind.replicas();
            case MPS -> sharing.equals("mps") && replicas == kind.replicas();
        };
    }

    /** Whether it is ready and takes pods. */
    boolean inService() {
        return ready && schedulable;
    }

    /** Whether nothing but the time of looking differs. */
    boolean sameAs(GpuNode other) {
        return equals(new GpuNode(
                other.name, other.product, other.ready, other.since, other.schedulable, other.simulated, other.gpus, other.sharing, other.replicas, other.allocatable, other.inUse, observedAt));
    }
}
