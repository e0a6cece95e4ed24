package dev.penstock.simulators.cluster.kueue;

import dev.penstock.simulators.cluster.admission.PodResources;
import dev.penstock.simulators.cluster.store.ApiFailure;
import dev.penstock.simulators.cluster.store.Kinds;
import dev.penstock.simulators.cluster.store.Meta;
import dev.penstock.simulators.cluster.store.Store;
import dev.penstock.simulators.cluster.tree.Json;
import dev.penstock.simulators.cluster.tree.Quantity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Who waits in which cluster queue, and what it has left. Reads only. */
public final class KueueQueues {

    /** In which order workloads came; their creation times are whole seconds. */
    public static final String ORDER = "simulator.penstock.dev/order";

    private final Store store;

    public KueueQueues(Store store) {
        this.store = store;
    }

    /** What is left of a queue's quota. */
    public static final class Left {

        private final String flavor;
        private final Map<String, Quantity> amounts;

        private Left(String flavor, Map<String, Quantity> amounts) {
            this.flavor = flavor;
            this.amounts = amounts;
        }

        /** Why a workload does not get its quota, in Kueue's words; empty: it does. */
        public String refusal(ObjectNode workload) {
            List<String> words = requests(workload).entrySet().stream().map(each -> refusal(each.getKey(), each.getValue())).filter(word -> !word.isEmpty()).toList();
            return words.isEmpty() ? "" : "couldn't assign flavors to pod set main: " + String.join(", ", words);
        }

        private String refusal(String resource, Quantity wanted) {
            Quantity left = amounts.get(resource);
            if (left == null) {
                return "resource " + resource + " unavailable in ClusterQueue";
            }
            return wanted.compareTo(left) <= 0 ? "" : "insufficient unused quota for " + resource + " in flavor " + flavor + ", " + wanted.minus(left) + " more needed";
        }

        public void take(ObjectNode workload) {
            requests(workload).forEach((resource, amount) -> amounts.computeIfPresent(resource, (same, left) -> left.minus(amount)));
        }
    }

    /** By the names of cluster queues that workloads name through their local queue; those that name none there is are under the empty name. */
    public Map<String, List<ObjectNode>> waiting() {
        Map<String, List<ObjectNode>> waiting = new LinkedHashMap<>();
        Map<String, String> queues = clusterQueues();
        store.list(Kinds.WORKLOAD, "").stream()
                .filter(workload -> !hasQuota(workload) && !isTrue(workload, "Evicted") && !Meta.isTerminating(workload))
                .sorted(Comparator.comparing(workload -> Json.text(workload, "metadata", "annotations", ORDER)))
                .forEach(workload -> waiting.computeIfAbsent(queues.getOrDefault(localQueue(workload), ""), name -> new ArrayList<>()).add(workload));
        return waiting;
    }

    /** Of one flavor; what the queue does not cover is missing. */
    public Left left(ObjectNode clusterQueue) {
        Map<String, Quantity> amounts = new TreeMap<>();
        String flavor = "";
        for (ObjectNode group : Json.objects(clusterQueue, "spec", "resourceGroups")) {
            for (ObjectNode each : Json.objects(group, "flavors")) {
                flavor = Json.text(each, "name");
                Json.objects(each, "resources").forEach(resource -> amounts.put(Json.text(resource, "name"), Quantity.parse(Json.text(resource, "nominalQuota"))));
            }
        }
        Left left = new Left(flavor, amounts);
        Map<String, String> queues = clusterQueues();
        store.list(Kinds.WORKLOAD, "").stream()
                .filter(workload -> hasQuota(workload) && Meta.name(clusterQueue).equals(queues.get(localQueue(workload))))
                .forEach(left::take);
        return left;
    }

    public static boolean hasQuota(ObjectNode workload) {
        return isTrue(workload, "QuotaReserved");
    }

    /** What the visibility API answers. */
    public ObjectNode summary(String clusterQueue) {
        if (store.get(Kinds.CLUSTER_QUEUE, "", clusterQueue) == null) {
            throw ApiFailure.notFound(Kinds.CLUSTER_QUEUE, clusterQueue);
        }
        ObjectNode summary = Json.object().put("kind", "PendingWorkloadsSummary").put("apiVersion", Kinds.KUEUE_VISIBILITY + "/v1beta2");
        ArrayNode items = summary.putArray("items");
        Map<String, Integer> inLocal = new HashMap<>();
        int position = 0;
        for (ObjectNode workload : waiting().getOrDefault(clusterQueue, List.of())) {
            ObjectNode item = items.addObject();
            JsonNode metadata = workload.path("metadata");
            item.putObject("metadata").put("name", Meta.name(workload)).put("namespace", Meta.namespace(workload))
                    .put("creationTimestamp", Json.text(metadata, "creationTimestamp")).set("ownerReferences", metadata.path("ownerReferences").deepCopy());
            item.put("priority", 0).put("localQueueName", Json.text(workload, "spec", "queueName")).put("positionInClusterQueue", position++)
                    .put("positionInLocalQueue", inLocal.merge(localQueue(workload), 1, Integer::sum) - 1);
        }
        return summary;
    }

    private Map<String, String> clusterQueues() {
        Map<String, String> queues = new HashMap<>();
        store.list(Kinds.LOCAL_QUEUE, "").forEach(queue -> queues.put(Meta.namespace(queue) + "/" + Meta.name(queue), Json.text(queue, "spec", "clusterQueue")));
        return queues;
    }

    private static String localQueue(ObjectNode workload) {
        return Meta.namespace(workload) + "/" + Json.text(workload, "spec", "queueName");
    }

    private static Map<String, Quantity> requests(ObjectNode workload) {
        Map<String, Quantity> all = new TreeMap<>();
        Json.objects(workload, "spec", "podSets").forEach(set -> PodResources.requests(set.path("template")).forEach((name, amount) -> all.merge(name, amount, Quantity::plus)));
        return all;
    }

    private static boolean isTrue(ObjectNode workload, String type) {
        ObjectNode condition = Json.find(Json.at(workload, "status", "conditions"), "type", type);
        return condition != null && Json.text(condition, "status").equals("True");
    }
}
