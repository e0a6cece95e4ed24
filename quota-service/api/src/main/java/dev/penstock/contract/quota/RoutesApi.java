package dev.penstock.contract.quota;

import dev.penstock.contract.EndpointId;
import dev.penstock.contract.TenantId;
import jakarta.validation.Valid;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.DeleteExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PutExchange;

/** How platform-backend tells quota-service where models are served. Service identity with scope {@code quota.routes}. */
@HttpExchange("/api/registry/tenants/{tenant}/routes/{endpoint}")
public interface RoutesApi {

    /** Replaces what is known of the endpoint, unless a later version is known already: repeating and reordering do no harm. */
    @PutExchange
    void publish(@PathVariable TenantId tenant, @PathVariable EndpointId endpoint, @Valid @RequestBody RouteRegistration route);

    /** The endpoint is gone for good; a publication that comes late stays without effect. */
    @DeleteExchange
    void withdraw(@PathVariable TenantId tenant, @PathVariable EndpointId endpoint, @RequestParam long version);
}
