package dev.penstock.platform.provisioning;

import dev.penstock.platform.catalog.SliceProfile;
import dev.penstock.platform.cluster.Manifest;
import dev.penstock.platform.cluster.Marks;
import java.util.List;
import java.util.Map;

/** A plain shell beside a part of a GPU. Pure. */
final class WorkspacePod {

    private static final String HOME = "/home/workspace";
    /** Ends at once when asked to, which a bare {@code sleep} as process 1 would not. */
    private static final String WAIT = "trap 'exit 0' TERM; while :; do sleep 3600 & wait $!; done";

    private WorkspacePod() {}

    static Manifest desired(String namespace, String name, Marks marks, SliceProfile profile, ProvisioningSettings.Workspace workspace) {
        Map<String, Object> program = Map.of(
                "name", "workspace",
                "image", workspace.image(),
                "command", List.of("sh", "-c", WAIT),
                "workingDir", HOME,
                "env", List.of(Map.of("name", "HOME", "value", HOME)));
        Map<String, Object> container = RestrictedPod.container(
                profile, workspace.cpu(), workspace.memory(), List.of(Map.of("name", "home", "mountPath", HOME)), program);
        List<Map<String, Object>> volumes = List.of(Map.of("name", "home", "emptyDir", Map.of("sizeLimit", workspace.home())));
        return Manifest.of("v1", "Pod", namespace, name, marks, Map.of(
                "spec", RestrictedPod.spec(profile, marks.tenant(), name, container, volumes, workspace.user(), workspace.grace())));
    }
}
