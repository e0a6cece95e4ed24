package dev.penstock.platform.provisioning;

import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.SliceProfileView.Kind;
import dev.penstock.platform.catalog.SliceProfile;
import dev.penstock.platform.cluster.Marks;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** On which nodes a pod may lie beside its part of a GPU. Pure. */
final class NodeChoice {

    private static final String SHARING = "nvidia.com/gpu.sharing-strategy";
    /** HAMi labels nothing of its own with how a GPU is divided: whoever runs the node does. */
    private static final String HAMI_SHARES = "penstock.dev/hami-shares";
    private static final String BY_NODE = "kubernetes.io/hostname";
    /** The most there is: nothing else that the scheduler weighs for itself is to outdo it. */
    private static final int MOST = 100;

    private NodeChoice() {}

    /** Labels that the node has. */
    static Map<String, Object> selector(SliceProfile profile) {
        Map<String, Object> labels = new TreeMap<>(Map.of("nvidia.com/gpu.product", profile.nodeProduct()));
        if (profile.kind() == Kind.HAMI) {
            labels.put(HAMI_SHARES, Integer.toString(profile.replicas()));
        } else if (profile.kind().shares()) {
            labels.put(SHARING, strategy(profile));
            labels.put("nvidia.com/gpu.replicas", Integer.toString(profile.replicas()));
        }
        return labels;
    }

    /** Who places it; empty: the cluster's own scheduler. HAMi's webhook would say the same, where it is asked. */
    static Optional<String> scheduler(SliceProfile profile) {
        return profile.kind() == Kind.HAMI ? Optional.of("hami-scheduler") : Optional.empty();
    }

    /** What else is asked of the node; empty: nothing. */
    static Optional<Map<String, Object>> affinity(SliceProfile profile, TenantId tenant) {
        return switch (profile.kind()) {
            // Which node has the device, the claim says.
            case MIG, DRA -> Optional.empty();
            case WHOLE -> Optional.of(Map.of("nodeAffinity", Map.of(
                    "requiredDuringSchedulingIgnoredDuringExecution", Map.of("nodeSelectorTerms", List.of(unshared())))));
            case TIME_SLICED, MPS, HAMI -> Optional.of(Map.of("podAntiAffinity", notBesideOthers(tenant), "podAffinity", ratherBesideOwn(tenant)));
        };
    }

    private static String strategy(SliceProfile profile) {
        return switch (profile.kind()) {
            case TIME_SLICED -> "time-slicing";
            case MPS -> "mps";
            case WHOLE, MIG, DRA, HAMI -> "none";
        };
    }

    /** A device plugin may share GPUs without giving them another name, and HAMi always does. A node that does not say is not shared. */
    private static Map<String, Object> unshared() {
        return Map.of("matchExpressions", List.of(
                Map.of("key", SHARING, "operator", "NotIn", "values", List.of("time-slicing", "mps")), Map.of("key", HAMI_SHARES, "operator", "DoesNotExist")));
    }

    /** Memory is not isolated here: a node on which anything of another tenant runs is none for us, and ours none for them. */
    private static Map<String, Object> notBesideOthers(TenantId tenant) {
        Map<String, Object> others = Map.of("matchExpressions", List.of(
                Map.of("key", Marks.TENANT, "operator", "Exists"),
                Map.of("key", Marks.TENANT, "operator", "NotIn", "values", List.of(tenant.toString()))));
        return Map.of("requiredDuringSchedulingIgnoredDuringExecution", List.of(
                Map.of("labelSelector", others, "namespaceSelector", Map.of(), "topologyKey", BY_NODE)));
    }

    /** Otherwise the scheduler would spread a tenant over nodes that others could have. */
    private static Map<String, Object> ratherBesideOwn(TenantId tenant) {
        Map<String, Object> own = Map.of("matchLabels", Map.of(Marks.TENANT, tenant.toString()));
        return Map.of("preferredDuringSchedulingIgnoredDuringExecution", List.of(Map.of(
                "weight", MOST, "podAffinityTerm", Map.of("labelSelector", own, "namespaceSelector", Map.of(), "topologyKey", BY_NODE))));
    }
}
