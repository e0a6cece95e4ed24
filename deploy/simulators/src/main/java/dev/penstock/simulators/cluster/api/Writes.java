package dev.penstock.simulators.cluster.api;

import dev.penstock.simulators.cluster.store.ApiFailure;
import dev.penstock.simulators.cluster.store.Deletion;
import dev.penstock.simulators.cluster.store.Kind;
import dev.penstock.simulators.cluster.store.Meta;
import dev.penstock.simulators.cluster.store.Registry;
import dev.penstock.simulators.cluster.tree.Author;
import dev.penstock.simulators.cluster.tree.Json;
import dev.penstock.simulators.cluster.tree.JsonPatch;
import dev.penstock.simulators.cluster.tree.MergePatch;
import dev.penstock.simulators.http.Exchange;
import dev.penstock.simulators.http.Request;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Creating, changing and deleting. */
final class Writes {

    private static final String PATCH_TYPES = "application/json-patch+json, application/merge-patch+json, "
            + "application/strategic-merge-patch+json, application/apply-patch+yaml";

    private final Registry registry;

    Writes(Registry registry) {
        this.registry = registry;
    }

    void create(Exchange exchange, Target target) throws IOException {
        Request request = exchange.request();
        if (target.subresource().equals("eviction")) {
            evict(exchange, target);
            return;
        }
        if (!target.name().isEmpty() || target.kind().namespaced() && target.namespace().isEmpty()) {
            throw ApiFailure.methodNotAllowed();
        }
        Bodies.Read body = Bodies.object(request, target);
        ObjectNode created = registry.create(target.kind(), body.object(), author(request, ""), isDryRun(request));
        Answers.json(exchange, 201, created, body.warnings());
    }

    private void evict(Exchange exchange, Target target) throws IOException {
        JsonNode options = Bodies.json(exchange.request()).path("deleteOptions");
        registry.delete(target.kind(), target.namespace(), target.name(), Deletion.of(options, isDryRun(exchange.request())));
        Answers.json(exchange, 201, success(target, Json.object()));
    }

    void update(Exchange exchange, Target target) throws IOException {
        Request request = exchange.request();
        if (target.subresource().equals("scale")) {
            answerScale(exchange, target, unused -> (ObjectNode) Bodies.json(request));
            return;
        }
        Bodies.Read body = Bodies.object(request, target);
        ObjectNode updated = registry.replace(
                target.kind(), body.object(), author(request, target.subresource()), isDryRun(request));
        Answers.json(exchange, 200, updated, body.warnings());
    }

    void patch(Exchange exchange, Target target) throws IOException {
        Request request = exchange.request();
        String type = request.header("content-type").split(";")[0].strip();
        if (type.startsWith("application/apply-patch+")) {
            apply(exchange, target);
            return;
        }
        JsonNode patch = Bodies.json(request);
        UnaryOperator<ObjectNode> change = switch (type) {
            case "application/merge-patch+json" -> object -> (ObjectNode) MergePatch.json(object, patch);
            case "application/strategic-merge-patch+json" -> object -> MergePatch.strategic(object, (ObjectNode) patch);
            case "application/json-patch+json" -> object -> (ObjectNode) JsonPatch.apply(object, patch);
            default -> throw ApiFailure.unsupportedMediaType(type, PATCH_TYPES);
        };
        if (target.subresource().equals("scale")) {
            answerScale(exchange, target, change);
            return;
        }
        ObjectNode patched = registry.patch(target.kind(), target.namespace(), target.name(),
                object -> checked(change, request, target).apply(object),
                author(request, target.subresource()), isDryRun(request));
        Answers.json(exchange, 200, patched);
    }

    /** A patch that cannot be carried out is the caller's mistake, and what it leads to must still be an object. */
    private static UnaryOperator<ObjectNode> checked(UnaryOperator<ObjectNode> change, Request request, Target target) {
        return object -> {
            try {
                return Bodies.object(change.apply(object), request, target).object();
            } catch (IllegalArgumentException | ClassCastException impossible) {
                throw ApiFailure.of(422, "Invalid", "the server rejected our request due to an error in our request: "
                        + impossible.getMessage());
            }
        };
    }

