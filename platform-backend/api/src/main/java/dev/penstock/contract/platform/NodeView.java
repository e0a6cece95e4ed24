package dev.penstock.contract.platform;

import java.time.Instant;
import java.util.List;

/**
 * @param product as GPU feature discovery labels it
 * @param resources GPU resources it offers
 * @param observedAt when the cluster last told
 */
public record NodeView(String name, String product, boolean ready, boolean simulated, List<Resource> resources, Instant observedAt) {

    /**
     * @param name for example {@code nvidia.com/mig-1g.10gb}
     * @param inUse requested by pods on the node
     */
    public record Resource(String name, int allocatable, int inUse) {}
}
