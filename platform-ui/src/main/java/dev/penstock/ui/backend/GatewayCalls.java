package dev.penstock.ui.backend;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.Objects;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Each call has a connection and a virtual thread of its own for as long as it lasts. */
@Component
@EnableConfigurationProperties(PlaygroundSettings.class)
class GatewayCalls implements ModelCalls {

    /** The gateway's name for the project that a person calls for. */
    static final String PROJECT_HEADER = "x-penstock-project";

    private final PlaygroundSettings settings;
    private final JsonMapper json;
    private final HttpClient http;

    GatewayCalls(PlaygroundSettings settings, JsonMapper json) {
        this.settings = settings;
        this.json = json;
        this.http = Contracts.httpClient(settings.connectTimeout());
    }

    @Override
    public Running start(ModelCall call, Told told) {
        return start(PortalSession.current(), call, told);
    }

    Running start(PortalSession session, ModelCall call, Told told) {
        return new GatewayCall(http, session, request(call), told, json).start();
    }

    private HttpRequest.Builder request(ModelCall call) {
        URI gateway = Objects.requireNonNullElse(settings.gatewayUrl(), call.gateway());
        return HttpRequest.newBuilder(URI.create(gateway + "/chat/completions"))
                .header("Content-Type", "application/json")
                .header("Accept", "text/event-stream")
                .header(PROJECT_HEADER, call.project().toString())
                .POST(HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(body(call))));
    }

    private ObjectNode body(ModelCall call) {
        ObjectNode body = json.createObjectNode().put("model", call.model());
        ArrayNode messages = body.putArray("messages");
        call.messages().forEach(message -> messages.addObject().put("role", message.role().word()).put("content", message.text()));
        if (call.temperature() != null) {
            body.put("temperature", call.temperature());
        }
        if (call.maxTokens() != null) {
            body.put("max_tokens", call.maxTokens());
        }
        body.put("stream", true).putObject("stream_options").put("include_usage", true);
        return body;
    }
}
