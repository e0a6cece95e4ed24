package dev.penstock.platform.request;

import dev.penstock.frame.audit.AuditEvent;
import dev.penstock.frame.audit.AuditLog;
import dev.penstock.frame.live.Changes;
import dev.penstock.platform.delegation.Delegations;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Records a change of a request in the transaction that makes it: in the trail, and for open pages. */
@Component
class RequestTrail {

    private final AuditLog audit;
    private final Changes changes;
    private final Delegations delegations;
    private final MeterRegistry metrics;

    RequestTrail(AuditLog audit, Changes changes, Delegations delegations, MeterRegistry metrics) {
        this.audit = audit;
        this.changes = changes;
        this.delegations = delegations;
        this.metrics = metrics;
    }

    /** @param before null for a new one */
    void record(String verb, SliceRequest request, @Nullable RequestFacts before) {
        audit.append(new AuditEvent(
                "slice-request." + verb,
                "slice-request",
                request.id().toString(),
                request.name(),
                request.project(),
                request.decisionReason(),
                before,
                RequestFacts.of(request)));
        changes.tell("slice-request", request.tenant(), request.project(), request.id().toString(), request.state().name());
        delegations.tell(request.tenant());
        metrics.counter("penstock.requests", "verb", verb).increment();
    }
}
