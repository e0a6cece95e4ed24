package dev.penstock.simulators.cluster.fleet;

import dev.penstock.simulators.cluster.tree.Json;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** A machine as the cluster shows it. */
public final class NodeObject {

    private static final Pattern PARTITION = Pattern.compile("nvidia\\.com/mig-");

    private NodeObject() {
    }

    /**
     * The node object, healthy, with status.
     *
     * @param number its place in the fleet, for its address
     * @param at the time of its conditions
     */
    public static ObjectNode of(FleetNode node, int number, String at) {
        ObjectNode object = Json.object().put("apiVersion", "v1").put("kind", "Node");
        ObjectNode metadata = object.putObject("metadata").put("name", node.name());
        ObjectNode labels = metadata.putObject("labels");
        labels(node).forEach(labels::put);
        if (node.sharing().isHami()) {
            metadata.putObject("annotations").put(HamiCards.REGISTER, HamiCards.registered(node));
        }
        object.putObject("spec").put("providerID", "simulator://" + node.name());
        ObjectNode status = object.putObject("status");
        capacity(node, status.putObject("capacity"));
        capacity(node, status.putObject("allocatable"));
        status.putArray("addresses").addObject().put("type", "InternalIP").put("address", "10.20.0." + (number + 1));
        Json.list(status, "addresses").addObject().put("type", "Hostname").put("address", node.name());
        condition(status, "MemoryPressure", "False", "KubeletHasSufficientMemory", at);
        condition(status, "DiskPressure", "False", "KubeletHasNoDiskPressure", at);
        condition(status, "PIDPressure", "False", "KubeletHasSufficientPID", at);
        condition(status, "Ready", "True", "KubeletReady", at);
        status.putObject("nodeInfo").put("kubeletVersion", "v1.36.0+penstock-simulator").put("operatingSystem", "linux")
                .put("architecture", "amd64").put("osImage", "Penstock simulated node").put("kernelVersion", "simulated")
                .put("containerRuntimeVersion", "simulated://1").put("machineID", node.name()).put("systemUUID", node.name())
                .put("bootID", node.name()).put("kubeProxyVersion", "");
        return object;
    }

    /** Makes the object show other partitions: what it offers, and the labels of discovery. What others labelled stays. */
    public static void recut(FleetNode node, ObjectNode object) {
        ObjectNode labels = Json.within(object, "metadata", "labels");
        labels.propertyNames().stream().filter(label -> PARTITION.matcher(label).lookingAt()).toList().forEach(labels::remove);
        partitionLabels(node, new TreeMap<>()).forEach(labels::put);
    }

    /** The same of its status. */
    public static void recutStatus(FleetNode node, ObjectNode object) {
        for (String amounts : List.of("capacity", "allocatable")) {
            ObjectNode offered = Json.within(object, "status", amounts);
            offered.propertyNames().stream().filter(resource -> resource.startsWith("nvidia.com/")).toList().forEach(offered::remove);
            node.devices().forEach((resource, count) -> offered.put(resource, Integer.toString(count)));
        }
    }

    private static Map<String, String> labels(FleetNode node) {
        Map<String, String> labels = new TreeMap<>();
        labels.put("kubernetes.io/hostname", node.name());
        labels.put("kubernetes.io/os", "linux");
        labels.put("kubernetes.io/arch", "amd64");
        labels.put("penstock.dev/simulated", "true");
        if (!node.cards().isEmpty()) {
            labels.put("nvidia.com/gpu.present", "true");
            labels.put("nvidia.com/gpu.product", node.gpu().product());
            labels.put("nvidia.com/gpu.family", node.gpu().family());
            labels.put("nvidia.com/gpu.count", Integer.toString(node.cards().size()));
            labels.put("nvidia.com/gpu.memory", Integer.toString(node.gpu().memoryMiB()));
            sharingLabels(node, labels);
            labels.put("nvidia.com/mig.capable", "true");
            labels.put("nvidia.com/mig.strategy", "mixed");
            labels.put("nvidia.com/mig.config", node.isMig() ? "penstock-" + node.name() : "all-disabled");
            labels.put("nvidia.com/mig.config.state", "success");
        }
        return partitionLabels(node, labels);
    }

    /** Discovery knows nothing of HAMi; into how many shares the GPUs are to be divided is somebody's own label. */
    private static void sharingLabels(FleetNode node, Map<String, String> labels) {
        boolean hami = node.sharing().isHami();
        labels.put("nvidia.com/gpu.replicas", hami ? "1" : Integer.toString(node.sharing().replicas()));
        labels.put("nvidia.com/gpu.sharing-strategy", hami ? "none" : node.sharing().strategy());
        if (hami) {
            labels.put("gpu", "on");
            labels.put("penstock.dev/hami-shares", Integer.toString(node.sharing().replicas()));
        }
    }

    private static Map<String, String> partitionLabels(FleetNode node, Map<String, String> labels) {
        Map<String, Long> byProfile = node.cards().stream().flatMap(card -> card.stream())
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
        byProfile.forEach((profile, count) -> profileLabels(node, profile, count, labels));
        return labels;
    }

    private static void profileLabels(FleetNode node, String name, long count, Map<String, String> labels) {
        MigProfile profile = MigProfile.of(name);
        String suffix = name.replace('+', '.');
        String prefix = "nvidia.com/mig-" + suffix;
        labels.put(prefix + ".count", Long.toString(count));
        labels.put(prefix + ".product", node.gpu().product() + "-MIG-" + suffix);
        labels.put(prefix + ".memory", Integer.toString(node.gpu().memoryMiB() * profile.memorySlices(node.gpu()) / 8));
        labels.put(prefix + ".slices.gi", Integer.toString(profile.compute()));
        labels.put(prefix + ".slices.ci", Integer.toString(profile.compute()));
        labels.put(prefix + ".replicas", "1");
        labels.put(prefix + ".sharing-strategy", "none");
    }

    private static void capacity(FleetNode node, ObjectNode amounts) {
        amounts.put("cpu", Integer.toString(node.cpus())).put("memory", node.memoryGi() + "Gi")
                .put("pods", Integer.toString(node.maxPods())).put("ephemeral-storage", "1Ti");
        node.devices().forEach((resource, count) -> amounts.put(resource, Integer.toString(count)));
    }

    private static void condition(ObjectNode status, String type, String value, String reason, String at) {
        Json.list(status, "conditions").addObject().put("type", type).put("status", value).put("reason", reason)
                .put("message", "simulated node").put("lastHeartbeatTime", at).put("lastTransitionTime", at);
    }
}
