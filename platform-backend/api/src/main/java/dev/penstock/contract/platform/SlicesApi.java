package dev.penstock.contract.platform;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.SliceId;
import dev.penstock.contract.TenantId;
import jakarta.validation.Valid;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** GPU slices that teams hold. */
@HttpExchange("/api")
public interface SlicesApi {

    /** Those the caller may see, live ones first, then newest first; at most 200. */
    @GetExchange("/slices")
    List<SliceView> list(
            @RequestParam(required = false) @Nullable TenantId tenant,
            @RequestParam(required = false) @Nullable ProjectId project);

    @GetExchange("/tenants/{tenant}/slices/{slice}")
    SliceDetail get(@PathVariable TenantId tenant, @PathVariable SliceId slice);

    /**
     * Makes the lease longer. Repeating with the same {@code leaseSeconds} changes nothing. {@code lease_too_long},
     * {@code limit_reached}, {@code wrong_state} when it has ended.
     */
    @PostExchange("/tenants/{tenant}/slices/{slice}/extend")
    SliceDetail extend(@PathVariable TenantId tenant, @PathVariable SliceId slice, @Valid @RequestBody LeaseSpec lease);

    /**
     * Stops the workspace and gives its part back; quota stays set aside and the lease goes on. Repeating changes nothing. {@code wrong_state}
     * when it is not up or has ended.
     */
    @PostExchange("/tenants/{tenant}/slices/{slice}/suspend")
    SliceDetail suspend(@PathVariable TenantId tenant, @PathVariable SliceId slice);

    /** Puts a suspended slice into the queue again. Repeating changes nothing. {@code wrong_state} when it has ended. */
    @PostExchange("/tenants/{tenant}/slices/{slice}/resume")
    SliceDetail resume(@PathVariable TenantId tenant, @PathVariable SliceId slice);

    /** Ends the slice: the workspace stops and what was set aside is given back. */
    @PostExchange("/tenants/{tenant}/slices/{slice}/release")
    SliceDetail release(@PathVariable TenantId tenant, @PathVariable SliceId slice);
}
