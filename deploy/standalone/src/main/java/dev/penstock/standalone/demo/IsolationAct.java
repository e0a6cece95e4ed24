package dev.penstock.standalone.demo;

import dev.penstock.contract.EndpointId;
import dev.penstock.contract.KeyId;
import dev.penstock.contract.platform.EndpointView;
import dev.penstock.contract.quota.KeyMade;
import dev.penstock.contract.quota.KeySpec;
import dev.penstock.standalone.client.ModelAnswer;
import dev.penstock.standalone.client.ModelClient;
import java.time.Duration;
import java.util.Objects;
import org.springframework.http.HttpStatus;
import org.springframework.web.client.HttpClientErrorException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** For another tenant, what this one has does not exist. */
final class IsolationAct implements Act {

    private static final Duration GATEWAY_KNOWS = Duration.ofSeconds(5);

    private final Cast cast;

    IsolationAct(Cast cast) {
        this.cast = cast;
    }

    @Override
    public void play(Stage stage) {
        stage.step("another tenant's key calls the endpoint", this::call);
        stage.step("another tenant's scientist looks it up", this::lookUp);
    }

    private String call() {
        Cast.Home away = Cast.Home.of(cast.stranger.me().me());
        KeyMade key = cast.stranger.keys().make(away.tenant(), away.project(), new KeyId(cast.ids.get()), new KeySpec("demo-" + cast.suffix, null, null, null, null, null));
        try {
            ModelClient caller = ModelClient.withKey(cast.directory, Objects.requireNonNull(key.secret(), "a secret"));
            String theirs = cast.endpoint.get().callName();
            String nobodys = theirs.substring(0, theirs.length() - 1) + (theirs.endsWith("x") ? "y" : "x");
            ModelAnswer existing = Patience.until("the gateway knows the key", GATEWAY_KNOWS, () -> caller.chat(theirs, "Hello?", 1),
                    answer -> answer.status() != HttpStatus.UNAUTHORIZED.value(), ModelAnswer::body);
            ModelAnswer missing = caller.chat(nobodys, "Hello?", 1);
            Unexpected.unlessSame("the answer", "404 model_not_found", existing.status() + " " + existing.errorCode());
            Unexpected.unlessSame("the words for what exists and what does not",
                    missing.words().replace(nobodys, theirs), existing.words());
            return "404 model_not_found, word for word as for a model that nobody has";
        } finally {
            cast.stranger.keys().revoke(away.tenant(), key.key().id());
        }
    }

    private String lookUp() {
        EndpointView endpoint = cast.endpoint.get();
        String existing = notFound(endpoint, endpoint.id());
        String missing = notFound(endpoint, new EndpointId(cast.ids.get()));
        Unexpected.unlessSame("the words for what exists and what does not", missing, existing);
        return "404, word for word as for an endpoint that nobody has";
    }

    /** The answer without what differs in every answer. */
    private String notFound(EndpointView endpoint, EndpointId id) {
        try {
            throw new Unexpected("expected 404, seen " + cast.stranger.endpoints().get(endpoint.tenant(), id));
        } catch (HttpClientErrorException.NotFound refused) {
            JsonNode body = JsonMapper.shared().readTree(refused.getResponseBodyAsString());
            ((ObjectNode) body).remove("reference");
            ((ObjectNode) body).remove("instance");
            return body.toString();
        }
    }
}
