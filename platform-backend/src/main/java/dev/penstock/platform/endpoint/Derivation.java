package dev.penstock.platform.endpoint;

import dev.penstock.contract.platform.EndpointState;
import dev.penstock.platform.request.Requests;
import dev.penstock.platform.slice.Slice;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint is, by what is wanted of it and by what its request and its slice are. Pure: it holds no state of its own that could
 * disagree with them.
 *
 * @param reason why, in words; null: the state says it all
 */
record Derivation(EndpointState state, @Nullable String reason) {

    /** @param slice null: there is none yet */
    static Derivation of(Wanted wanted, Requests.Standing request, @Nullable Slice slice, @Nullable String renewalRefused) {
        Derivation is = slice == null ? waiting(request) : held(slice, renewalRefused);
        return switch (wanted) {
            case RUNNING -> is;
            case STOPPED -> is.state.live() ? new Derivation(EndpointState.STOPPING, is.reason) : new Derivation(EndpointState.STOPPED, null);
            case DELETED -> is.state.live() ? new Derivation(EndpointState.DELETING, is.reason) : new Derivation(EndpointState.DELETED, null);
        };
    }

    private static Derivation waiting(Requests.Standing request) {
        String decided = request.decisionReason() == null ? "" : ": " + request.decisionReason();
        return switch (request.state()) {
            case SUBMITTED -> new Derivation(EndpointState.REQUESTED, "Somebody has to agree to its slice.");
            case APPROVED -> new Derivation(EndpointState.QUEUED, null);
            case REJECTED -> new Derivation(EndpointState.FAILED, "Its slice was refused by " + request.decidedBy() + decided);
            case LAPSED -> new Derivation(EndpointState.FAILED, "Nobody decided on its slice in time.");
            case WITHDRAWN -> new Derivation(EndpointState.STOPPED, null);
        };
    }

    private static Derivation held(Slice slice, @Nullable String renewalRefused) {
        String reason = slice.standing().reason();
        return switch (slice.state()) {
            case QUEUED, RESERVED -> new Derivation(EndpointState.QUEUED, reason);
            case PROVISIONING -> new Derivation(slice.standing().readyAt() == null ? EndpointState.STARTING : EndpointState.UNHEALTHY, reason);
            case READY -> new Derivation(EndpointState.READY, renewalRefused);
            case SUSPENDED -> new Derivation(EndpointState.UNHEALTHY, reason);
            case DRAINING -> new Derivation(slice.isSteppingAside() ? EndpointState.UNHEALTHY : EndpointState.STOPPING, reason);
            case RELEASED -> new Derivation(EndpointState.STOPPED, null);
            case EXPIRED -> new Derivation(EndpointState.STOPPED, Objects.requireNonNullElse(renewalRefused, "The lease of its slice has ended."));
            case FAILED -> new Derivation(EndpointState.FAILED, Objects.requireNonNullElse(reason, "It could not be brought up."));
        };
    }
}
