package dev.penstock.quota.gateway;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Spans of calls, told to an OpenTelemetry collector.
 *
 * @param endpoint where it takes them by OTLP over HTTP, such as {@code http://collector:4318/v1/traces}; none: there are no spans
 * @param share of calls that have them, above 0 to 1
 * @param queue that wait to be told; more are dropped and counted
 * @param patience for the collector, with so many at once
 * @param trustCallers whether a call goes on with the trace that its client names in {@code traceparent}
 */
@ConfigurationProperties(prefix = "penstock.spans", ignoreUnknownFields = false)
record SpanSettings(
        @Nullable URI endpoint, @DefaultValue("1") double share, @DefaultValue("2048") int queue, @DefaultValue("5s") Duration patience,
        @DefaultValue("false") boolean trustCallers) {

    SpanSettings {
        if (!(share > 0 && share <= 1) || queue < 1 || !patience.isPositive()) {
            throw new IllegalArgumentException("penstock.spans: share is above 0 and at most 1, queue and patience are above 0");
        }
        if (endpoint != null && !"http".equals(endpoint.getScheme()) && !"https".equals(endpoint.getScheme())) {
            throw new IllegalArgumentException("penstock.spans.endpoint is no address of http or https: " + endpoint);
        }
    }
}
