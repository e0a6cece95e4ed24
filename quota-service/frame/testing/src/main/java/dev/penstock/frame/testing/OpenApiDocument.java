package dev.penstock.frame.testing;

import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the generator cannot know: stable names, how to sign in, what an error looks like, and that a stream is a stream. */
final class OpenApiDocument {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String PROBLEM = """
            {"type": "object", "description": "RFC 9457; the members of a refusal name the rule, its number, its owner and its reset.",
             "required": ["type", "title", "status", "detail", "code", "blame", "reference"],
             "properties": {"type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"}, "detail": {"type": "string"},
                            "code": {"type": "string"}, "blame": {"type": "string", "enum": ["caller", "capacity", "upstream", "us"]},
                            "reference": {"type": "string"}},
             "additionalProperties": true}""";

    private OpenApiDocument() {}

    /** Completes what the generator answered, in place. */
    static void complete(ObjectNode document, String title) {
        document.remove("servers");
        document.set("info", JSON.createObjectNode().put("title", title).put("version", "0.1"));
        document.set("security", JSON.readTree("[{\"accessToken\": []}]"));
        ObjectNode components = (ObjectNode) document.path("components");
        components.set("securitySchemes", JSON.readTree("{\"accessToken\": {\"type\": \"http\", \"scheme\": \"bearer\", \"bearerFormat\": \"JWT\"}}"));
        ObjectNode schemas = (ObjectNode) components.path("schemas");
        schemas.remove("SseEmitter");
        schemas.set("Problem", JSON.readTree(PROBLEM));
        Set<String> names = new HashSet<>();
        document.path("paths").values().forEach(path -> path.values().forEach(operation -> complete((ObjectNode) operation, names)));
    }

    private static void complete(ObjectNode operation, Set<String> names) {
        String feature = operation.path("tags").path(0).asString().replace("-controller", "");
        String name = feature + "." + operation.path("operationId").asString().replaceAll("_\\d+$", "");
        if (!names.add(name)) {
            throw new IllegalStateException("two operations are called " + name);
        }
        operation.put("operationId", name);
        operation.set("tags", JSON.createArrayNode().add(feature));
        ObjectNode responses = (ObjectNode) operation.path("responses");
        JsonNode stream = responses.path("200").path("content").path("text/event-stream");
        if (stream.isObject()) {
            ((ObjectNode) stream).set("schema", JSON.readTree("{\"type\": \"string\", \"description\": \"Server-sent events: hello, change, reset.\"}"));
        }
        responses.set("default", JSON.readTree("""
                {"description": "A problem", "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}"""));
    }
}