    private void apply(Exchange exchange, Target target) throws IOException {
        Request request = exchange.request();
        if (request.parameter("fieldManager").isEmpty()) {
            throw ApiFailure.of(422, "Invalid", "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is "
                    + "required for apply patch");
        }
        JsonNode sent = Bodies.json(request);
        if (!Json.at(sent, "metadata", "managedFields").isEmpty()) {
            throw ApiFailure.badRequest("metadata.managedFields must be nil");
        }
        Bodies.Read body = Bodies.object(request, target);
        boolean exists = registry.store().get(target.kind(), target.namespace(), target.name()) != null;
        ObjectNode applied = registry.apply(target.kind(), target.namespace(), target.name(), body.object(),
                author(request, target.subresource()), request.flag("force"), isDryRun(request));
        Answers.json(exchange, exists ? 200 : 201, applied, body.warnings());
    }

    void delete(Exchange exchange, Target target) throws IOException {
        Request request = exchange.request();
        Deletion deletion = deletion(request);
        ObjectNode last = registry.delete(target.kind(), target.namespace(), target.name(), deletion);
        // What is on its way out is shown as it is; what is gone is confirmed.
        boolean gone = registry.store().get(target.kind(), target.namespace(), target.name()) == null;
        Answers.json(exchange, 200, gone ? success(target, last) : last);
    }

    void deleteCollection(Exchange exchange, Target target) throws IOException {
        Request request = exchange.request();
        Selection selection = Selection.of(request, target);
        Deletion deletion = deletion(request);
        Kind kind = target.kind();
        ObjectNode list = Json.object().put("kind", kind.kind() + "List").put("apiVersion", kind.apiVersion());
        ArrayNode items = list.putArray("items");
        registry.store().locked(() -> {
            registry.store().list(kind, target.namespace()).stream().filter(selection::has).forEach(object ->
                    items.add(registry.delete(kind, Meta.namespace(object), Meta.name(object), deletion)));
            return list;
        });
        list.putObject("metadata").put("resourceVersion", Long.toString(registry.store().version()));
        Answers.json(exchange, 200, list);
    }

    private static Deletion deletion(Request request) {
        ObjectNode options = Bodies.json(request) instanceof ObjectNode body ? body : Json.object();
        for (String name : List.of("propagationPolicy", "gracePeriodSeconds", "orphanDependents")) {
            if (!request.parameter(name).isEmpty()) {
                options.put(name, request.parameter(name));
            }
        }
        return Deletion.of(options, isDryRun(request) || Json.texts(options, "dryRun").contains("All"));
    }

    private void answerScale(Exchange exchange, Target target, UnaryOperator<ObjectNode> change) throws IOException {
        Request request = exchange.request();
        ObjectNode scaled = registry.patch(target.kind(), target.namespace(), target.name(), object -> {
            ObjectNode scale = change.apply(ScaleView.of(object));
            Json.within(object, "spec").put("replicas", Json.at(scale, "spec", "replicas").asInt(0));
            return object;
        }, author(request, "scale"), isDryRun(request));
        Answers.json(exchange, 200, ScaleView.of(scaled));
    }

    private static ObjectNode success(Target target, ObjectNode last) {
        ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        ObjectNode details = status.put("status", "Success").putObject("details").put("name", target.name());
        if (!target.kind().group().isEmpty()) {
            details.put("group", target.kind().group());
        }
        details.put("kind", target.kind().plural());
        if (!Meta.uid(last).isEmpty()) {
            details.put("uid", Meta.uid(last));
        }
        return status;
    }

    /** The manager a caller names, else the name of its program. */
    private Author author(Request request, String subresource) {
        String named = request.parameter("fieldManager");
        String program = request.header("user-agent").split("[/ ]", 2)[0];
        String manager = !named.isEmpty() ? named : program.isEmpty() ? "unknown" : program;
        try {
            return registry.author(manager, subresource);
        } catch (IllegalArgumentException badName) {
            throw ApiFailure.badRequest(String.valueOf(badName.getMessage()));
        }
    }

    private static boolean isDryRun(Request request) {
        return request.parameter("dryRun").equals("All");
    }
}
