package dev.penstock.simulators.cluster.controller;

import dev.penstock.simulators.cluster.tree.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Ports as services and probes name them: by number, or by the name a container gave one. */
final class Ports {

    private Ports() {
    }

    /** The number; 0 when no container of the pod has a port of that name. */
    static int number(ObjectNode pod, JsonNode port) {
        if (port.isNumber() || port.asString("").matches("\\d{1,5}")) {
            return port.asInt(0);
        }
        return Json.objects(pod, "spec", "containers").stream()
                .flatMap(container -> Json.objects(container, "ports").stream())
                .filter(named -> Json.text(named, "name").equals(port.asString("")))
                .mapToInt(named -> named.path("containerPort").asInt(0)).findFirst().orElse(0);
    }
}
