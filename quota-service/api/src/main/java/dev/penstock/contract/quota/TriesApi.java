package dev.penstock.contract.quota;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import jakarta.validation.Valid;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** What would become of a call. */
@HttpExchange("/api")
public interface TriesApi {

    /**
     * Decides a call as the gateway would, and stops before anything is set aside, forwarded or booked. For whoever sees the project; as the replica that
     * answers knows its engines. A call that would be refused is an answer, not a problem; what is asked is not kept.
     */
    @PostExchange("/tenants/{tenant}/projects/{project}/tries")
    CallDecision decide(@PathVariable TenantId tenant, @PathVariable ProjectId project, @Valid @RequestBody CallTry call);
}
