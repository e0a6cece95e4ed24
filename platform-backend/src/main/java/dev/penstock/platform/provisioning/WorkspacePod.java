package dev.penstock.platform.provisioning;

import dev.penstock.platform.catalog.SliceProfile;
import dev.penstock.platform.cluster.Manifest;
import dev.penstock.platform.cluster.Marks;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A plain shell beside a part of a GPU, locked down as Pod Security {@code restricted} wants it. Pure. */
final class WorkspacePod {

    private static final String HOME = "/home/workspace";
    /** Ends at once when asked to, which a bare {@code sleep} as process 1 would not. */
    private static final String WAIT = "trap 'exit 0' TERM; while :; do sleep 3600 & wait $!; done";

    private WorkspacePod() {}

    static Manifest desired(String namespace, String name, Marks marks, SliceProfile profile, ProvisioningSettings.Workspace workspace) {
        Map<String, Object> amounts = new TreeMap<>(Map.of("cpu", workspace.cpu(), "memory", workspace.memory(), profile.resource(), "1"));
        Map<String, Object> container = Map.of(
                "name", "workspace",
                "image", workspace.image(),
                "command", List.of("sh", "-c", WAIT),
                "workingDir", HOME,
                "env", List.of(Map.of("name", "HOME", "value", HOME)),
                "resources", Map.of("requests", amounts, "limits", amounts),
                "securityContext", Map.of(
                        "allowPrivilegeEscalation", false,
                        "readOnlyRootFilesystem", true,
                        "capabilities", Map.of("drop", List.of("ALL"))),
                "volumeMounts", List.of(
                        Map.of("name", "home", "mountPath", HOME),
                        Map.of("name", "tmp", "mountPath", "/tmp")));
        Map<String, Object> spec = new TreeMap<>(Map.of(
                "containers", List.of(container),
                "nodeSelector", Map.of("nvidia.com/gpu.product", profile.nodeProduct()),
                "tolerations", List.of(Map.of("key", "nvidia.com/gpu", "operator", "Exists", "effect", "NoSchedule")),
                "serviceAccountName", NamespaceManifests.SERVICE_ACCOUNT,
                "automountServiceAccountToken", false,
                "enableServiceLinks", false,
                "restartPolicy", "Always",
                "terminationGracePeriodSeconds", workspace.grace().toSeconds(),
                "securityContext", Map.of(
                        "runAsNonRoot", true,
                        "runAsUser", workspace.user(),
                        "runAsGroup", workspace.user(),
                        "fsGroup", workspace.user(),
                        "seccompProfile", Map.of("type", "RuntimeDefault"))));
        spec.put("volumes", List.of(
                Map.of("name", "home", "emptyDir", Map.of("sizeLimit", workspace.home())),
                Map.of("name", "tmp", "emptyDir", Map.of("sizeLimit", "1Gi"))));
        return Manifest.of("v1", "Pod", namespace, name, marks, Map.of("spec", spec));
    }
}
