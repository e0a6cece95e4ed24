package dev.penstock.bench.subject;

import dev.penstock.contract.quota.RoutesApi;
import dev.penstock.standalone.client.Directory;
import java.util.Objects;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import tools.jackson.databind.JsonNode;

/** Speaks to quota-service as platform-backend does, with its identity: endpoints of the benchmark are none of platform-backend's. */
final class ControlPlane {

    private static final String CLIENT = "platform-backend";
    private static final String SCOPE = "quota.routes";

    private final Directory directory;

    ControlPlane(Directory directory) {
        this.directory = directory;
    }

    RoutesApi routes() {
        RestClient client = RestClient.builder()
                .baseUrl(directory.url("quota-service").toString())
                .defaultHeaders(headers -> headers.setBearerAuth(token()))
                .build();
        return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client)).build().createClient(RoutesApi.class);
    }

    private String token() {
        return Objects.requireNonNull(RestClient.create().post()
                .uri(directory.tokenUrl())
                .headers(headers -> headers.setBasicAuth(CLIENT, directory.secret(CLIENT)))
                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                .body("grant_type=client_credentials&scope=" + SCOPE)
                .retrieve()
                .body(JsonNode.class), "the provider's answer").required("access_token").asString();
    }
}
