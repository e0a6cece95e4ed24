package dev.penstock.standalone.client;

import java.util.Objects;
import org.springframework.web.client.RestClient;

/** What a monitoring system reads. */
public final class Metrics {

    private final Directory directory;
    private final Tokens tokens;

    public Metrics(Directory directory) {
        this.directory = directory;
        this.tokens = new Tokens(directory, "metrics", "metrics.read");
    }

    /** All metrics of a service in Prometheus' text form. */
    public String of(String service) {
        return Objects.requireNonNull(RestClient.create(directory.url(service).toString()).get()
                .uri("/actuator/prometheus")
                .headers(headers -> headers.setBearerAuth(tokens.get()))
                .retrieve()
                .body(String.class), "the metrics");
    }
}
