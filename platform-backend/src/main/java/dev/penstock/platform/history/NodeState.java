package dev.penstock.platform.history;

import dev.penstock.platform.catalog.DeviceChoice;
import dev.penstock.platform.fleet.GpuNode;
import java.util.Map;
import java.util.TreeMap;

/**
 * What of a node is remembered: all that says what it has and gives out. Not who uses it, and not when the cluster said so.
 *
 * @param offered GPU resources that a device plugin counts, by name, and devices that a driver lists for claims, by what they are, whoever claimed them
 */
record NodeState(String node, String product, boolean ready, boolean schedulable, boolean simulated, int gpus, String sharing, int replicas, Map<String, Integer> offered) {

    private static final String LISTED = "for claims: ";

    NodeState {
        offered = Map.copyOf(offered);
    }

    static NodeState of(GpuNode node) {
        Map<String, Integer> offered = new TreeMap<>(node.allocatable());
        // Less what others claimed, which is use.
        offered.keySet().removeIf(DeviceChoice::isDevices);
        node.devices().forEach(device -> offered.merge(LISTED + device.what(), 1, Integer::sum));
        return new NodeState(node.name(), node.product(), node.ready(), node.schedulable(), node.simulated(), node.gpus(), node.sharing(), node.replicas(), offered);
    }

    /** Whether a driver listed its devices one by one: then what a plugin counts says nothing of how they were cut. */
    boolean listsDevices() {
        return offered.keySet().stream().anyMatch(name -> name.startsWith(LISTED));
    }
}
