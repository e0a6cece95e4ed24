package dev.penstock.contract.platform;

import dev.penstock.contract.EndpointId;
import dev.penstock.contract.GpuTime;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.RequestId;
import dev.penstock.contract.SliceId;
import dev.penstock.contract.TenantId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param gpuTime parts × lease: the most it can use
 * @param checks what policy looked at when it was submitted
 * @param decidedBy a person, or {@code policy}; null while it is open
 * @param slice what it became; null unless approved
 * @param lapsesAt when it lapses if nobody decides
 * @param mayDecide whether the caller may approve or reject it now
 * @param mayWithdraw whether the caller may withdraw it now
 * @param endpoint the one that is to be served with the slice; null: a workspace
 * @param model id of what the endpoint serves; null: a workspace
 * @param remindedAt when those who may decide were reminded of it; null: it does not wait for long yet, or was decided before
 * @param workspace what is to run on it; null: a plain shell, or what serves a model
 * @param startsAt from when a part is to be reserved; null: it is wanted as soon as there is one
 * @param decidedFor subject of whose place it was decided in; null: whoever decided it had the right themselves
 * @param decidesFor name of whose place the caller may decide it in; null: they may not, or have the right themselves
 */
public record SliceRequestView(
        RequestId id,
        TenantId tenant,
        String tenantName,
        ProjectId project,
        String projectName,
        String name,
        String profile,
        long leaseSeconds,
        String purpose,
        GpuTime gpuTime,
        RequestState state,
        List<PolicyCheck> checks,
        String requestedBy,
        Instant requestedAt,
        @Nullable String decidedBy,
        @Nullable Instant decidedAt,
        @Nullable String decisionReason,
        @Nullable SliceId slice,
        Instant lapsesAt,
        boolean mayDecide,
        boolean mayWithdraw,
        @Nullable EndpointId endpoint,
        @Nullable String model,
        @Nullable Instant remindedAt,
        @Nullable WorkspaceView workspace,
        @Nullable Instant startsAt,
        @Nullable String decidedFor,
        @Nullable String decidesFor) {}
