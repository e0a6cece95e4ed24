package dev.penstock.contract.quota;

import dev.penstock.contract.CallId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;

/** Why calls were refused. For whoever sees the project that called. A call whose key or token was not recognised belongs to nobody, and is not here. */
@HttpExchange("/api")
public interface RefusalsApi {

    /** By the call's id, as its answer names it. {@code not_found} also for what is not the caller's to see, is older than it is kept, or was only counted. */
    @GetExchange("/refusals/{call}")
    RefusalView explain(@PathVariable CallId call);

    /**
     * Newest first, a page at a time.
     *
     * @param before the last call of the page before; null: from the newest on
     */
    @GetExchange("/tenants/{tenant}/projects/{project}/refusals")
    RefusalPage list(@PathVariable TenantId tenant, @PathVariable ProjectId project, @RequestParam(required = false) @Nullable CallId before);
}
