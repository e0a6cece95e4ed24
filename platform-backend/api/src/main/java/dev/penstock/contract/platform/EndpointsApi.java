package dev.penstock.contract.platform;

import dev.penstock.contract.EndpointId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import jakarta.validation.Valid;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.DeleteExchange;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.annotation.PutExchange;

/** Models that are served. */
@HttpExchange("/api")
public interface EndpointsApi {

    /** Those the caller may see, and of the platform's own those that are shared; live ones first, then newest first; at most 200. */
    @GetExchange("/endpoints")
    List<EndpointView> list(@RequestParam(required = false) @Nullable TenantId tenant, @RequestParam(required = false) @Nullable ProjectId project);

    /** What would happen if this were asked for now: quota, policy, fit. Changes nothing. */
    @PostExchange("/tenants/{tenant}/projects/{project}/endpoints/preview")
    RequestPreview preview(@PathVariable TenantId tenant, @PathVariable ProjectId project, @Valid @RequestBody EndpointSpec spec);

    /**
     * Makes an endpoint and asks for its slice. The id is made by the client: the same id and content returns the first result, other content
     * {@code exists_but_different}. {@code unknown_model}, {@code unknown_profile}, {@code does_not_fit}, {@code name_taken},
     * {@code lease_too_long}, {@code limit_reached}.
     */
    @PutExchange("/tenants/{tenant}/projects/{project}/endpoints/{endpoint}")
    EndpointView create(@PathVariable TenantId tenant, @PathVariable ProjectId project, @PathVariable EndpointId endpoint, @Valid @RequestBody EndpointSpec spec);

    @GetExchange("/tenants/{tenant}/endpoints/{endpoint}")
    EndpointDetail get(@PathVariable TenantId tenant, @PathVariable EndpointId endpoint);

    @GetExchange("/tenants/{tenant}/endpoints/{endpoint}/log")
    EndpointLog log(@PathVariable TenantId tenant, @PathVariable EndpointId endpoint);

    /** Asks for a slice again, by policy or approval as the first time. {@code wrong_state} unless it is stopped or failed; repeating changes nothing. */
    @PostExchange("/tenants/{tenant}/endpoints/{endpoint}/start")
    EndpointView start(@PathVariable TenantId tenant, @PathVariable EndpointId endpoint);

    /** New calls are refused at once; the slice is given back. */
    @PostExchange("/tenants/{tenant}/endpoints/{endpoint}/stop")
    EndpointView stop(@PathVariable TenantId tenant, @PathVariable EndpointId endpoint);

    /** Stops it and forgets its name; what was used stays in the books. */
    @DeleteExchange("/tenants/{tenant}/endpoints/{endpoint}")
    EndpointView delete(@PathVariable TenantId tenant, @PathVariable EndpointId endpoint);
}
