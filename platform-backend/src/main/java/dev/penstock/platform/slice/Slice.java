package dev.penstock.platform.slice;

import dev.penstock.contract.GpuTime;
import dev.penstock.contract.Problem;
import dev.penstock.contract.platform.SliceState;
import dev.penstock.frame.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A slice and the rules of its life. Immutable: a verb answers with the transition, which {@link SliceClaims} or {@link Slices} writes
 * together with its event, its change and its entry in the audit trail.
 *
 * <pre>
 * QUEUED ─ RESERVED ─ PROVISIONING ─ READY          (PROVISIONING ⇄ READY; PROVISIONING → QUEUED when it cannot be placed)
 *    └────────┴────────────┴───────────┴─ DRAINING ─ RELEASED | EXPIRED | FAILED
 * </pre>
 *
 * <p>{@code SUSPENDED} is a state of the contract that no verb leads to yet; a suspended slice would keep what it holds, so it can drain.
 *
 * @param version grows with every change; who decided on an older one is overtaken
 */
public record Slice(SliceKey key, Approved approved, Standing standing, long version) {

    /** A change of state: what it becomes, how the trail calls it, and a sentence for people. */
    public record Transition(Slice after, String action, String sentence) {}

    public SliceState state() {
        return standing.state();
    }

    public int phase() {
        return standing.phase();
    }

    /** When the lease ends; null until the slice was ready once. */
    public @Nullable Instant leaseEndsAt() {
        return standing.readyAt() == null ? null : standing.readyAt().plus(standing.lease());
    }

    /** Whether the lease has ended at that time. */
    public boolean leaseOver(Instant now) {
        Instant end = leaseEndsAt();
        return end != null && !now.isBefore(end);
    }

    /** Quota and room are set aside. */
    public Transition reserved() {
        require(SliceState.QUEUED);
        return to(standing.in(SliceState.RESERVED, null), "slice.reserve", "Quota and a free " + approved.profile() + " are set aside.");
    }

    /** From now on its objects may be on the cluster. */
    public Transition provisioning() {
        require(SliceState.RESERVED);
        return to(standing.in(SliceState.PROVISIONING, null), "slice.provision", "The " + approved.what() + " is being brought up.");
    }

    /**
     * What it is for runs.
     *
     * @param since by the pod's own condition; of the first time, the lease runs from here
     * @param took how long after it was placed; null: unknown, or not worth telling
     */
    public Transition ready(Instant since, @Nullable String node, @Nullable Duration took) {
        require(SliceState.PROVISIONING);
        String where = node == null ? "" : " on " + node;
        String after = took == null ? "" : ", " + InWords.time(took) + " after it was placed";
        return to(standing.ready(since, node), "slice.ready", "The " + approved.what() + " is ready" + where + after + ".");
    }

    /** The pod is still there but not ready any more: it may come back by itself. */
    public Transition faltered(String reason) {
        require(SliceState.READY);
        return to(standing.in(SliceState.PROVISIONING, reason), "slice.falter", reason);
    }

    /** The pod or its node is lost: the next phase brings up a new one. */
    public Transition lost(String reason) {
        require(SliceState.PROVISIONING, SliceState.READY);
        return to(standing.inNextPhase(SliceState.PROVISIONING, reason), "slice.lose", reason + " It is brought up again.");
    }

    /** The scheduler does not place it. Its pod is gone: the room is given back, the quota stays set aside for it. */
    public Transition requeued(String reason) {
        require(SliceState.PROVISIONING);
        return to(standing.inNextPhase(SliceState.QUEUED, reason), "slice.requeue", reason + " It waits in the queue again.");
    }

    /** Its lease has ended. */
    public Transition expired() {
        require(SliceState.QUEUED, SliceState.RESERVED, SliceState.PROVISIONING, SliceState.READY, SliceState.SUSPENDED);
        return to(standing.draining(Ending.EXPIRED, "The lease has ended."), "slice.expire", "The lease has ended; the " + approved.what() + " is being taken down.");
    }

    /** It cannot be brought up. */
    public Transition failed(String reason) {
        require(SliceState.QUEUED, SliceState.RESERVED, SliceState.PROVISIONING, SliceState.READY);
        return to(standing.draining(Ending.FAILED, reason), "slice.fail", reason + " It is given up.");
    }

    /** Nothing of it is left on the cluster, and all it held is given back. */
    public Transition gone(Instant at) {
        require(SliceState.DRAINING);
        Ending ending = standing.ending();
        if (ending == null) {
            throw new IllegalStateException("a draining slice has an ending");
        }
        String sentence = switch (ending) {
            case RELEASED -> "Released; everything it held is given back.";
            case EXPIRED -> "Expired; everything it held is given back.";
            case FAILED -> "Failed; everything it held is given back.";
        };
        return to(standing.ended(ending, at), "slice.end", sentence);
    }

    /**
     * Somebody gives it back. Null if that, or its end, is already under way: repeating changes nothing.
     *
     * @throws ProblemException {@code wrong_state} if it has expired or failed
     */
    public @Nullable Transition released() {
        return switch (state()) {
            case QUEUED, RESERVED, PROVISIONING, READY, SUSPENDED ->
                to(standing.draining(Ending.RELEASED, null), "slice.release", "Released; the " + approved.what() + " is being taken down.");
            case DRAINING, RELEASED -> null;
            case EXPIRED, FAILED -> throw new ProblemException(Problem.WRONG_STATE, "It has already ended.");
        };
    }

    /**
     * A longer lease. Null if it is that long already.
     *
     * @throws ProblemException {@code wrong_state} once it ends, {@code invalid_input} if it would be shorter
     */
    public @Nullable Transition extended(Duration lease, Instant now) {
        boolean possible = switch (state()) {
            case QUEUED, RESERVED, PROVISIONING, READY, SUSPENDED -> true;
            case DRAINING, RELEASED, EXPIRED, FAILED -> false;
        };
        if (!possible || leaseOver(now)) {
            throw new ProblemException(Problem.WRONG_STATE, "Its lease has ended or it is being given back; ask for a new slice.");
        }
        int longer = lease.compareTo(standing.lease());
        if (longer < 0) {
            throw new ProblemException(Problem.INVALID_INPUT, "A lease only becomes longer; to end it earlier, release the slice.")
                    .with("leaseSeconds", standing.lease().toSeconds());
        }
        return longer == 0 ? null : to(standing.leasedFor(lease), "slice.extend", "The lease is now " + InWords.time(lease) + ".");
    }

    /** The same with the GPU time counted so far; not a change of anybody's doing. */
    Slice used(GpuTime time) {
        return new Slice(key, approved, standing.used(time), version);
    }

    private Transition to(Standing next, String action, String sentence) {
        return new Transition(new Slice(key, approved, next, version + 1), action, sentence);
    }

    private void require(SliceState... from) {
        if (!List.of(from).contains(state())) {
            throw new IllegalStateException("slice " + key + " is " + state() + ", not one of " + List.of(from));
        }
    }
}
