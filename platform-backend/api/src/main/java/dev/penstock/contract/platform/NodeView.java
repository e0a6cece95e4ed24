package dev.penstock.contract.platform;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param product as GPU feature discovery labels it
 * @param device for people to read; the product where the catalogue does not know it
 * @param schedulable false: it takes no new pods
 * @param resources GPU resources it offers
 * @param gpus as they are cut; empty where what the node offers does not tell
 * @param observedAt when the cluster last told
 * @param holders everyone who has a part of it, the oldest first
 * @param order what is being done about it by an administrator's order; null: nothing
 * @param devices that are given out by claims, one by one; empty where a device plugin counts them
 */
public record NodeView(
        String name, String product, String device, boolean ready, boolean schedulable, boolean simulated, List<Resource> resources, List<GpuView> gpus, Instant observedAt,
        List<GpuView.Holder> holders, @Nullable NodeOrderView order, List<Device> devices) {

    /** One whose GPUs a device plugin counts. */
    public NodeView(
            String name, String product, String device, boolean ready, boolean schedulable, boolean simulated, List<Resource> resources, List<GpuView> gpus, Instant observedAt,
            List<GpuView.Holder> holders, @Nullable NodeOrderView order) {
        this(name, product, device, ready, schedulable, simulated, resources, gpus, observedAt, holders, order, List.of());
    }

    /**
     * @param name for example {@code nvidia.com/mig-1g.10gb}; of devices that are claimed their class
     * @param inUse requested by pods on the node
     */
    public record Resource(String name, int allocatable, int inUse) {}

    /**
     * @param name as its driver calls it
     * @param what {@code GPU}, or the profile of a partition
     * @param claimed whether it is given out
     * @param holder whose slice claims it; null: nobody's, or nobody's that Penstock knows
     */
    public record Device(String name, String what, boolean claimed, GpuView.@Nullable Holder holder) {}
}
