package dev.penstock.platform.endpoint;

import dev.penstock.contract.Problem;
import dev.penstock.contract.RequestId;
import dev.penstock.contract.SliceId;
import dev.penstock.contract.platform.EndpointState;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.platform.slice.SliceKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint and the rules of its life. Immutable: a verb answers with what it becomes. What it is, is derived from its slice and its
 * request by {@link Derivation}; people's verbs say what is wanted of it.
 *
 * @param starts how often it was started, from 1; each start asks for a slice of its own
 * @param request of the last start
 * @param startedBy who asked for that
 * @param readyAt when it was first ready since then
 * @param renewAt when its lease is to be made longer; null: there is none to renew
 * @param renewalRefused why it was not made longer
 * @param routeVersion grows whenever the gateway has to learn something; 0: it was never served
 * @param version grows with every change
 */
record Endpoint(
        EndpointKey key,
        Terms terms,
        Wanted wanted,
        EndpointState state,
        @Nullable String reason,
        int starts,
        RequestId request,
        String startedBy,
        Instant startedAt,
        @Nullable Instant readyAt,
        Instant since,
        @Nullable Instant renewAt,
        @Nullable String renewalRefused,
        long routeVersion,
        long version) {

    static Endpoint made(EndpointKey key, Terms terms) {
        return new Endpoint(
                key, terms, Wanted.RUNNING, EndpointState.REQUESTED, null, 1, requestOf(key, 1), terms.createdBy(), terms.createdAt(), null,
                terms.createdAt(), null, null, 0, 1);
    }

    /** The id of a start's request follows from what is started, so that a start that is repeated after a crash asks once. */
    static RequestId requestOf(EndpointKey key, int start) {
        return new RequestId(UUID.nameUUIDFromBytes(("endpoint " + key + " start " + start).getBytes(StandardCharsets.UTF_8)));
    }

    /** The slice of the last start; a request and its slice have one id. */
    SliceKey slice() {
        return new SliceKey(key.tenant(), new SliceId(request.value()));
    }

    /** What callers write into {@code model}. */
    String callName(String projectName) {
        return terms.spec().shared() ? terms.spec().name() : projectName + "/" + terms.spec().name();
    }

    /** Whether the gateway may send calls. */
    boolean serving() {
        return state == EndpointState.READY;
    }

    /**
     * Asked for again. Null if it is under way or running already: repeating changes nothing.
     *
     * @throws ProblemException {@code wrong_state} while it stops, and when it is deleted
     */
    @Nullable Endpoint started(String by, Instant at) {
        return switch (state) {
            case REQUESTED, QUEUED, STARTING, READY, UNHEALTHY -> null;
            case STOPPED, FAILED -> new Endpoint(
                    key, terms, Wanted.RUNNING, EndpointState.REQUESTED, null, starts + 1, requestOf(key, starts + 1), by, at, null, at, null, null,
                    routeVersion, version + 1);
            case STOPPING -> throw new ProblemException(Problem.WRONG_STATE, "It is still being stopped; start it when it is.");
            case DELETING, DELETED -> throw deleted();
        };
    }

    /** Null if it is stopped, or on the way: repeating changes nothing. */
    @Nullable Endpoint stopped(Instant at) {
        return switch (state) {
            case REQUESTED, QUEUED, STARTING, READY, UNHEALTHY -> wanting(Wanted.STOPPED, EndpointState.STOPPING, at);
            case STOPPING -> wanted == Wanted.STOPPED ? null : wanting(Wanted.STOPPED, EndpointState.STOPPING, at);
            case STOPPED, FAILED -> null;
            case DELETING, DELETED -> throw deleted();
        };
    }

    /** Null if it is deleted, or on the way. */
    @Nullable Endpoint deleted(Instant at) {
        return wanted == Wanted.DELETED ? null : wanting(Wanted.DELETED, EndpointState.DELETING, at);
    }

    /** What it is by now. A route is told anew whenever calls may be sent, or may not be sent any more, and at the end. */
    Endpoint derived(EndpointState next, @Nullable String why, Instant at, @Nullable Instant ready, @Nullable Instant renew) {
        boolean route = (next == EndpointState.READY) != serving() || (next == EndpointState.DELETED && routeVersion > 0);
        return new Endpoint(
                key, terms, wanted, next, why, starts, request, startedBy, startedAt, ready, next == state ? since : at, renew,
                renewalRefused, route ? routeVersion + 1 : routeVersion, version + 1);
    }

    /** @param refused why not; null: it is */
    Endpoint renewed(@Nullable String refused, Instant next) {
        return new Endpoint(
                key, terms, wanted, state, state == EndpointState.READY ? refused : reason, starts, request, startedBy, startedAt, readyAt, since, next, refused, routeVersion, version + 1);
    }

    private Endpoint wanting(Wanted what, EndpointState next, Instant at) {
        return new Endpoint(
                key, terms, what, next, null, starts, request, startedBy, startedAt, readyAt, at, null, null, serving() ? routeVersion + 1 : routeVersion,
                version + 1);
    }

    private static ProblemException deleted() {
        return new ProblemException(Problem.WRONG_STATE, "It is deleted.");
    }
}
