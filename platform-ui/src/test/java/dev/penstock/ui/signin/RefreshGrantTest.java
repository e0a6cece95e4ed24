package dev.penstock.ui.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.ui.backend.SmallServer;
import dev.penstock.ui.backend.TokenRefresh;
import dev.penstock.ui.backend.Tokens;
import dev.penstock.ui.fakes.Scenario;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against an identity provider that describes itself over HTTP, as they all do. */
class RefreshGrantTest {

    private final Scenario clock = new Scenario();
    private final AtomicReference<String> form = new AtomicReference<>("");
    private final AtomicInteger described = new AtomicInteger();
    private SmallServer server;
    private int status = 200;
    private String answer = "{\"access_token\":\"next\",\"token_type\":\"Bearer\",\"expires_in\":300}";

    @BeforeEach
    void start() throws IOException {
        server = new SmallServer();
        server.on("/.well-known/openid-configuration", exchange -> {
            described.incrementAndGet();
            String issuer = server.uri().toString();
            SmallServer.json(
                    exchange,
                    200,
                    "application/json",
                    """
                    {"issuer":"%1$s","authorization_endpoint":"%1$s/authorize","token_endpoint":"%1$s/token","jwks_uri":"%1$s/jwks",
                     "userinfo_endpoint":"%1$s/userinfo","end_session_endpoint":"%1$s/logout","response_types_supported":["code"],
                     "subject_types_supported":["public"],"id_token_signing_alg_values_supported":["RS256"],"scopes_supported":["openid"]}"""
                            .formatted(issuer));
        });
        server.on("/token", exchange -> {
            form.set(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            SmallServer.json(exchange, status, "application/json", answer);
        });
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private IdentitySettings settings(URI issuer) {
        return new IdentitySettings(
                issuer, "penstock", "name", "groups", List.of(), List.of(), List.of(), Duration.ofSeconds(5), "platform-ui", "secret", Set.of("openid", "profile"));
    }

    private RefreshGrant grant() {
        return new RefreshGrant(new ProviderRegistration(settings(server.uri())), clock);
    }

    private Tokens present() {
        return new Tokens("present", clock.instant().minusSeconds(280), clock.instant().plusSeconds(20), "refresh-1", "id-1");
    }

    @Test
    void theRefreshTokenIsExchangedWithTheClientsOwnCredentials() throws Exception {
        Tokens next = grant().next(present());

        assertThat(next.access()).isEqualTo("next");
        assertThat(form.get()).contains("grant_type=refresh_token", "refresh_token=refresh-1");
    }

    @Test
    void whatTheProviderDoesNotRenewIsKept() throws Exception {
        Tokens next = grant().next(present());

        assertThat(next.refresh()).isEqualTo("refresh-1");
        assertThat(next.id()).isEqualTo("id-1");
    }

    @Test
    void whatTheProviderRotatesIsTakenOver() throws Exception {
        answer = "{\"access_token\":\"next\",\"token_type\":\"Bearer\",\"expires_in\":300,\"refresh_token\":\"refresh-2\",\"id_token\":\"id-2\"}";

        Tokens next = grant().next(present());

        assertThat(next.refresh()).isEqualTo("refresh-2");
        assertThat(next.id()).isEqualTo("id-2");
    }

    @Test
    void aRefusalIsFinal() {
        status = 400;
        answer = "{\"error\":\"invalid_grant\"}";

        assertThatThrownBy(() -> grant().next(present())).isInstanceOf(TokenRefresh.Refused.class).hasMessage("invalid_grant");
    }

    @Test
    void aProviderInTroubleIsNot() {
        status = 503;
        answer = "";

        assertThatThrownBy(() -> grant().next(present())).isInstanceOf(IOException.class);
    }

    @Test
    void withoutARefreshTokenTheSessionEndsWithTheAccessToken() {
        var none = new Tokens("present", clock.instant(), clock.instant().plusSeconds(20), null, null);

        assertThatThrownBy(() -> grant().next(none)).isInstanceOf(TokenRefresh.Refused.class);
    }

    @Test
    void theProviderIsAskedToDescribeItselfOnceAndNotAtTheStart() throws Exception {
        var registration = new ProviderRegistration(settings(server.uri()));
        assertThat(described).hasValue(0);

        registration.get();
        registration.get();

        assertThat(described).hasValue(1);
        assertThat(registration.endSessionAddress()).isEqualTo(server.uri() + "/logout");
        assertThat(registration.get().getProviderDetails().getUserInfoEndpoint().getUri()).isNull();
        assertThat(registration.findByRegistrationId("other")).isNull();
    }

    @Test
    void aProviderThatIsAwayIsAskedAgainLater() throws Exception {
        int port = server.uri().getPort();
        server.close();
        var registration = new ProviderRegistration(settings(URI.create("http://localhost:" + port)));

        assertThatThrownBy(registration::get).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RefreshGrant(registration, clock).next(present())).isInstanceOf(IOException.class);
    }
}
