package dev.penstock.platform.request;

import dev.penstock.contract.GpuTime;
import dev.penstock.contract.platform.PolicyCheck;
import dev.penstock.contract.platform.RequestState;
import dev.penstock.platform.slice.Serving;
import dev.penstock.platform.slice.Workspace;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request as the trail keeps it before and after a change. */
record RequestFacts(
        RequestState state,
        String name,
        String profile,
        long leaseSeconds,
        GpuTime gpuTime,
        String purpose,
        @Nullable Serving serving,
        @Nullable Workspace workspace,
        String requestedBy,
        List<PolicyCheck> checks,
        @Nullable String decidedBy,
        @Nullable String decidedFor,
        @Nullable Instant startsAt) {

    static RequestFacts of(SliceRequest request) {
        return new RequestFacts(
                request.state(),
                request.name(),
                request.profile(),
                request.lease().toSeconds(),
                request.gpuTime(),
                request.spec().purpose(),
                request.serving(),
                request.workspace(),
                request.requestedBy(),
                request.checks(),
                request.decidedBy(),
                request.decidedFor(),
                request.startsAt());
    }
}
