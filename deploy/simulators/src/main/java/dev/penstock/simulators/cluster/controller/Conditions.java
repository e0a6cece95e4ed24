package dev.penstock.simulators.cluster.controller;

import dev.penstock.simulators.cluster.tree.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Conditions in a status: one per type, with the time of their last change of state. */
final class Conditions {

    private Conditions() {
    }

    static boolean isTrue(JsonNode object, String type) {
        ObjectNode condition = Json.find(Json.at(object, "status", "conditions"), "type", type);
        return condition != null && Json.text(condition, "status").equals("True");
    }

    /** The message of the condition, empty when there is none. */
    static String message(JsonNode object, String type) {
        ObjectNode condition = Json.find(Json.at(object, "status", "conditions"), "type", type);
        return condition == null ? "" : Json.text(condition, "message");
    }

    /** Sets the condition; its transition time moves only when the state does. */
    static void set(ObjectNode object, String type, String state, String reason, String message, String now) {
        ObjectNode status = Json.within(object, "status");
        ObjectNode condition = Json.find(Json.list(status, "conditions"), "type", type);
        if (condition == null) {
            condition = Json.list(status, "conditions").addObject().put("type", type);
        }
        if (!Json.text(condition, "status").equals(state)) {
            condition.put("status", state).put("lastTransitionTime", now);
        }
        put(condition, "reason", reason);
        put(condition, "message", message);
    }

    private static void put(ObjectNode condition, String field, String value) {
        if (value.isEmpty()) {
            condition.remove(field);
        } else {
            condition.put(field, value);
        }
    }
}
