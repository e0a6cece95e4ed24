package dev.penstock.platform.endpoint;

import dev.penstock.frame.audit.AuditEvent;
import dev.penstock.frame.audit.AuditLog;
import dev.penstock.frame.live.Changes;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Records a change of an endpoint in the transaction that makes it: in the trail, and for open pages. */
@Component
class EndpointTrail {

    private final AuditLog audit;
    private final Changes changes;
    private final MeterRegistry metrics;

    EndpointTrail(AuditLog audit, Changes changes, MeterRegistry metrics) {
        this.audit = audit;
        this.changes = changes;
        this.metrics = metrics;
    }

    /** @param before null for a new one */
    void record(String verb, @Nullable Endpoint before, Endpoint after) {
        audit.append(new AuditEvent(
                "endpoint." + verb, "endpoint", after.key().endpoint().toString(), after.terms().spec().name(), after.terms().project(), after.reason(),
                before == null ? null : summary(before), summary(after)));
        metrics.counter("penstock.endpoints", "verb", verb).increment();
        tell(after);
    }

    /** Everybody sees a shared one, so everybody is told of it. */
    void tell(Endpoint endpoint) {
        boolean shared = endpoint.terms().spec().shared();
        changes.tell(
                "endpoint", shared ? null : endpoint.key().tenant(), shared ? null : endpoint.terms().project(), endpoint.key().endpoint().toString(),
                endpoint.state().name());
    }

    private static Map<String, Object> summary(Endpoint endpoint) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("state", endpoint.state().name());
        summary.put("wanted", endpoint.wanted().name());
        summary.put("model", endpoint.terms().spec().model());
        summary.put("profile", endpoint.terms().spec().profile());
        summary.put("contextTokens", endpoint.terms().spec().contextTokens());
        summary.put("shared", endpoint.terms().spec().shared());
        summary.put("starts", endpoint.starts());
        summary.put("slice", endpoint.slice().slice().toString());
        return summary;
    }
}
