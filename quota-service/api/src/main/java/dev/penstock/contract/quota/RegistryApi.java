package dev.penstock.contract.quota;

import dev.penstock.contract.MoveId;
import dev.penstock.contract.TenantId;
import jakarta.validation.Valid;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PutExchange;

/** How platform-backend tells quota-service who exists. Service identity with scope {@code quota.registry}. */
@HttpExchange("/api/registry")
public interface RegistryApi {

    /** Replaces what is known of the tenant, unless a later version is known already: repeating and reordering do no harm. */
    @PutExchange("/tenants/{tenant}")
    void register(@PathVariable TenantId tenant, @Valid @RequestBody TenantRegistration registration);

    /** From now on the project's calls are the other tenant's. Its keys that work and the limits on it and below go with it. Repeating does no harm. */
    @PutExchange("/moves/{move}")
    void move(@PathVariable MoveId move, @Valid @RequestBody MoveRegistration registration);
}
