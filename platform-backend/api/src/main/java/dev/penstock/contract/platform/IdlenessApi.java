package dev.penstock.contract.platform;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.SliceId;
import dev.penstock.contract.TenantId;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** Workspaces whose GPU does nothing: since when, and what becomes of them. */
@HttpExchange("/api")
public interface IdlenessApi {

    /** What is known of the workspaces that the caller may see, the longest idle first; at most 200. */
    @GetExchange("/idleness")
    IdlenessView list(
            @RequestParam(required = false) @Nullable TenantId tenant,
            @RequestParam(required = false) @Nullable ProjectId project);

    /** Counts as activity: a workspace that is ready is idle from now on at the earliest. {@code wrong_state} when it is not ready. */
    @PostExchange("/tenants/{tenant}/slices/{slice}/keep")
    IdlenessView.Known keep(@PathVariable TenantId tenant, @PathVariable SliceId slice);
}
