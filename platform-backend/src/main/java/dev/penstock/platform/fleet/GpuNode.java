package dev.penstock.platform.fleet;

import dev.penstock.platform.slice.PartKind;
import java.time.Instant;
import java.util.List;
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
 * @param devices that a driver lists on it for claims
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
        Instant observedAt,
        List<ClaimableDevice> devices) {

    private static final String OF_THE_PLUGIN = "nvidia.com/";

    public GpuNode {
        allocatable = Map.copyOf(allocatable);
        inUse = Map.copyOf(inUse);
        devices = List.copyOf(devices);
    }

    /** One whose GPUs a device plugin gives out. */
    public GpuNode(
            String name, String product, boolean ready, Instant since, boolean schedulable, boolean simulated, int gpus, String sharing, int replicas,
            Map<String, Integer> allocatable, Map<String, Integer> inUse, Instant observedAt) {
        this(name, product, ready, since, schedulable, simulated, gpus, sharing, replicas, allocatable, inUse, observedAt, List.of());
    }

    /** The same as it was when its cluster last answered: nothing is put there until it does again. */
    public GpuNode unanswered() {
        return new GpuNode(
                name, product, false, ready ? observedAt : since, schedulable, simulated, gpus, sharing, replicas, allocatable, inUse, observedAt, devices);
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
        return product.equals(kind.nodeProduct()) && !givenOutTwice() && switch (kind.kind()) {
            case MIG, DRA -> true;
            case WHOLE -> sharing.equals("none");
            case TIME_SLICED -> sharing.equals("time-slicing") && replicas == kind.replicas();
            case HAMI -> sharing.equals("hami") && replicas == kind.replicas();
            case MPS -> sharing.equals("mps") && replicas == kind.replicas();
        };
    }

    /** Whether both a device plugin counts its GPUs and a driver lists them for claims: neither knows what the other gave out. */
    boolean givenOutTwice() {
        return !devices.isEmpty() && allocatable.entrySet().stream().anyMatch(offer -> offer.getKey().startsWith(OF_THE_PLUGIN) && offer.getValue() > 0);
    }

    /** Whether it is ready and takes pods. */
    boolean inService() {
        return ready && schedulable;
    }

    /** Whether nothing but the time of looking differs. */
    boolean sameAs(GpuNode other) {
        return equals(new GpuNode(
                other.name, other.product, other.ready, other.since, other.schedulable, other.simulated, other.gpus, other.sharing, other.replicas, other.allocatable, other.inUse, observedAt, other.devices));
    }
}
