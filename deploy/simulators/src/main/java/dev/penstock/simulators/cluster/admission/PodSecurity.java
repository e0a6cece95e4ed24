package dev.penstock.simulators.cluster.admission;

import dev.penstock.simulators.cluster.store.Admission;
import dev.penstock.simulators.cluster.store.ApiFailure;
import dev.penstock.simulators.cluster.store.Kinds;
import dev.penstock.simulators.cluster.store.Meta;
import dev.penstock.simulators.cluster.store.Write;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Pod Security admission: a namespace's {@code enforce} label decides which pods it takes. */
final class PodSecurity implements Admission {

    private static final String ENFORCE = "pod-security.kubernetes.io/enforce";

    @Override
    public void admit(Write write) {
        ObjectNode namespace = write.kind().equals(Kinds.POD) && write.isOfSpec() ? write.namespaceObject() : null;
        if (namespace == null) {
            return;
        }
        Map<String, String> labels = Meta.labels(namespace);
        String level = labels.getOrDefault(ENFORCE, "privileged");
        List<String> violations = switch (level) {
            case "privileged" -> List.of();
            case "baseline" -> PodSecurityChecks.baseline(write.after());
            // An unreadable level is treated as the strictest one.
            default -> PodSecurityChecks.restricted(write.after());
        };
        if (!violations.isEmpty()) {
            String version = labels.getOrDefault(ENFORCE + "-version", "latest");
            throw ApiFailure.forbidden(write.kind(), write.name(),
                    "violates PodSecurity \"" + level + ":" + version + "\": " + String.join(", ", violations));
        }
    }
}
