package dev.penstock.contract.platform;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.RequestId;
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
import org.springframework.web.service.annotation.PutExchange;

/** What teams ask for, and what became of it. */
@HttpExchange("/api")
public interface SliceRequestsApi {

    /** Those the caller may see, on their own or in somebody's place, newest first; at most 200. */
    @GetExchange("/slice-requests")
    List<SliceRequestView> list(
            @RequestParam(required = false) @Nullable TenantId tenant,
            @RequestParam(required = false) @Nullable ProjectId project,
            @RequestParam(required = false) @Nullable RequestState state);

    /** What would happen if this were asked for now. Changes nothing. */
    @PostExchange("/tenants/{tenant}/projects/{project}/slice-requests/preview")
    RequestPreview preview(
            @PathVariable TenantId tenant, @PathVariable ProjectId project, @Valid @RequestBody SliceRequestSpec spec);

    /**
     * Asks. The id is made by the client: the same id and content returns the first result, other content {@code exists_but_different}.
     * {@code unknown_profile}, {@code lease_too_long}, {@code name_taken} (a live slice of the project has the name), {@code limit_reached}.
     */
    @PutExchange("/tenants/{tenant}/projects/{project}/slice-requests/{request}")
    SliceRequestView submit(
            @PathVariable TenantId tenant,
            @PathVariable ProjectId project,
            @PathVariable RequestId request,
            @Valid @RequestBody SliceRequestSpec spec);

    @GetExchange("/tenants/{tenant}/slice-requests/{request}")
    SliceRequestView get(@PathVariable TenantId tenant, @PathVariable RequestId request);

    /** By an administrator or an owner of the tenant, or who stands in their place; never by or for who asked. Approving twice keeps the first approver. */
    @PostExchange("/tenants/{tenant}/slice-requests/{request}/approve")
    SliceRequestView approve(
            @PathVariable TenantId tenant, @PathVariable RequestId request, @Valid @RequestBody Decision decision);

    /** As approve; the reason is required and shown to who asked. */
    @PostExchange("/tenants/{tenant}/slice-requests/{request}/reject")
    SliceRequestView reject(
            @PathVariable TenantId tenant, @PathVariable RequestId request, @Valid @RequestBody Decision decision);

    /** By who asked, while it is not decided. */
    @PostExchange("/tenants/{tenant}/slice-requests/{request}/withdraw")
    SliceRequestView withdraw(@PathVariable TenantId tenant, @PathVariable RequestId request);
}
