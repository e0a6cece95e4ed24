package dev.penstock.platform.quota;

import dev.penstock.contract.quota.LimitsApi;
import dev.penstock.contract.quota.RegistryApi;
import dev.penstock.contract.quota.ReservationsApi;
import dev.penstock.contract.quota.RoutesApi;
import dev.penstock.frame.identity.CurrentCaller;
import dev.penstock.frame.problem.CurrentReference;
import java.net.http.HttpClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/**
 * The contracts of quota-service as beans. Every method throws {@link dev.penstock.frame.problem.ProblemException}: with quota-service's
 * own problem, or {@code quota_unavailable} when there is no usable answer.
 */
@Configuration(proxyBeanMethods = false)
class QuotaClients {

    private final QuotaServiceSettings settings;
    private final QuotaRefusals refusals;
    private final CurrentReference reference;

    QuotaClients(QuotaServiceSettings settings, QuotaRefusals refusals, CurrentReference reference) {
        this.settings = settings;
        this.refusals = refusals;
        this.reference = reference;
    }

    /** With the service identity. */
    @Bean
    RegistryApi registryApi(ServiceIdentity identity) {
        return proxy(RegistryApi.class, identity);
    }

    /** With the service identity. */
    @Bean
    ReservationsApi reservationsApi(ServiceIdentity identity) {
        return proxy(ReservationsApi.class, identity);
    }

    /** With the service identity. */
    @Bean
    RoutesApi routesApi(ServiceIdentity identity) {
        return proxy(RoutesApi.class, identity);
    }

    /** With the token of the person who asks, within their request: limits are theirs to see, and this program never speaks for them. */
    @Bean
    LimitsApi limitsApi(CurrentCaller callers) {
        return proxy(LimitsApi.class, (request, body, execution) -> {
            request.getHeaders().setBearerAuth(callers.token());
            return execution.execute(request, body);
        });
    }

    private <T> T proxy(Class<T> contract, ClientHttpRequestInterceptor authorization) {
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(settings.connectTimeout()).build());
        requests.setReadTimeout(settings.readTimeout());
        RestClient client = RestClient.builder()
                .baseUrl(settings.url())
                .requestFactory(requests)
                .requestInterceptor((request, body, execution) -> {
                    String known = reference.find();
                    if (known != null) {
                        request.getHeaders().set("X-Request-Id", known);
                    }
                    return execution.execute(request, body);
                })
                .requestInterceptor(authorization)
                .defaultStatusHandler(refusals)
                .build();
        return HttpServiceProxyFactory.builderFor(new UsableAnswers(RestClientAdapter.create(client))).build().createClient(contract);
    }
}
