package dev.penstock.contract.platform;

import dev.penstock.contract.TenantId;
import java.util.List;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;

/** What can be asked for. */
@HttpExchange("/api")
public interface SliceProfilesApi {

    /** All profiles, smallest first, with what is free now for a tenant that holds nothing. For everybody who is signed in. */
    @GetExchange("/slice-profiles")
    List<SliceProfileView> list();

    /** The same, with what is free for this tenant: GPUs that its own slices share have room for it, those of others have none. */
    @GetExchange("/tenants/{tenant}/slice-profiles")
    List<SliceProfileView> ofTenant(@PathVariable("tenant") TenantId tenant);
}
