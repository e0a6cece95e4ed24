package dev.penstock.simulators.cluster.api;

import dev.penstock.simulators.cluster.store.ApiFailure;
import dev.penstock.simulators.cluster.store.Kind;
import dev.penstock.simulators.cluster.store.Meta;
import dev.penstock.simulators.cluster.tree.Json;
import dev.penstock.simulators.http.Request;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads request bodies. */
final class Bodies {

    private static final Set<String> OF_ALL_KINDS = Set.of("apiVersion", "kind", "metadata");

    private Bodies() {
    }

    /** An object that was read, and what was wrong with it but not wrong enough to refuse it. */
    record Read(ObjectNode object, List<String> warnings) {
    }

    /** The body as JSON; an empty body reads as an empty object. */
    static JsonNode json(Request request) {
        if (request.body().length == 0) {
            return Json.object();
        }
        try {
            return Json.MAPPER.readTree(request.body());
        } catch (JacksonException notJson) {
            // YAML that is not JSON would need a parser of its own; the clients we know send JSON as YAML.
            String start = new String(request.body(), 0, Math.min(request.body().length, 60), StandardCharsets.UTF_8);
            throw ApiFailure.badRequest("the object provided is unrecognized (must be JSON, also as apply-patch+yaml): "
                    + notJson.getOriginalMessage() + " (" + start + " ...)");
        }
    }

    /** The body as an object of the target's kind, placed where the path says. */
    static Read object(Request request, Target target) {
        if (!(json(request) instanceof ObjectNode object)) {
            throw ApiFailure.badRequest("the object provided is unrecognized: a JSON object was expected");
        }
        return object(object, request, target);
    }

    static Read object(ObjectNode object, Request request, Target target) {
        dropNulls(object);
        Kind kind = target.kind();
        checkType(object, "apiVersion", kind.apiVersion(), "API version");
        checkType(object, "kind", kind.kind(), "kind");
        List<String> unknown = dropUnknown(object, kind);
        if (!unknown.isEmpty() && request.parameter("fieldValidation").equals("Strict")) {
            throw ApiFailure.badRequest("strict decoding error: " + String.join(", ", unknown));
        }
        place(object, target);
        return new Read(object, request.parameter("fieldValidation").equals("Ignore") ? List.of() : unknown);
    }

    private static void checkType(ObjectNode object, String field, String expected, String words) {
        String given = Json.text(object, field);
        if (!given.isEmpty() && !given.equals(expected)) {
            throw ApiFailure.badRequest("the " + words + " in the data (" + given + ") does not match the expected " + words
                    + " (" + expected + ")");
        }
        object.put(field, expected);
    }

    private static List<String> dropUnknown(ObjectNode object, Kind kind) {
        List<String> unknown = new ArrayList<>();
        for (String field : List.copyOf(object.propertyNames())) {
            if (!OF_ALL_KINDS.contains(field) && !kind.fields().contains(field)) {
                unknown.add("unknown field \"" + field + "\"");
                object.remove(field);
            }
        }
        SpecFields.dropUnknown(object, kind, unknown);
        return unknown;
    }

    private static void place(ObjectNode object, Target target) {
        String name = Meta.name(object);
        if (!target.name().isEmpty() && !name.isEmpty() && !name.equals(target.name())) {
            throw ApiFailure.badRequest(
                    "the name of the object (" + name + ") does not match the name on the URL (" + target.name() + ")");
        }
        if (!target.name().isEmpty()) {
            Meta.of(object).put("name", target.name());
        }
        String namespace = Meta.namespace(object);
        if (!namespace.isEmpty() && !namespace.equals(target.namespace())) {
            throw ApiFailure.badRequest("the namespace of the provided object does not match the namespace sent on the request");
        }
        if (target.kind().namespaced()) {
            Meta.of(object).put("namespace", target.namespace());
        }
    }

    /** Null is the same as absent in every object of the API. */
    static void dropNulls(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.removeIf(JsonNode::isNull);
        }
        node.forEach(Bodies::dropNulls);
    }
}
