package dev.penstock.standalone.client;

import java.time.Duration;
import java.util.Objects;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;

/** Access tokens of one script client: the same one until a part of its life is over, so that none ends on its way. */
final class Tokens {

    /** Of the life of a token. Tests use tokens that live for seconds, so it is a share and no time. */
    private static final int USED_PERCENT = 40;

    private final Directory directory;
    private final String client;
    private final String form;
    private String token = "";
    private long renewAt;

    /** @param scope what the client asks for; empty for a persona, who has groups instead */
    Tokens(Directory directory, String client, String scope) {
        this.directory = directory;
        this.client = client;
        this.form = "grant_type=client_credentials" + (scope.isEmpty() ? "" : "&scope=" + scope);
        this.renewAt = System.nanoTime();
    }

    synchronized String get() {
        if (System.nanoTime() - renewAt >= 0) {
            fetch();
        }
        return token;
    }

    private void fetch() {
        long asked = System.nanoTime();
        JsonNode answer = Objects.requireNonNull(RestClient.create().post()
                .uri(directory.tokenUrl())
                .headers(headers -> headers.setBasicAuth(client, directory.secret(client)))
                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                .body(form)
                .retrieve()
                .body(JsonNode.class), "the provider's answer");
        token = answer.required("access_token").asString();
        renewAt = asked + Duration.ofSeconds(answer.required("expires_in").asLong()).toNanos() / 100 * USED_PERCENT;
    }
}
