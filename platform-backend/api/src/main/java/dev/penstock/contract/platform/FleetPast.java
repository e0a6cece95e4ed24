package dev.penstock.contract.platform;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fleet as it was.
 *
 * @param at the time that was asked for
 * @param known false: nobody looked then, so nothing is told of nodes
 * @param lookedBefore where it is not known, the last look before; null: none that is kept
 * @param lookedAfter where it is not known, the next look; null: none yet
 * @param nodes by name
 */
public record FleetPast(Instant at, boolean known, @Nullable Instant lookedBefore, @Nullable Instant lookedAfter, List<Node> nodes) {

    /**
     * A node as it was seen from one time to another. Who was on it is not told.
     *
     * @param product as GPU feature discovery labels it
     * @param device for people to read; the product where the catalogue does not know it
     * @param offered GPU resources, by name
     * @param gpus as they were cut, worked out from what the node offered and drawn by today's catalogue; empty where that does not tell
     * @param from the look that found it so
     * @param until the look that found it otherwise, or gone; null: it is so still
     */
    public record Node(
            String name, String product, String device, boolean ready, boolean schedulable, boolean simulated, Map<String, Integer> offered, List<GpuView> gpus, Instant from,
            @Nullable Instant until) {}
}
