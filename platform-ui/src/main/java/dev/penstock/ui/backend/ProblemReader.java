package dev.penstock.ui.backend;

import dev.penstock.contract.Problem;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpResponse;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Turns an error response into a {@link BackendProblem}, also one that is no problem document. */
final class ProblemReader {

    private static final Set<String> STANDARD =
            Set.of("type", "title", "status", "detail", "instance", "code", "blame", "reference");

    private final String service;
    private final JsonMapper json;

    ProblemReader(String service, JsonMapper json) {
        this.service = service;
        this.json = json;
    }

    /** For {@code RestClient.defaultStatusHandler}. */
    void raise(HttpRequest request, ClientHttpResponse response) throws IOException {
        throw read(response.getStatusCode().value(), response.getBody().readAllBytes());
    }

    BackendProblem read(int status, byte[] body) {
        Map<String, Object> members = members(body);
        Problem problem = problem(text(members, "code"), status);
        String title = text(members, "title");
        var others = new HashMap<>(members);
        others.keySet().removeAll(STANDARD);
        others.values().removeIf(value -> value == null);
        return new BackendProblem(
                problem,
                title == null || members.get("code") == null ? problem.sentence() : title,
                members.isEmpty() ? service + " answered with status " + status + "." : text(members, "detail"),
                text(members, "reference"),
                others);
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> members(byte[] body) {
        try {
            return body.length == 0 ? Map.of() : json.readValue(body, Map.class);
        } catch (JacksonException notJson) {
            return Map.of(); // A proxy between us answered, with a page of its own.
        }
    }

    /** A code of a newer service than this portal is shown by its status. */
    private static Problem problem(@Nullable String code, int status) {
        if (code != null) {
            for (Problem known : Problem.values()) {
                if (known.name().equals(code.toUpperCase(Locale.ROOT))) {
                    return known;
                }
            }
        }
        return switch (status) {
            case 400, 422 -> Problem.INVALID_INPUT;
            case 401 -> Problem.NOT_SIGNED_IN;
            case 403 -> Problem.NOT_ALLOWED;
            case 404 -> Problem.NOT_FOUND;
            case 409 -> Problem.WRONG_STATE;
            case 413 -> Problem.TOO_LARGE;
            case 429 -> Problem.TOO_MANY_REQUESTS;
            default -> Problem.INTERNAL;
        };
    }

    private static @Nullable String text(Map<String, Object> members, String name) {
        return members.get(name) instanceof String text ? text : null;
    }
}
