package dev.penstock.simulators.cluster.controller;

import dev.penstock.simulators.cluster.fault.Faults;
import dev.penstock.simulators.cluster.fleet.FleetNode;
import dev.penstock.simulators.cluster.fleet.NodeObject;
import dev.penstock.simulators.cluster.store.Change;
import dev.penstock.simulators.cluster.store.Kinds;
import dev.penstock.simulators.cluster.store.Meta;
import dev.penstock.simulators.cluster.store.Registry;
import dev.penstock.simulators.cluster.tree.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * NVIDIA's MIG manager, of all nodes: it acts when the label that names a configuration changes, and only then; a configuration it does not find in its file
 * fails at once; a node on which something uses a GPU cannot be cut. It reads its ConfigMap as it is, where the real one's mounted copy lags.
 */
final class MigManager implements Controller {

    static final String NAMESPACE = "gpu-operator";
    static final String CONFIG_MAP = "custom-mig-config";
    static final String FILE = "config.yaml";

    private static final String NAME = "nvidia-mig-manager";
    private static final String CONFIG = "nvidia.com/mig.config";
    private static final String STATE = "nvidia.com/mig.config.state";

    private final Registry registry;
    private final Loop loop;
    private final Faults faults;
    private final Duration cutting;
    private final YAMLMapper yaml = YAMLMapper.builder().build();
    private final Map<String, FleetNode> machines = new HashMap<>();
    private final Map<String, String> lastRead = new HashMap<>();

    MigManager(Registry registry, Loop loop, Faults faults, List<FleetNode> machines, Duration cutting) {
        this.registry = registry;
        this.loop = loop;
        this.faults = faults;
        this.cutting = cutting;
        machines.forEach(machine -> this.machines.put(machine.name(), machine));
    }

    @Override
    public void changed(Change change) {
        if (!change.kind().equals(Kinds.NODE) || change.type() == Change.Type.DELETED) {
            return;
        }
        String config = Meta.labels(change.object()).getOrDefault(CONFIG, "");
        String before = lastRead.put(change.name(), config);
        // A node that is new to us is as its label says.
        if (before != null && !before.equals(config) && !config.isEmpty()) {
            loop.soon(() -> begin(change.name(), config));
        }
    }

    private void begin(String node, String config) {
        FleetNode machine = machines.get(node);
        FleetNode wanted = machine == null ? null : wanted(machine, config);
        if (wanted == null) {
            state(node, "failed");
            return;
        }
        state(node, "pending");
        loop.once("mig " + node + " " + config, cutting, () -> cut(node, config, wanted));
    }

    private void cut(String node, String config, FleetNode wanted) {
        if (!config.equals(lastRead.get(node))) {
            return;
        }
        if (faults.failsCut(node) || isInUse(node)) {
            state(node, "failed");
            return;
        }
        machines.put(node, wanted);
        registry.edit(Kinds.NODE, "", node, NAME, "status", it -> NodeObject.recutStatus(wanted, it));
        registry.edit(Kinds.NODE, "", node, NAME, "", it -> {
            NodeObject.recut(wanted, it);
            Json.within(it, "metadata", "labels").put(STATE, "success");
        });
    }

    private boolean isInUse(String node) {
        return registry.store().list(Kinds.POD, "").stream()
                .filter(pod -> Json.text(pod, "spec", "nodeName").equals(node))
                .filter(pod -> !List.of("Failed", "Succeeded").contains(Json.text(pod, "status", "phase")))
                .flatMap(pod -> Json.objects(pod, "spec", "containers").stream())
                .anyMatch(container -> Json.map(container, "resources", "limits").keySet().stream().anyMatch(name -> name.startsWith("nvidia.com/")));
    }

    /** What the machine would be; null when the file does not tell, or no card can be cut so. */
    private @Nullable FleetNode wanted(FleetNode machine, String config) {
        ObjectNode map = registry.store().get(Kinds.CONFIG_MAP, NAMESPACE, CONFIG_MAP);
        try {
            JsonNode devices = map == null ? null : yaml.readTree(Json.text(map, "data", FILE)).path("mig-configs").path(config);
            return devices == null || !devices.isArray() ? null : machine.cut(cards(machine, devices));
        } catch (JacksonException | IllegalArgumentException unusable) {
            return null;
        }
    }

    /** A card that no entry names stays as it is. */
    private static List<List<String>> cards(FleetNode machine, JsonNode devices) {
        List<List<String>> cards = new ArrayList<>(machine.cards());
        for (JsonNode entry : devices.values()) {
            List<String> card = entry.path("mig-enabled").asBoolean(false) ? partitions(entry.path("mig-devices")) : List.of();
            for (int index = 0; index < cards.size(); index++) {
                if (names(entry.path("devices"), index)) {
                    cards.set(index, card);
                }
            }
        }
        return cards;
    }

    private static boolean names(JsonNode devices, int index) {
        return devices.isArray() ? devices.valueStream().anyMatch(device -> device.asInt(-1) == index) : devices.asString("").equals("all");
    }

    private static List<String> partitions(JsonNode counts) {
        List<String> partitions = new ArrayList<>();
        counts.properties().forEach(each -> partitions.addAll(Collections.nCopies(each.getValue().asInt(0), each.getKey())));
        return partitions;
    }

    private void state(String node, String state) {
        registry.edit(Kinds.NODE, "", node, NAME, "", it -> Json.within(it, "metadata", "labels").put(STATE, state));
    }
}
