package dev.penstock.quota.reconciliation;

import java.net.http.HttpClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is made from the settings. */
@Configuration(proxyBeanMethods = false)
class ReconciliationWiring {

    /** HTTP/1.1, as engines speak it; no redirects, which could lead anywhere. */
    @Bean(destroyMethod = "shutdownNow")
    HttpClient engineMetricsClient(ReconciliationSettings settings) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.timeout())
                .build();
    }

    @Bean
    EngineReader engineReader(HttpClient engineMetricsClient, ReconciliationSettings settings) {
        return new EngineReader(engineMetricsClient, settings);
    }
}
