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
 */
public record NodeView(
        String name, String product, String device, boolean ready, boolean schedulable, boolean simulated, List<Resource> resources, List<GpuView> gpus, Instant observedAt,
        List<GpuView.Holder> holders, @Nullable NodeOrderView order) {

    /**
     * @param name for example {@code nvidia.com/mig-1g.10gb}
     * @param inUse requested by pods on the node
     */
    public record Resource(String name, int allocatable, int inUse) {}
}
