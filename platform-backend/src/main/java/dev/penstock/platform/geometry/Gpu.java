package dev.penstock.platform.geometry;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One GPU as it is cut now.
 *
 * @param node where it is
 * @param index which of the node's
 * @param cut how many partitions of each profile it has
 * @param holders who has some of them
 * @param holdersKnown whether it is known who runs on this GPU, so that cutting it stops nobody else. Otherwise only what runs on the node is known, and how it
 *     is divided among its GPUs is assumed: cutting one stops everyone on the node
 */
public record Gpu(String node, int index, MigTable table, Map<String, Integer> cut, List<Holder> holders, boolean holdersKnown) implements Comparable<Gpu> {

    /**
     * Whoever runs on a partition.
     *
     * @param id of the slice
     * @param profile which kind of partition
     */
    public record Holder(String id, String profile) {}

    /** @throws IllegalArgumentException when no GPU of the device can be cut so, or more is held than there is */
    public Gpu {
        cut = Map.copyOf(cut);
        holders = List.copyOf(holders);
        if (!cut.isEmpty() && table.geometry(cut).isEmpty()) {
            throw new IllegalArgumentException(node + ": no " + table.device() + " can be cut into " + new TreeMap<>(cut));
        }
        Map<String, Long> held = holders.stream().collect(Collectors.groupingBy(Holder::profile, Collectors.counting()));
        for (Map.Entry<String, Long> each : held.entrySet()) {
            if (each.getValue() > cut.getOrDefault(each.getKey(), 0)) {
                throw new IllegalArgumentException(node + ": " + each.getValue() + " hold " + each.getKey() + " of " + cut);
            }
        }
    }

    /** Those GPUs that have the same are stopped together. */
    String stoppedWith() {
        return holdersKnown ? node + "/" + index : node;
    }

    @Override
    public int compareTo(Gpu other) {
        int byNode = node.compareTo(other.node);
        return byNode != 0 ? byNode : Integer.compare(index, other.index);
    }
}
