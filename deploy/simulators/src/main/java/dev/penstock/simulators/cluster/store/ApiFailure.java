package dev.penstock.simulators.cluster.store;

import dev.penstock.simulators.cluster.tree.ApplyConflict;
import dev.penstock.simulators.cluster.tree.Json;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A request the API refuses; carries the {@code Status} object that is the answer. */
public final class ApiFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int code;
    private final String reason;
    private final transient ObjectNode details = Json.object();

    private ApiFailure(int code, String reason, String message) {
        super(message, null, false, false);
        this.code = code;
        this.reason = reason;
    }

    /** A cause inside a {@code Status}: a field, what is wrong with it, and the machine-readable word for that. */
    public record Cause(String reason, String message, String field) {
    }

    public static ApiFailure notFound(Kind kind, String name) {
        return new ApiFailure(404, "NotFound", quoted(kind, name) + " not found").about(kind, name);
    }

    /** No such path or resource type at all. */
    public static ApiFailure noSuchPath() {
        return new ApiFailure(404, "NotFound", "the server could not find the requested resource");
    }

    public static ApiFailure alreadyExists(Kind kind, String name) {
        return new ApiFailure(409, "AlreadyExists", quoted(kind, name) + " already exists").about(kind, name);
    }

    public static ApiFailure conflict(Kind kind, String name, String why) {
        return new ApiFailure(409, "Conflict", "Operation cannot be fulfilled on " + quoted(kind, name) + ": " + why)
                .about(kind, name);
    }

    /** The caller changed an older version than the current one. */
    public static ApiFailure stale(Kind kind, String name) {
        return conflict(kind, name,
                "the object has been modified; please apply your changes to the latest version and try again");
    }

    public static ApiFailure applyConflict(ApplyConflict conflict) {
        ApiFailure failure = new ApiFailure(409, "Conflict", String.valueOf(conflict.getMessage()));
        return failure.causes(conflict.causes().stream()
                .map(cause -> new Cause("FieldManagerConflict", "conflict with " + cause.owner(), cause.field()))
                .toList());
    }

    /** The object cannot be, whatever the cluster's state. */
    public static ApiFailure invalid(Kind kind, String name, List<Cause> causes) {
        String list = causes.size() == 1
                ? text(causes.getFirst())
                : causes.stream().map(ApiFailure::text).toList().toString().replaceAll("^\\[|\\]$", "");
        String message = kind.kind() + " \"" + name + "\" is invalid: " + (causes.size() == 1 ? list : "[" + list + "]");
        ApiFailure failure = new ApiFailure(422, "Invalid", message).causes(causes);
        failure.details.put("name", name).put("kind", kind.kind());
        if (!kind.group().isEmpty()) {
            failure.details.put("group", kind.group());
        }
        return failure;
    }

    private static String text(Cause cause) {
        return cause.field() + ": " + cause.message();
    }

    /** An admission rule refuses it. */
    public static ApiFailure forbidden(Kind kind, String name, String why) {
        return new ApiFailure(403, "Forbidden", quoted(kind, name) + " is forbidden: " + why).about(kind, name);
    }

    public static ApiFailure badRequest(String message) {
        return new ApiFailure(400, "BadRequest", message);
    }

    public static ApiFailure unauthorized() {
        return new ApiFailure(401, "Unauthorized", "Unauthorized");
    }

    /** The history does not reach back that far; the caller must list again. */
    public static ApiFailure expired(String message) {
        return new ApiFailure(410, "Expired", message);
    }

    /** The caller asks for a version that has not been yet. */
    public static ApiFailure tooLargeVersion(long asked, long current) {
        ApiFailure failure = new ApiFailure(504, "Timeout",
                "Timeout: Too large resource version: " + asked + ", current: " + current);
        return failure.causes(List.of(new Cause("ResourceVersionTooLarge", "Too large resource version", "")));
    }

    public static ApiFailure methodNotAllowed() {
        return new ApiFailure(405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
    }

    public static ApiFailure unsupportedMediaType(String sent, String accepted) {
        return new ApiFailure(415, "UnsupportedMediaType", "the body of the request was in an unknown format ("
                + sent + ") - accepted media types include: " + accepted);
    }

    /** Any other answer; used for faults on demand. */
    public static ApiFailure of(int code, String reason, String message) {
        return new ApiFailure(code, reason, message);
    }

    /** The same failure with the machine-readable causes. */
    public ApiFailure causes(List<Cause> causes) {
        ArrayNode list = details.putArray("causes");
        for (Cause cause : causes) {
            ObjectNode entry = list.addObject().put("reason", cause.reason()).put("message", cause.message());
            if (!cause.field().isEmpty()) {
                entry.put("field", cause.field());
            }
        }
        return this;
    }

    /** The same failure, telling when to come back. */
    public ApiFailure retryAfter(int seconds) {
        details.put("retryAfterSeconds", seconds);
        return this;
    }

    private ApiFailure about(Kind kind, String name) {
        details.put("name", name);
        if (!kind.group().isEmpty()) {
            details.put("group", kind.group());
        }
        details.put("kind", kind.plural());
        return this;
    }

    /** The HTTP status. */
    public int code() {
        return code;
    }

    public String reason() {
        return reason;
    }

    /** Seconds after which to retry, 0 when nothing is said. */
    public int retryAfterSeconds() {
        return details.path("retryAfterSeconds").asInt(0);
    }

    /** The {@code Status} object. */
    public ObjectNode status() {
        ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        status.put("status", "Failure").put("message", String.valueOf(getMessage())).put("reason", reason);
        if (!details.isEmpty()) {
            status.set("details", details);
        }
        return status.put("code", code);
    }

    private static String quoted(Kind kind, String name) {
        return kind.resource() + " \"" + name + "\"";
    }
}
