package dev.penstock.standalone.system;

import dev.penstock.contract.platform.FleetApi;
import dev.penstock.contract.platform.MeApi;
import dev.penstock.contract.platform.SliceProfilesApi;
import dev.penstock.contract.platform.SliceRequestsApi;
import dev.penstock.contract.platform.SlicesApi;
import dev.penstock.contract.platform.TenantsApi;
import dev.penstock.contract.quota.AuditApi;
import dev.penstock.contract.quota.LimitsApi;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import tools.jackson.databind.json.JsonMapper;

/** The public interfaces, as one of the personas. */
final class Api {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final RunningPenstock penstock;
    private final String persona;
    private String token = "";
    private Instant fetched = Instant.EPOCH;

    Api(RunningPenstock penstock, String persona) {
        this.penstock = penstock;
        this.persona = persona;
    }

    MeApi me() {
        return proxy("platform-backend", MeApi.class);
    }

    TenantsApi tenants() {
        return proxy("platform-backend", TenantsApi.class);
    }

    SliceRequestsApi requests() {
        return proxy("platform-backend", SliceRequestsApi.class);
    }

    SlicesApi slices() {
        return proxy("platform-backend", SlicesApi.class);
    }

    SliceProfilesApi profiles() {
        return proxy("platform-backend", SliceProfilesApi.class);
    }

    FleetApi fleet() {
        return proxy("platform-backend", FleetApi.class);
    }

    LimitsApi limits() {
        return proxy("quota-service", LimitsApi.class);
    }

    AuditApi audit() {
        return proxy("quota-service", AuditApi.class);
    }

    /** The bytes at a path of a service. */
    byte[] bytes(String service, String path) {
        return send(HttpRequest.newBuilder(URI.create(penstock.url(service) + path)).header("Authorization", "Bearer " + token()).build(), 200);
    }

    /** A token of the persona; a fresh one well before the last ends. */
    synchronized String token() {
        if (fetched.plusSeconds(8).isBefore(Instant.now())) {
            String client = "script-" + persona;
            String basic = Base64.getEncoder().encodeToString((client + ":" + penstock.secret(client)).getBytes(StandardCharsets.UTF_8));
            byte[] answer = send(HttpRequest.newBuilder(URI.create(penstock.tokenUrl()))
                    .header("Authorization", "Basic " + basic)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"))
                    .build(), 200);
            token = JsonMapper.shared().readTree(answer).get("access_token").asString();
            fetched = Instant.now();
        }
        return token;
    }

    private <T> T proxy(String service, Class<T> contract) {
        RestClient client = RestClient.builder()
                .baseUrl(penstock.url(service))
                .requestInterceptor((request, body, execution) -> {
                    request.getHeaders().setBearerAuth(token());
                    return execution.execute(request, body);
                })
                .build();
        return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client)).build().createClient(contract);
    }

    private static byte[] send(HttpRequest request, int expected) {
        try {
            HttpResponse<byte[]> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != expected) {
                throw new AssertionError(request.uri() + " answered " + answer.statusCode() + ": " + new String(answer.body(), StandardCharsets.UTF_8));
            }
            return answer.body();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
