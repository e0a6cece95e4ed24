package dev.penstock.contract.platform;

import dev.penstock.contract.TenantId;
import jakarta.validation.Valid;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PutExchange;

/** What tenants are guaranteed of the fleet, and how they share the rest. */
@HttpExchange("/api/tenants/{tenant}/share")
public interface SharesApi {

    @GetExchange
    ShareView get(@PathVariable TenantId tenant);

    /**
     * By administrators only. {@code unknown_profile} for a profile that is not in the catalogue, {@code invalid_input} for one of several
     * GPUs or of a share of one; {@code wrong_state} where more would be guaranteed
     * to all tenants together than ready nodes offer, with {@code profile}, {@code offered} and {@code guaranteedToOthers};
     * {@code cluster_unavailable} where a guarantee is raised and no cluster was seen yet. Lowering one is always possible.
     */
    @PutExchange
    ShareView put(@PathVariable TenantId tenant, @Valid @RequestBody ShareSpec spec);
}
