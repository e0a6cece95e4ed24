package dev.penstock.platform.provisioning;

import dev.penstock.platform.catalog.DeviceChoice;
import dev.penstock.platform.catalog.SliceProfile;
import dev.penstock.platform.cluster.DeviceSeen;
import dev.penstock.platform.cluster.Marks;
import dev.penstock.platform.fleet.ClaimableDevice;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the catalogue's profiles find among the devices that are listed on nodes. A device that somebody else's claim has been given is not there for us; one that
 * ours has is. One that draws on what others draw on as well is left out: it may vanish when another is given out, and would be promised in vain. Pure.
 */
final class NodeDevices {

    private final Map<String, List<DeviceSeen>> byNode;
    private final Map<String, Map<String, Integer>> offered = new HashMap<>();
    private final Map<String, Map<String, Integer>> used = new HashMap<>();
    private final String installation;

    private NodeDevices(List<DeviceSeen> devices, Set<String> drivers, String installation) {
        this.byNode = devices.stream().filter(device -> device.alone() && drivers.contains(device.driver())).collect(Collectors.groupingBy(DeviceSeen::node));
        this.installation = installation;
    }

    static NodeDevices of(List<DeviceSeen> devices, List<SliceProfile> profiles, String installation) {
        Set<String> drivers = profiles.stream().map(SliceProfile::devices).filter(Objects::nonNull).map(DeviceChoice::driver).collect(Collectors.toSet());
        NodeDevices found = new NodeDevices(devices, drivers, installation);
        Set<String> counted = new HashSet<>();
        for (SliceProfile profile : profiles) {
            // Profiles of one and of several such devices draw on the same.
            if (!profile.isCounted() && counted.add(profile.resource())) {
                found.count(profile);
            }
        }
        return found;
    }

    /** What a plugin counts on the node, and what is listed. */
    Map<String, Integer> and(String node, Map<String, Integer> counted) {
        return sum(counted, offered.getOrDefault(node, Map.of()));
    }

    /** The same of what our slices use. */
    Map<String, Integer> andUse(String node, Map<String, Integer> counted) {
        return sum(counted, used.getOrDefault(node, Map.of()));
    }

    List<ClaimableDevice> on(String node) {
        return byNode.getOrDefault(node, List.of()).stream()
                .map(device -> new ClaimableDevice(device.name(), what(device), device.claimed(), slice(device)))
                .toList();
    }

    private void count(SliceProfile profile) {
        byNode.forEach((node, devices) -> devices.stream()
                .filter(device -> Objects.requireNonNull(profile.devices()).matches(device.driver(), device.attributes()))
                .filter(device -> !device.claimed() || isOurs(device))
                .forEach(device -> {
                    one(offered, node, profile);
                    if (device.claimed()) {
                        one(used, node, profile);
                    }
                }));
    }

    private static void one(Map<String, Map<String, Integer>> counts, String node, SliceProfile profile) {
        counts.computeIfAbsent(node, first -> new HashMap<>()).merge(profile.resource(), 1, Integer::sum);
    }

    private boolean isOurs(DeviceSeen device) {
        Marks claimant = device.claimant();
        return claimant != null && claimant.installation().equals(installation);
    }

    private @Nullable String slice(DeviceSeen device) {
        Marks claimant = device.claimant();
        return claimant == null || !isOurs(device) || claimant.slice() == null ? null : claimant.slice().toString();
    }

    private static String what(DeviceSeen device) {
        return device.attributes().getOrDefault("profile", "GPU");
    }

    private static Map<String, Integer> sum(Map<String, Integer> one, Map<String, Integer> other) {
        Map<String, Integer> all = new TreeMap<>(one);
        other.forEach((resource, count) -> all.merge(resource, count, Integer::sum));
        return all;
    }
}
