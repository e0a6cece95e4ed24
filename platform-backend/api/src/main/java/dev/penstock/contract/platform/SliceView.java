package dev.penstock.contract.platform;

import dev.penstock.contract.EndpointId;
import dev.penstock.contract.GpuTime;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.RequestId;
import dev.penstock.contract.SliceId;
import dev.penstock.contract.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * @param reason why it stands where it stands, in words: what it waits for, why it failed
 * @param phase how often it was brought up, from 1; a lost node begins a new one, and so does being suspended
 * @param node where it runs
 * @param readyAt when it was first ready: the lease runs from here
 * @param leaseEndsAt null until it was ready, and while it stands still because its part was taken back
 * @param gpuTime used so far
 * @param mayChange whether the caller may extend, suspend, resume or release it
 * @param endpoint the one that is served with it, and that starts and stops it; null: a workspace
 * @param becomes what it will be when it is taken down; null: it is not being taken down
 * @param queue its place among those who wait; null: it does not wait for a part, or its place was not worked out yet
 * @param givesBackAt when it is stopped because its part is borrowed and needed elsewhere; null: it has no notice
 * @param startsAt from when it is reserved; it comes up then, and ends with the reservation. Null: it was not reserved
 */
public record SliceView(
        SliceId id,
        TenantId tenant,
        String tenantName,
        ProjectId project,
        String projectName,
        RequestId request,
        String name,
        String profile,
        SliceState state,
        @Nullable String reason,
        int phase,
        @Nullable String node,
        String holder,
        Instant createdAt,
        @Nullable Instant readyAt,
        long leaseSeconds,
        @Nullable Instant leaseEndsAt,
        @Nullable Instant endedAt,
        GpuTime gpuTime,
        boolean mayChange,
        @Nullable EndpointId endpoint,
        @Nullable SliceState becomes,
        @Nullable QueuePlace queue,
        @Nullable Instant givesBackAt,
        @Nullable Instant startsAt) {}
