package dev.penstock.simulators.cluster.admission;

import dev.penstock.simulators.cluster.tree.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The checks of the Pod Security Standards; each gives a sentence part as the real admission words it. */
final class PodSecurityChecks {

    private static final Set<String> RESTRICTED_VOLUMES = Set.of("name", "configMap", "csi", "downwardAPI", "emptyDir",
            "ephemeral", "persistentVolumeClaim", "projected", "secret", "image");
    private static final Set<String> DEFAULT_CAPABILITIES = Set.of("AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER",
            "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT");

    private PodSecurityChecks() {
    }

    static List<String> baseline(ObjectNode pod) {
        Map<String, String> found = new TreeMap<>();
        common(pod, found);
        offenders(pod, container -> Json.texts(container, "securityContext", "capabilities", "add").stream()
                .anyMatch(name -> !DEFAULT_CAPABILITIES.contains(name)))
                .ifPresent(found, "capabilities", "non-default capabilities (%s must not include more than the default set in "
                        + "securityContext.capabilities.add)");
        if (seccomp(pod.path("spec")).equals("Unconfined")) {
            found.put("seccompProfile", "seccompProfile (pod must not set securityContext.seccompProfile.type to "
                    + "\"Unconfined\")");
        }
        return List.copyOf(found.values());
    }

    static List<String> restricted(ObjectNode pod) {
        Map<String, String> found = new TreeMap<>();
        common(pod, found);
        offenders(pod, container -> container.path("securityContext").path("allowPrivilegeEscalation").asBoolean(true))
                .ifPresent(found, "allowPrivilegeEscalation", "allowPrivilegeEscalation != false (%s must set "
                        + "securityContext.allowPrivilegeEscalation=false)");
        offenders(pod, container -> !Json.texts(container, "securityContext", "capabilities", "drop").contains("ALL"))
                .ifPresent(found, "capabilities", "unrestricted capabilities (%s must set "
                        + "securityContext.capabilities.drop=[\"ALL\"])");
        restrictedVolumes(pod, found);
        boolean podNonRoot = podContext(pod).path("runAsNonRoot").asBoolean(false);
        offenders(pod, container -> !container.path("securityContext").path("runAsNonRoot").asBoolean(podNonRoot))
                .ifPresent(found, "runAsNonRoot", "runAsNonRoot != true (pod or %s must set "
                        + "securityContext.runAsNonRoot=true)");
        runAsUser(pod, found);
        boolean podProfile = isConfined(seccomp(pod.path("spec")));
        offenders(pod, container -> !isConfined(seccomp(container)) && !(seccomp(container).isEmpty() && podProfile))
                .ifPresent(found, "seccompProfile", "seccompProfile (pod or %s must set securityContext.seccompProfile.type to "
                        + "\"RuntimeDefault\" or \"Localhost\")");
        return List.copyOf(found.values());
    }

    private static void common(ObjectNode pod, Map<String, String> found) {
        List<String> shared = Stream.of("hostNetwork", "hostPID", "hostIPC")
                .filter(name -> pod.path("spec").path(name).asBoolean(false)).map(name -> name + "=true").toList();
        if (!shared.isEmpty()) {
            found.put("hostNamespaces", "host namespaces (" + String.join(", ", shared) + ")");
        }
        List<String> hostPaths = Json.objects(pod, "spec", "volumes").stream().filter(volume -> volume.has("hostPath"))
                .map(volume -> "\"" + Json.text(volume, "name") + "\"").toList();
        if (!hostPaths.isEmpty()) {
            found.put("hostPathVolumes", "hostPath volumes (" + plural("volume", hostPaths) + ")");
        }
        offenders(pod, container -> Json.objects(container, "ports").stream()
                .anyMatch(port -> port.path("hostPort").asInt(0) != 0))
                .ifPresent(found, "hostPorts", "hostPort (%s uses hostPort)");
        offenders(pod, container -> container.path("securityContext").path("privileged").asBoolean(false))
                .ifPresent(found, "privileged", "privileged (%s must not set securityContext.privileged=true)");
    }

    private static void restrictedVolumes(ObjectNode pod, Map<String, String> found) {
        List<String> volumes = new ArrayList<>();
        List<String> types = new ArrayList<>();
        for (ObjectNode volume : Json.objects(pod, "spec", "volumes")) {
            for (String type : volume.propertyNames()) {
                if (!RESTRICTED_VOLUMES.contains(type)) {
                    volumes.add("\"" + Json.text(volume, "name") + "\"");
                    types.add("\"" + type + "\"");
                }
            }
        }
        if (!volumes.isEmpty()) {
            found.put("restrictedVolumes", "restricted volume types (" + plural("volume", volumes) + " "
                    + (volumes.size() == 1 ? "uses restricted volume type " : "use restricted volume types ")
                    + String.join(", ", types) + ")");
        }
    }

    private static void runAsUser(ObjectNode pod, Map<String, String> found) {
        if (podContext(pod).path("runAsUser").asInt(-1) == 0) {
            found.put("runAsUser", "runAsUser=0 (pod must not set runAsUser=0)");
            return;
        }
        offenders(pod, container -> container.path("securityContext").path("runAsUser").asInt(-1) == 0)
                .ifPresent(found, "runAsUser", "runAsUser=0 (%s must not set runAsUser=0)");
    }

    private static JsonNode podContext(ObjectNode pod) {
        return pod.path("spec").path("securityContext");
    }

    private static String seccomp(JsonNode podSpecOrContainer) {
        return Json.text(podSpecOrContainer, "securityContext", "seccompProfile", "type");
    }

    private static boolean isConfined(String profile) {
        return profile.equals("RuntimeDefault") || profile.equals("Localhost");
    }

    private static Offenders offenders(ObjectNode pod, Predicate<ObjectNode> offends) {
        return new Offenders(Stream.concat(Json.objects(pod, "spec", "initContainers").stream(),
                        Json.objects(pod, "spec", "containers").stream())
                .filter(offends)
                .map(container -> "\"" + Json.text(container, "name") + "\"")
                .toList());
    }

    private static String plural(String noun, List<String> quoted) {
        return (quoted.size() == 1 ? noun + " " : noun + "s ") + String.join(", ", quoted);
    }

    /** Containers that break a rule, by quoted name. */
    private record Offenders(List<String> names) {

        void ifPresent(Map<String, String> found, String check, String sentence) {
            if (!names.isEmpty()) {
                found.put(check, sentence.formatted(plural("container", names)));
            }
        }
    }
}
