package dev.penstock.platform.provisioning;

import dev.penstock.contract.TenantId;
import dev.penstock.platform.catalog.SliceProfile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What every pod beside a part of a GPU has, whatever runs in it: a node with such parts, its part, and the locks that Pod Security
 * {@code restricted} wants. Pure.
 */
final class RestrictedPod {

    private static final Map<String, Object> TMP = Map.of("name", "tmp", "emptyDir", Map.of("sizeLimit", "1Gi"));
    private static final Map<String, Object> TMP_MOUNT = Map.of("name", "tmp", "mountPath", "/tmp");

    private RestrictedPod() {}

    /**
     * @param container as {@link #container} makes it
     * @param claim what its claim of devices is called, where it has one
     */
    static Map<String, Object> spec(
            SliceProfile profile, TenantId tenant, String claim, Map<String, Object> container, List<Map<String, Object>> volumes, long user, Duration grace) {
        Map<String, Object> spec = new TreeMap<>(Map.of(
                "containers", List.of(container),
                "volumes", and(volumes, TMP),
                "nodeSelector", NodeChoice.selector(profile),
                "tolerations", List.of(Map.of("key", "nvidia.com/gpu", "operator", "Exists", "effect", "NoSchedule")),
                "serviceAccountName", NamespaceManifests.SERVICE_ACCOUNT,
                "automountServiceAccountToken", false,
                "enableServiceLinks", false,
                "restartPolicy", "Always",
                "terminationGracePeriodSeconds", grace.toSeconds(),
                "securityContext", Map.of(
                        "runAsNonRoot", true,
                        "runAsUser", user,
                        "runAsGroup", user,
                        "fsGroup", user,
                        // Once: at each mount it would make every file on a volume the group's to write.
                        "fsGroupChangePolicy", "OnRootMismatch",
                        "seccompProfile", Map.of("type", "RuntimeDefault"))));
        if (!profile.isCounted()) {
            spec.put("resourceClaims", DeviceClaim.ofPod(claim));
        }
        NodeChoice.scheduler(profile).ifPresent(scheduler -> spec.put("schedulerName", scheduler));
        NodeChoice.affinity(profile, tenant).ifPresent(affinity -> spec.put("affinity", affinity));
        return spec;
    }

    /** @param program what runs, with which arguments and environment */
    static Map<String, Object> container(
            SliceProfile profile, String cpu, String memory, List<Map<String, Object>> mounts, Map<String, Object> program) {
        Map<String, Object> amounts = new TreeMap<>(Map.of("cpu", cpu, "memory", memory));
        Map<String, Object> resources = new TreeMap<>(Map.of("requests", amounts, "limits", amounts));
        if (profile.isCounted()) {
            profile.asked().forEach((resource, count) -> amounts.put(resource, count.toString()));
        } else {
            resources.put("claims", List.of(Map.of("name", DeviceClaim.NAME)));
        }
        Map<String, Object> container = new TreeMap<>(program);
        container.put("resources", resources);
        container.put("securityContext", Map.of(
                "allowPrivilegeEscalation", false,
                "readOnlyRootFilesystem", true,
                "capabilities", Map.of("drop", List.of("ALL"))));
        container.put("volumeMounts", and(mounts, TMP_MOUNT));
        return container;
    }

    private static List<Map<String, Object>> and(List<Map<String, Object>> own, Map<String, Object> everybodys) {
        return Stream.concat(own.stream(), Stream.of(everybodys)).toList();
    }
}
