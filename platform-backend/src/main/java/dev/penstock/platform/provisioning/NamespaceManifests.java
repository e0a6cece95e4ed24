package dev.penstock.platform.provisioning;

import dev.penstock.platform.catalog.CardShare;
import dev.penstock.platform.catalog.DeviceChoice;
import dev.penstock.platform.cluster.Manifest;
import dev.penstock.platform.cluster.Marks;
import dev.penstock.platform.slice.Holdings.NeedOfProject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A project's namespace and what it must have before anything runs in it. Pure. Nothing reaches the pods and they reach nothing but name
 * resolution; no pod gets a token for the cluster; and the cluster itself refuses any GPU that no slice of the project holds.
 */
final class NamespaceManifests {

    static final String SERVICE_ACCOUNT = "workspace";
    static final String QUOTA = "slices";

    private static final String POD_SECURITY = "pod-security.kubernetes.io/";

    private NamespaceManifests() {}

    /** What is in the {@link #namespace} and does not depend on how many slices there are, in the order in which it is applied; before the {@link #quota}. */
    static List<Manifest> lasting(String namespace, Marks marks) {
        return List.of(networkPolicy(namespace, marks), serviceAccount(namespace, marks), limitRange(namespace, marks));
    }

    /**
     * Room for the project's slices and for nothing else.
     *
     * @param knownResources GPU resources of all profiles: those the project does not hold are set to zero
     */
    static Manifest quota(String namespace, Marks marks, NeedOfProject need, Collection<String> knownResources) {
        Map<String, Object> hard = new TreeMap<>(Map.of(
                "pods", Integer.toString(need.pods()),
                "persistentvolumeclaims", Integer.toString(need.volumes()),
                "requests.storage", need.volumeGib() == 0 ? "0" : need.volumeGib() + "Gi",
                "services.loadbalancers", "0",
                "services.nodeports", "0"));
        Map<String, Integer> room = new TreeMap<>();
        knownResources.forEach(resource -> counted(resource).keySet().forEach(name -> room.put(name, 0)));
        need.resources().forEach((resource, count) -> counted(resource).forEach((name, each) -> room.merge(name, count * each, Integer::sum)));
        room.forEach((resource, count) -> hard.put(resource, count.toString()));
        return Manifest.of("v1", "ResourceQuota", namespace, QUOTA, marks, Map.of("spec", Map.of("hard", hard)));
    }

    /** Under which names a quota counts one of it, and as how much. Of devices it counts those of a class: which of them, our own vector says. */
    private static Map<String, Integer> counted(String resource) {
        return DeviceChoice.isDevices(resource)
                ? Map.of(DeviceChoice.quotaOf(resource), 1)
                : CardShare.named(resource).map(NamespaceManifests::counted).orElse(Map.of("requests." + resource, 1));
    }

    /** Requests the cluster counts, as of everything; limits of memory and cores HAMi's scheduler does, where it keeps quotas. */
    private static Map<String, Integer> counted(CardShare share) {
        Map<String, Integer> counted = new TreeMap<>();
        share.asked().forEach((name, each) -> counted.put("requests." + name, each));
        counted.put("limits." + CardShare.MEMORY, share.memoryMib());
        counted.put("limits." + CardShare.CORES, share.cores());
        return counted;
    }

    static Manifest namespace(String namespace, Marks marks) {
        Map<String, String> security = Map.of(
                POD_SECURITY + "enforce", "restricted",
                POD_SECURITY + "audit", "restricted",
                POD_SECURITY + "warn", "restricted");
        return new Manifest("v1", "Namespace", null, namespace, marks, security, Map.of());
    }

    private static Manifest networkPolicy(String namespace, Marks marks) {
        Map<String, Object> nameServers = Map.of(
                "namespaceSelector", Map.of("matchLabels", Map.of("kubernetes.io/metadata.name", "kube-system")),
                "podSelector", Map.of("matchLabels", Map.of("k8s-app", "kube-dns")));
        List<Object> ports = List.of(Map.of("protocol", "UDP", "port", 53), Map.of("protocol", "TCP", "port", 53));
        return Manifest.of("networking.k8s.io/v1", "NetworkPolicy", namespace, "default-deny", marks, Map.of("spec", Map.of(
                "podSelector", Map.of(),
                "policyTypes", List.of("Ingress", "Egress"),
                "egress", List.of(Map.of("to", List.of(nameServers), "ports", ports)))));
    }

    private static Manifest serviceAccount(String namespace, Marks marks) {
        return Manifest.of("v1", "ServiceAccount", namespace, SERVICE_ACCOUNT, marks, Map.of("automountServiceAccountToken", false));
    }

    private static Manifest limitRange(String namespace, Marks marks) {
        Map<String, Object> small = Map.of("cpu", "500m", "memory", "512Mi");
        return Manifest.of("v1", "LimitRange", namespace, "containers", marks, Map.of("spec", Map.of(
                "limits", List.of(Map.of("type", "Container", "default", small, "defaultRequest", small)))));
    }
}
