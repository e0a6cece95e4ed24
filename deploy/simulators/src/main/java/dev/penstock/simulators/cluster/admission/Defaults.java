package dev.penstock.simulators.cluster.admission;

import dev.penstock.simulators.cluster.store.Admission;
import dev.penstock.simulators.cluster.store.Meta;
import dev.penstock.simulators.cluster.store.Write;
import dev.penstock.simulators.cluster.tree.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Fills in what the API server fills in, as far as anybody who reads the objects back would notice. */
final class Defaults implements Admission {

    @Override
    public void admit(Write write) {
        if (!write.isOfSpec()) {
            return;
        }
        ObjectNode object = write.after();
        switch (write.kind().kind()) {
            case "Namespace" -> namespace(object, write.creates());
            case "Pod" -> {
                podSpec(Json.within(object, "spec"));
                // The account's own setting and its token volume are left out: nothing here would ever use the token.
                putIfAbsent(Json.within(object, "spec"), "serviceAccountName", "default");
                putIfAbsent(Json.within(object, "spec"), "enableServiceLinks", true);
                if (write.creates()) {
                    Json.within(object, "status").put("phase", "Pending");
                }
            }
            case "Deployment" -> {
                ObjectNode spec = Json.within(object, "spec");
                putIfAbsent(spec, "replicas", 1);
                putIfAbsent(spec, "revisionHistoryLimit", 10);
                putIfAbsent(spec, "progressDeadlineSeconds", 600);
                strategy(spec);
                podSpec(Json.within(spec, "template", "spec"));
            }
            case "ReplicaSet" -> {
                putIfAbsent(Json.within(object, "spec"), "replicas", 1);
                podSpec(Json.within(object, "spec", "template", "spec"));
            }
            case "Service" -> service(Json.within(object, "spec"));
            case "Secret" -> secret(object);
            case "PersistentVolumeClaim" -> putIfAbsent(Json.within(object, "spec"), "volumeMode", "Filesystem");
            case "NetworkPolicy" -> networkPolicy(Json.within(object, "spec"));
            default -> {
                // Nothing that is only stored has defaults worth the name.
            }
        }
    }

    private static void namespace(ObjectNode object, boolean creates) {
        Json.within(object, "metadata", "labels").put("kubernetes.io/metadata.name", Meta.name(object));
        if (creates) {
            ObjectNode spec = Json.within(object, "spec");
            spec.putArray("finalizers").add("kubernetes");
            Json.within(object, "status").put("phase", "Active");
        }
    }

    private static void podSpec(ObjectNode spec) {
        putIfAbsent(spec, "restartPolicy", "Always");
        putIfAbsent(spec, "terminationGracePeriodSeconds", 30);
        putIfAbsent(spec, "dnsPolicy", "ClusterFirst");
        putIfAbsent(spec, "schedulerName", "default-scheduler");
        if (!spec.has("securityContext")) {
            spec.putObject("securityContext");
        }
        for (String list : new String[] {"initContainers", "containers"}) {
            Json.objects(spec, list).forEach(Defaults::container);
        }
        for (ObjectNode volume : Json.objects(spec, "volumes")) {
            if (volume.path("secret") instanceof ObjectNode secret) {
                putIfAbsent(secret, "defaultMode", 420);
            }
            if (volume.path("configMap") instanceof ObjectNode configMap) {
                putIfAbsent(configMap, "defaultMode", 420);
            }
        }
    }

    private static void container(ObjectNode container) {
        String image = Json.text(container, "image");
        boolean latest = image.endsWith(":latest") || image.indexOf(':', image.lastIndexOf('/') + 1) < 0;
        putIfAbsent(container, "imagePullPolicy", latest && !image.contains("@") ? "Always" : "IfNotPresent");
        putIfAbsent(container, "terminationMessagePath", "/dev/termination-log");
        putIfAbsent(container, "terminationMessagePolicy", "File");
        Json.objects(container, "ports").forEach(port -> putIfAbsent(port, "protocol", "TCP"));
        ObjectNode resources = Json.within(container, "resources");
        for (Map.Entry<String, JsonNode> limit : resources.path("limits").properties()) {
            JsonNode request = resources.path("requests").path(limit.getKey());
            if (request.isMissingNode()) {
                Json.within(resources, "requests").set(limit.getKey(), limit.getValue());
            }
        }
    }

    private static void strategy(ObjectNode spec) {
        ObjectNode strategy = Json.within(spec, "strategy");
        putIfAbsent(strategy, "type", "RollingUpdate");
        if (Json.text(strategy, "type").equals("RollingUpdate")) {
            ObjectNode rolling = Json.within(strategy, "rollingUpdate");
            putIfAbsent(rolling, "maxSurge", "25%");
            putIfAbsent(rolling, "maxUnavailable", "25%");
        }
    }

    private static void service(ObjectNode spec) {
        putIfAbsent(spec, "type", "ClusterIP");
        putIfAbsent(spec, "sessionAffinity", "None");
        putIfAbsent(spec, "internalTrafficPolicy", "Cluster");
        for (ObjectNode port : Json.objects(spec, "ports")) {
            putIfAbsent(port, "protocol", "TCP");
            if (!port.has("targetPort")) {
                port.set("targetPort", port.path("port"));
            }
        }
    }

    private static void secret(ObjectNode object) {
        putIfAbsent(object, "type", "Opaque");
        if (object.path("stringData") instanceof ObjectNode plain) {
            ObjectNode data = Json.within(object, "data");
            plain.properties().forEach(entry -> data.put(entry.getKey(), Base64.getEncoder()
                    .encodeToString(entry.getValue().asString("").getBytes(StandardCharsets.UTF_8))));
            object.remove("stringData");
        }
    }

    private static void networkPolicy(ObjectNode spec) {
        if (!spec.has("podSelector")) {
            spec.putObject("podSelector");
        }
        if (spec.path("policyTypes").isEmpty()) {
            Json.list(spec, "policyTypes").add("Ingress");
            if (spec.has("egress")) {
                Json.list(spec, "policyTypes").add("Egress");
            }
        }
    }

    private static void putIfAbsent(ObjectNode object, String field, String value) {
        if (!object.has(field)) {
            object.put(field, value);
        }
    }

    private static void putIfAbsent(ObjectNode object, String field, int value) {
        if (!object.has(field)) {
            object.put(field, value);
        }
    }

    private static void putIfAbsent(ObjectNode object, String field, boolean value) {
        if (!object.has(field)) {
            object.put(field, value);
        }
    }
}
