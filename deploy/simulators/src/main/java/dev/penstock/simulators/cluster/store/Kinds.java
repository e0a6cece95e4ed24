package dev.penstock.simulators.cluster.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The kinds we serve. A kind that is only stored, without a controller of its own, is one line here. */
public final class Kinds {

    private static final List<Kind> ALL = new ArrayList<>();
    private static final Set<String> SPEC = Set.of("spec", "status");
    private static final Set<String> STATUS = Set.of("status");
    private static final Set<String> NONE = Set.of();

    public static final Kind NAMESPACE = cluster("", "v1", "Namespace", "namespaces", "ns", STATUS, SPEC, Set.of("status.phase"));
    public static final Kind NODE = cluster("", "v1", "Node", "nodes", "no", STATUS, SPEC, Set.of("spec.unschedulable"));
    public static final Kind POD = namespaced("", "v1", "Pod", "pods", "po", Set.of("status", "log", "eviction"), SPEC,
            Set.of("spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName", "status.phase",
                    "status.podIP", "status.nominatedNodeName"));
    public static final Kind SERVICE = namespaced("", "v1", "Service", "services", "svc", STATUS, SPEC,
            Set.of("spec.clusterIP", "spec.type"));
    public static final Kind SECRET = namespaced("", "v1", "Secret", "secrets", "", NONE,
            Set.of("data", "stringData", "type", "immutable"), Set.of("type"));
    public static final Kind CONFIG_MAP = namespaced("", "v1", "ConfigMap", "configmaps", "cm", NONE,
            Set.of("data", "binaryData", "immutable"), NONE);
    public static final Kind SERVICE_ACCOUNT = namespaced("", "v1", "ServiceAccount", "serviceaccounts", "sa", NONE,
            Set.of("secrets", "imagePullSecrets", "automountServiceAccountToken"), NONE);
    public static final Kind EVENT = namespaced("", "v1", "Event", "events", "ev", NONE,
            Set.of("involvedObject", "reason", "message", "source", "firstTimestamp", "lastTimestamp", "count", "type",
                    "eventTime", "series", "action", "related", "reportingComponent", "reportingInstance"),
            Set.of("involvedObject.kind", "involvedObject.namespace", "involvedObject.name", "involvedObject.uid",
                    "involvedObject.apiVersion", "involvedObject.resourceVersion", "involvedObject.fieldPath", "reason",
                    "reportingComponent", "source", "type"));
    public static final Kind RESOURCE_QUOTA =
            namespaced("", "v1", "ResourceQuota", "resourcequotas", "quota", STATUS, SPEC, NONE);
    public static final Kind LIMIT_RANGE =
            namespaced("", "v1", "LimitRange", "limitranges", "limits", NONE, Set.of("spec"), NONE);
    public static final Kind VOLUME_CLAIM =
            namespaced("", "v1", "PersistentVolumeClaim", "persistentvolumeclaims", "pvc", STATUS, SPEC, NONE);
    public static final Kind DEPLOYMENT =
            namespaced("apps", "v1", "Deployment", "deployments", "deploy", Set.of("status", "scale"), SPEC, NONE);
    public static final Kind REPLICA_SET =
            namespaced("apps", "v1", "ReplicaSet", "replicasets", "rs", Set.of("status", "scale"), SPEC, NONE);

    public static final String DEVICES = "resource.k8s.io";
    public static final Kind RESOURCE_SLICE = cluster(DEVICES, "v1", "ResourceSlice", "resourceslices", "", NONE, Set.of("spec"),
            Set.of("spec.nodeName", "spec.driver"));
    public static final Kind DEVICE_CLASS = cluster(DEVICES, "v1", "DeviceClass", "deviceclasses", "", NONE, Set.of("spec"), NONE);
    public static final Kind RESOURCE_CLAIM = namespaced(DEVICES, "v1", "ResourceClaim", "resourceclaims", "", STATUS, SPEC, NONE);

    public static final String KUEUE = "kueue.x-k8s.io";
    public static final Kind LOCAL_QUEUE = namespaced(KUEUE, "v1beta2", "LocalQueue", "localqueues", "lq", STATUS, SPEC, NONE);
    public static final Kind CLUSTER_QUEUE = cluster(KUEUE, "v1beta2", "ClusterQueue", "clusterqueues", "cq", STATUS, SPEC, NONE);
    public static final Kind WORKLOAD = namespaced(KUEUE, "v1beta2", "Workload", "workloads", "wl", STATUS, SPEC, NONE);

    /** Answered by Kueue itself and kept nowhere: who waits in a cluster queue, in their order. */
    public static final String KUEUE_VISIBILITY = "visibility.kueue.x-k8s.io";

    static {
        cluster(KUEUE_VISIBILITY, "v1beta2", "ClusterQueue", "clusterqueues", "", Set.of("pendingworkloads"), NONE, NONE);
        cluster(KUEUE, "v1beta2", "ResourceFlavor", "resourceflavors", "rf", NONE, Set.of("spec"), NONE);
        namespaced("networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies", "netpol", NONE, Set.of("spec"), NONE);
        namespaced("policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets", "pdb", STATUS, SPEC, NONE);
        namespaced("coordination.k8s.io", "v1", "Lease", "leases", "", NONE, Set.of("spec"), NONE);
        namespaced("rbac.authorization.k8s.io", "v1", "Role", "roles", "", NONE, Set.of("rules"), NONE);
        namespaced("rbac.authorization.k8s.io", "v1", "RoleBinding", "rolebindings", "", NONE,
                Set.of("subjects", "roleRef"), NONE);
        cluster("rbac.authorization.k8s.io", "v1", "ClusterRole", "clusterroles", "", NONE,
                Set.of("rules", "aggregationRule"), NONE);
        cluster("rbac.authorization.k8s.io", "v1", "ClusterRoleBinding", "clusterrolebindings", "", NONE,
                Set.of("subjects", "roleRef"), NONE);
        cluster("scheduling.k8s.io", "v1", "PriorityClass", "priorityclasses", "pc", NONE,
                Set.of("value", "globalDefault", "description", "preemptionPolicy"), NONE);
        cluster("storage.k8s.io", "v1", "StorageClass", "storageclasses", "sc", NONE,
                Set.of("provisioner", "parameters", "reclaimPolicy", "mountOptions", "allowVolumeExpansion",
                        "volumeBindingMode", "allowedTopologies"), NONE);
    }

    private Kinds() {
    }

    /** Every kind, in the order of the table. */
    public static List<Kind> all() {
        return List.copyOf(ALL);
    }

    /** The kind served at that group, version and plural. */
    public static Optional<Kind> find(String group, String version, String plural) {
        return ALL.stream()
                .filter(kind -> kind.group().equals(group) && kind.version().equals(version) && kind.plural().equals(plural))
                .findFirst();
    }

    private static Kind namespaced(String group, String version, String kind, String plural, String shortName,
            Set<String> subresources, Set<String> fields, Set<String> selectable) {
        return add(new Kind(group, version, kind, plural, shortNames(shortName), true, subresources, fields, selectable));
    }

    private static Kind cluster(String group, String version, String kind, String plural, String shortName,
            Set<String> subresources, Set<String> fields, Set<String> selectable) {
        return add(new Kind(group, version, kind, plural, shortNames(shortName), false, subresources, fields, selectable));
    }

    private static List<String> shortNames(String shortName) {
        return shortName.isEmpty() ? List.of() : List.of(shortName);
    }

    private static Kind add(Kind kind) {
        ALL.add(kind);
        return kind;
    }
}
