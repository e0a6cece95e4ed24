package dev.penstock.simulators.cluster.device;

import dev.penstock.simulators.cluster.store.Kinds;
import dev.penstock.simulators.cluster.store.Meta;
import dev.penstock.simulators.cluster.store.Store;
import dev.penstock.simulators.cluster.tree.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The claims of pods, and the devices that no claim has been given. Reads only; what is found is for the caller to write. */
public final class Claims {

    private final Store store;

    public Claims(Store store) {
        this.store = store;
    }

    /** Names of the claims that a pod waits for or uses. */
    public static List<String> of(ObjectNode pod) {
        return Json.objects(pod, "spec", "resourceClaims").stream().map(claim -> Json.text(claim, "resourceClaimName")).filter(name -> !name.isEmpty()).toList();
    }

    public static boolean isAllocated(ObjectNode claim) {
        return Json.at(claim, "status").has("allocation");
    }

    /** Why the pod cannot be placed anywhere yet; empty: nothing speaks against it. */
    public Optional<String> missing(ObjectNode pod) {
        return of(pod).stream()
                .filter(name -> {
                    ObjectNode claim = claim(pod, name);
                    return claim == null || Meta.isTerminating(claim);
                })
                .map(name -> claim(pod, name) == null
                        ? "resourceclaim.resource.k8s.io \"" + name + "\" not found"
                        : "resourceclaim must not be deleted: \"" + name + "\"")
                .findFirst();
    }

    /** The allocation of each of the pod's claims, in their order, if it is placed on the node; empty: not all of them can be. */
    public Optional<List<ObjectNode>> allocations(ObjectNode pod, String node) {
        if (of(pod).isEmpty()) {
            return Optional.of(List.of());
        }
        Set<Device> taken = new HashSet<>(taken());
        List<ObjectNode> allocations = new ArrayList<>();
        for (String name : of(pod)) {
            ObjectNode claim = claim(pod, name);
            Optional<ObjectNode> allocation = claim == null ? Optional.empty() : allocation(claim, node, taken);
            if (allocation.isEmpty()) {
                return Optional.empty();
            }
            allocations.add(allocation.get());
        }
        return Optional.of(allocations);
    }

    private Optional<ObjectNode> allocation(ObjectNode claim, String node, Set<Device> taken) {
        if (isAllocated(claim)) {
            ObjectNode known = (ObjectNode) Json.at(claim, "status", "allocation");
            return Json.objects(known, "devices", "results").stream().allMatch(result -> Json.text(result, "pool").equals(node)) ? Optional.of(known) : Optional.empty();
        }
        ObjectNode allocation = Json.object();
        ArrayNode results = Json.list(Json.within(allocation, "devices"), "results");
        for (ObjectNode request : Json.objects(claim, "spec", "devices", "requests")) {
            int count = Json.at(request, "exactly", "count").asInt(1);
            List<Device> found = devices(node).stream().filter(device -> !taken.contains(device) && fits(request, device)).limit(count).toList();
            if (found.size() < count) {
                return Optional.empty();
            }
            taken.addAll(found);
            found.forEach(device -> results.addObject().put("request", Json.text(request, "name"))
                    .put("driver", device.driver()).put("pool", device.pool()).put("device", device.name()));
        }
        ObjectNode term = Json.list(Json.within(allocation, "nodeSelector"), "nodeSelectorTerms").addObject();
        term.putArray("matchFields").addObject().put("key", "metadata.name").put("operator", "In").putArray("values").add(node);
        return Optional.of(allocation);
    }

    private boolean fits(ObjectNode request, Device device) {
        ObjectNode deviceClass = store.get(Kinds.DEVICE_CLASS, "", Json.text(request, "exactly", "deviceClassName"));
        return deviceClass != null && holds(Json.objects(deviceClass, "spec", "selectors"), device) && holds(Json.objects(request, "exactly", "selectors"), device);
    }

    /** One that cannot be said of a device ends the search on a cluster; here the device is left out, and the pod waits as it would. */
    private static boolean holds(List<ObjectNode> selectors, Device device) {
        try {
            return selectors.stream().allMatch(selector -> Expression.of(Json.text(selector, "cel", "expression")).holds(device));
        } catch (IllegalArgumentException unanswerable) {
            return false;
        }
    }

    private List<Device> devices(String node) {
        return store.list(Kinds.RESOURCE_SLICE, "").stream().flatMap(slice -> Device.of(slice).stream()).filter(device -> device.node().equals(node)).toList();
    }

    private List<Device> taken() {
        return store.list(Kinds.RESOURCE_CLAIM, "").stream()
                .flatMap(claim -> Json.objects(claim, "status", "allocation", "devices", "results").stream())
                .map(result -> new Device(Json.text(result, "driver"), Json.text(result, "pool"), "", Json.text(result, "device"), result))
                .toList();
    }

    private @Nullable ObjectNode claim(ObjectNode pod, String name) {
        return store.get(Kinds.RESOURCE_CLAIM, Meta.namespace(pod), name);
    }
}
