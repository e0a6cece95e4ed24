package dev.penstock.simulators.cluster.fleet;

import dev.penstock.simulators.cluster.tree.Json;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What NVIDIA's driver for claims puts into a cluster: classes of devices, and the devices of each machine. */
public final class DeviceObjects {

    static final String DRIVER = "gpu.nvidia.com";

    private static final String API = "resource.k8s.io/v1";

    private DeviceObjects() {
    }

    /** One for whole GPUs and one for partitions. */
    public static List<ObjectNode> classes() {
        return List.of(classOf("gpu.nvidia.com", "gpu"), classOf("mig.nvidia.com", "mig"));
    }

    private static ObjectNode classOf(String name, String type) {
        ObjectNode object = Json.object().put("apiVersion", API).put("kind", "DeviceClass");
        object.putObject("metadata").put("name", name);
        object.putObject("spec").putArray("selectors").addObject().putObject("cel")
                .put("expression", "device.driver == '" + DRIVER + "' && device.attributes['" + DRIVER + "'].type == '" + type + "'");
        return object;
    }

    /** The devices of a machine, as they are cut; a card that is cut is not listed as a whole. */
    public static ObjectNode sliceOf(FleetNode node) {
        ObjectNode object = Json.object().put("apiVersion", API).put("kind", "ResourceSlice");
        object.putObject("metadata").put("name", node.name() + "-" + DRIVER);
        ObjectNode spec = object.putObject("spec").put("driver", DRIVER).put("nodeName", node.name());
        spec.putObject("pool").put("name", node.name()).put("generation", 1).put("resourceSliceCount", 1);
        ArrayNode devices = spec.putArray("devices");
        for (int card = 0; card < node.cards().size(); card++) {
            List<String> partitions = node.cards().get(card);
            if (partitions.isEmpty()) {
                device(devices, node, "gpu-" + card, "gpu", card).putObject("memory").put("value", node.gpu().memoryMiB() + "Mi");
            }
            for (int partition = 0; partition < partitions.size(); partition++) {
                MigProfile profile = MigProfile.of(partitions.get(partition));
                ObjectNode capacity = device(devices, node, "gpu-" + card + "-mig-" + partition, "mig", card);
                capacity.putObject("memory").put("value", node.gpu().memoryMiB() * profile.memorySlices(node.gpu()) / 8 + "Mi");
                ObjectNode attributes = Json.within((ObjectNode) devices.get(devices.size() - 1), "attributes");
                attributes.putObject("profile").put("string", profile.name());
                attributes.putObject("parentUUID").put("string", uuid(node, card));
            }
        }
        return object;
    }

    /** Adds it; what is returned takes amounts. */
    private static ObjectNode device(ArrayNode devices, FleetNode node, String name, String type, int card) {
        ObjectNode device = devices.addObject().put("name", name);
        ObjectNode attributes = device.putObject("attributes");
        attributes.putObject("type").put("string", type);
        attributes.putObject("uuid").put("string", type.equals("gpu") ? uuid(node, card) : "MIG-" + node.name() + "-" + name);
        attributes.putObject("productName").put("string", node.gpu().product().replace('-', ' '));
        attributes.putObject("architecture").put("string", node.gpu().family());
        attributes.putObject("driverVersion").put("version", "580.0.0");
        return device.putObject("capacity");
    }

    private static String uuid(FleetNode node, int card) {
        return "GPU-" + node.name() + "-" + card;
    }
}
