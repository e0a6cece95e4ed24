package dev.penstock.simulators.cluster.fleet;

import dev.penstock.simulators.cluster.tree.Json;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** All machines. */
public record Fleet(List<FleetNode> nodes) {

    private static final List<String> WHOLE = List.of();
    private static final int CPUS = 96;
    private static final int MEMORY_GI = 1024;
    private static final int MAX_PODS = 110;
    private static final int REPLICAS = 4;

    public Fleet {
        nodes = List.copyOf(nodes);
        if (nodes.stream().map(FleetNode::name).distinct().count() < nodes.size()) {
            throw new IllegalArgumentException("two nodes of one name");
        }
    }

    /** Three nodes: four whole H100, four H100 cut in the mixed way, two H200 cut likewise. */
    public static Fleet standard() {
        return new Fleet(List.of(
                node("gpu-01", GpuModel.H100_80GB, Collections.nCopies(4, WHOLE)),
                node("gpu-02", GpuModel.H100_80GB, List.of(
                        Collections.nCopies(7, "1g.10gb"),
                        Collections.nCopies(7, "1g.10gb"),
                        List.of("2g.20gb", "2g.20gb", "3g.40gb"),
                        List.of("3g.40gb", "3g.40gb"))),
                node("gpu-03", GpuModel.H200_141GB, List.of(
                        Collections.nCopies(7, "1g.18gb"),
                        List.of("3g.71gb", "3g.71gb")))));
    }

    /**
     * The standard one, three nodes that share their GPUs (two H100 in turns, two H200 within limits, two H100 by HAMi, four pods each), and one with two H100 that
     * are claimed: a whole one, and one that is cut.
     */
    public static Fleet ofEveryKind() {
        return new Fleet(Stream.concat(standard().nodes().stream(), Stream.of(
                shared("gpu-04", GpuModel.H100_80GB, "time-slicing"),
                shared("gpu-05", GpuModel.H200_141GB, "mps"),
                shared("gpu-06", GpuModel.H100_80GB, "hami"),
                node("gpu-07", GpuModel.H100_80GB, List.of(WHOLE, List.of("1g.10gb", "1g.10gb", "2g.20gb", "3g.40gb"))).byClaims())).toList());
    }

    /** Whether devices of any machine can be claimed. */
    public boolean hasClaims() {
        return nodes.stream().anyMatch(FleetNode::claimed);
    }

    private static FleetNode shared(String name, GpuModel gpu, String strategy) {
        return new FleetNode(name, gpu, CPUS, MEMORY_GI, MAX_PODS, new Sharing(strategy, REPLICAS), List.of(WHOLE, WHOLE));
    }

    private static FleetNode node(String name, GpuModel gpu, List<List<String>> cards) {
        return new FleetNode(name, gpu, CPUS, MEMORY_GI, MAX_PODS, cards);
    }

    /**
     * Reads a fleet: {@code {"nodes": [{"name": …, "gpu": {"product", "family", "memoryMiB", "sliceGb"}, "cpus", "memoryGi",
     * "maxPods", "sharing": {"strategy": "time-slicing", "replicas": 4}, "cards": [["1g.10gb", …], []], "claimed": false}]}}.
     *
     * @throws IllegalArgumentException when a node cannot be
     */
    public static Fleet read(JsonNode fleet) {
        return new Fleet(Json.objects(fleet, "nodes").stream().map(node -> new FleetNode(
                Json.text(node, "name"),
                new GpuModel(Json.text(node, "gpu", "product"), Json.text(node, "gpu", "family"),
                        Json.at(node, "gpu", "memoryMiB").asInt(0), Json.at(node, "gpu", "sliceGb").asInt(0)),
                node.path("cpus").asInt(CPUS), node.path("memoryGi").asInt(MEMORY_GI), node.path("maxPods").asInt(MAX_PODS),
                node.has("sharing") ? new Sharing(Json.text(node, "sharing", "strategy"), Json.at(node, "sharing", "replicas").asInt(1)) : Sharing.NONE,
                node.path("cards").values().stream().map(card -> Json.texts(card)).toList(), node.path("claimed").asBoolean(false))).toList());
    }
}
