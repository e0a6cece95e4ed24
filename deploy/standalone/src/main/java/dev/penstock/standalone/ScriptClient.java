package dev.penstock.standalone;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/** Calls the services as any script would: with a token of its own, over HTTP. */
final class ScriptClient {

    private final String token;

    private ScriptClient(String token) {
        this.token = token;
    }

    /** @throws org.springframework.web.client.RestClientException if the provider gives no token */
    static ScriptClient signIn(String tokenUri, String client, String secret) {
        MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
        form.add("grant_type", "client_credentials");
        Map<String, Object> answer = restClient(URI.create(tokenUri)).post()
                .headers(headers -> headers.setBasicAuth(client, secret))
                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                .body(form)
                .retrieve()
                .body(new ParameterizedTypeReference<>() {});
        return new ScriptClient(String.valueOf(Objects.requireNonNull(answer, "the provider's answer").get("access_token")));
    }

    <T> T api(URI service, Class<T> contract) {
        RestClient client = restClient(service).mutate().defaultHeaders(headers -> headers.setBearerAuth(token)).build();
        return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client)).build().createClient(contract);
    }

    private static RestClient restClient(URI base) {
        JdkClientHttpRequestFactory http = new JdkClientHttpRequestFactory();
        http.setReadTimeout(Duration.ofSeconds(20));
        return RestClient.builder().baseUrl(base.toString()).requestFactory(http).build();
    }
}
