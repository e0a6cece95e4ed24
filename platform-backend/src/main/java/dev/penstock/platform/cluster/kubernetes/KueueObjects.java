package dev.penstock.platform.cluster.kubernetes;

import dev.penstock.platform.cluster.ClusterFailure;
import dev.penstock.platform.cluster.KueueSeen;
import dev.penstock.platform.cluster.PodSeen;
import dev.penstock.platform.cluster.WorkloadSeen;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What Kueue serves: local queues of ours, its word on a pod, and who waits at which place. The client library knows none of its kinds. */
final class KueueObjects {

    static final String GROUP = "kueue.x-k8s.io";

    private static final String VISIBILITY = "visibility.kueue.x-k8s.io";
    /** Newest first; what is read and written here is the same in each. */
    private static final List<String> VERSIONS = List.of("v1beta2", "v1beta1");
    private static final int MOST_PLACES = 10_000;
    private static final int NOT_FOUND = 404;
    private static final int FORBIDDEN = 403;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final KubernetesClient client;
    private volatile @Nullable String version;

    KueueObjects(KubernetesClient client) {
        this.client = client;
    }

    /** @param clusterQueue empty: only whether it is there */
    KueueSeen now(String clusterQueue) {
        String served = version(GROUP);
        version = served;
        if (served == null) {
            return new KueueSeen(null, "The cluster has no API " + GROUP + " in a version that Penstock knows: Kueue is not installed.", Map.of(), 0, null);
        }
        String visibility = clusterQueue.isEmpty() ? null : version(VISIBILITY);
        if (visibility == null) {
            return new KueueSeen(served, null, Map.of(), 0, "places in the queue are not told: its visibility API is missing");
        }
        try {
            String path = "/apis/" + VISIBILITY + "/" + visibility + "/clusterqueues/" + clusterQueue + "/pendingworkloads?limit=" + MOST_PLACES;
            return places(served, get(path), clusterQueue);
        } catch (KubernetesClientException e) {
            return new KueueSeen(served, null, Map.of(), 0, e.getCode() == FORBIDDEN
                    ? "places in the queue are not told: Penstock may not read them, it needs the rules of deploy/kubernetes/service-account.yaml"
                    : "places in the queue are not told: its visibility API does not answer");
        }
    }

    private static KueueSeen places(String served, Optional<JsonNode> summary, String clusterQueue) {
        if (summary.isEmpty()) {
            return new KueueSeen(served, "There is no ClusterQueue " + clusterQueue + ".", Map.of(), 0, null);
        }
        Map<String, Integer> places = new HashMap<>();
        JsonNode items = summary.get().path("items");
        items.forEach(item -> item.path("metadata").path("ownerReferences")
                .forEach(owner -> places.put(owner.path("uid").asString(""), item.path("positionInClusterQueue").asInt(0) + 1)));
        return new KueueSeen(served, null, places, items.size(), null);
    }

    /**
     * Found by the pod's uid. Empty: Kueue has not taken note of the pod, or is not there.
     *
     * @throws ClusterFailure {@code UNAVAILABLE} if its API is not what it was: which one there is, if any, is looked at next time
     */
    Optional<WorkloadSeen> workload(PodSeen pod) {
        String served = version == null ? version(GROUP) : version;
        if (served == null) {
            return Optional.empty();
        }
        Optional<JsonNode> listed = get("/apis/" + GROUP + "/" + served + "/namespaces/" + pod.namespace() + "/workloads?labelSelector=kueue.x-k8s.io%2Fjob-uid%3D" + pod.uid());
        if (listed.isEmpty()) {
            version = null;
            throw new ClusterFailure(ClusterFailure.Kind.UNAVAILABLE, "The cluster does not serve " + GROUP + "/" + served + " any more: Kueue was taken away or replaced.");
        }
        return listed
                .flatMap(list -> StreamSupport.stream(list.path("items").spliterator(), false).findFirst())
                .map(workload -> workload.path("status").path("conditions"))
                .map(KueueObjects::seen);
    }

    private static WorkloadSeen seen(JsonNode conditions) {
        JsonNode admitted = condition(conditions, "Admitted");
        boolean holds = admitted.path("status").asString("").equals("True");
        String words = condition(conditions, "QuotaReserved").path("message").asString("");
        return new WorkloadSeen(holds ? Instant.parse(admitted.path("lastTransitionTime").asString()) : null, words.isEmpty() ? null : words);
    }

    private static JsonNode condition(JsonNode conditions, String type) {
        return StreamSupport.stream(conditions.spliterator(), false)
                .filter(condition -> condition.path("type").asString("").equals(type))
                .findFirst()
                .orElseGet(JSON::createObjectNode);
    }

    /** Where to put a local queue. */
    Resource<GenericKubernetesResource> localQueue(HasMetadata object) {
        String apiVersion = object.getApiVersion();
        ResourceDefinitionContext context = new ResourceDefinitionContext.Builder()
                .withGroup(GROUP)
                .withVersion(apiVersion.substring(apiVersion.indexOf('/') + 1))
                .withKind("LocalQueue")
                .withPlural("localqueues")
                .withNamespaced(true)
                .build();
        return client.genericKubernetesResources(context).inNamespace(object.getMetadata().getNamespace()).resource((GenericKubernetesResource) object);
    }

    private @Nullable String version(String group) {
        Optional<JsonNode> document = get("/apis/" + group);
        return document.isEmpty() ? null : newest(document.get().path("versions").valueStream().map(each -> each.path("version").asString("")).toList());
    }

    /** @return null if none of them is one that we know */
    static @Nullable String newest(List<String> served) {
        return VERSIONS.stream().filter(served::contains).findFirst().orElse(null);
    }

    private Optional<JsonNode> get(String path) {
        try {
            return Optional.ofNullable(client.raw(path)).map(JSON::readTree);
        } catch (KubernetesClientException e) {
            if (e.getCode() == NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
