package dev.penstock.contract.platform;

import dev.penstock.contract.EndpointId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.RequestId;
import dev.penstock.contract.SliceId;
import dev.penstock.contract.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * @param callName what callers write into {@code model}
 * @param reason why it stands where it stands, in words
 * @param progress of loading the weights in percent, as the engine tells it; null while it does not
 * @param slice the one it holds or waits for; null while stopped
 * @param request the request for that slice
 * @param node where it runs
 * @param since when it came into this state
 * @param startedAt when this start was asked for
 * @param mayChange whether the caller may start, stop and delete it
 */
public record EndpointView(
        EndpointId id,
        TenantId tenant,
        String tenantName,
        ProjectId project,
        String projectName,
        String name,
        String callName,
        String model,
        String modelName,
        String engine,
        String profile,
        long contextTokens,
        boolean shared,
        EndpointState state,
        @Nullable String reason,
        @Nullable Integer progress,
        @Nullable SliceId slice,
        @Nullable RequestId request,
        @Nullable String node,
        Instant since,
        @Nullable Instant startedAt,
        @Nullable Instant readyAt,
        String createdBy,
        Instant createdAt,
        boolean mayChange) {}
