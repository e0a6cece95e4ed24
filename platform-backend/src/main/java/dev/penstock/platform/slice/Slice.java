package dev.penstock.platform.slice;

import dev.penstock.contract.GpuTime;
import dev.penstock.contract.Problem;
import dev.penstock.contract.platform.SliceState;
import dev.penstock.frame.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A slice and the rules of its life. Immutable: a verb answers with the transition, which {@link SliceClaims} or {@link Slices} writes
 * together with its event, its change and its entry in the audit trail.
 *
 * <pre>
 * QUEUED ─ RESERVED ─ PROVISIONING ─ READY          (PROVISIONING ⇄ READY; PROVISIONING → QUEUED when it cannot be placed)
 *    └────────┴────────────┴───────────┴─ DRAINING ─ RELEASED | EXPIRED | FAILED
 *                                             └───── QUEUED | SUSPENDED ─ QUEUED      (it steps aside)
 * </pre>
 *
 * <p>A slice that steps aside is taken down as one that ends is, and keeps its quota and its lease. Whoever ends it meanwhile, wins.
 *
 * @param version grows with every change; who decided on an older one is overtaken
 */
public record Slice(SliceKey key, Approved approved, Standing standing, long version) {

    /** What a lease that stands still is given to be ready again, once there is a part for it, when quota is set aside for where it then ends. */
    private static final Duration READY_AGAIN_WITHIN = Duration.ofHours(1);

    /** A change of state: what it becomes, how the trail calls it, and a sentence for people. */
    public record Transition(Slice after, String action, String sentence) {}

    public SliceState state() {
        return standing.state();
    }

    public int phase() {
        return standing.phase();
    }

    /** What it will be when it is taken down; null unless it is being taken down. */
    @Nullable SliceState becomes() {
        Ending ending = standing.ending();
        return state() == SliceState.DRAINING && ending != null ? ending.state() : null;
    }

    /** The GPU time of the whole lease. */
    GpuTime setAside() {
        return GpuTime.of(approved.parts(), standing.lease());
    }

    /**
     * From when it was first ready to the end of such a lease at the latest: that is what quota is set aside for. The time that a lease
     * stands still moves its end, perhaps into another month, and is in it; while it still stands, also what it may take to be ready again.
     */
    public Duration onCalendar(Duration lease, Instant now) {
        Interruption interruption = standing.interruption();
        Duration still = interruption.stillSince() == null
                ? Duration.ZERO
                : Duration.between(interruption.stillSince(), now).plus(READY_AGAIN_WITHIN);
        return lease.plus(interruption.stoodStill()).plus(still);
    }

    /** When the lease ends; null until the slice was ready once, and while it stands still. A reserved one's ends with its reservation, come what may. */
    public @Nullable Instant leaseEndsAt() {
        if (approved.reserved() != null) {
            return approved.reserved().until();
        }
        Interruption interruption = standing.interruption();
        return standing.readyAt() == null || interruption.stillSince() != null
                ? null
                : standing.readyAt().plus(standing.lease()).plus(interruption.stoodStill());
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
    public Transition ready(Instant since, @Nullable String node, @Nullable Duration took, Instant now) {
        require(SliceState.PROVISIONING);
        String where = node == null ? "" : " on " + node;
        String after = took == null ? "" : ", " + InWords.time(took) + " after it was placed";
        return to(standing.ready(since, node, now), "slice.ready", "The " + approved.what() + " is ready" + where + after + ".");
    }

    /** The pod is still there but not ready any more: it may come back by itself. */
    public Transition faltered(String reason) {
        require(SliceState.READY);
        return to(standing.in(SliceState.PROVISIONING, reason), "slice.falter", reason);
    }

    /**
     * The pod or its node is lost: the next phase brings up a new one.
     *
     * @param partless since when it has no part either, since others hand that out: its lease stands still; null: its part is kept
     */
    public Transition lost(String reason, @Nullable Instant partless) {
        require(SliceState.PROVISIONING, SliceState.READY);
        return to(standing.inNextPhase(SliceState.PROVISIONING, reason).without(partless), "slice.lose", reason + " It is brought up again.");
    }

    /**
     * Its node is being emptied: the next phase comes up elsewhere.
     *
     * @param partless as of {@link #lost}
     */
    public Transition moved(String reason, @Nullable Instant partless) {
        require(SliceState.PROVISIONING, SliceState.READY);
        return to(standing.inNextPhase(SliceState.PROVISIONING, reason).without(partless), "slice.move", reason + " It is brought up elsewhere.");
    }

    /** The scheduler does not place it. Its pod is gone: the room is given back, the quota stays set aside for it. */
    public Transition requeued(String reason) {
        require(SliceState.PROVISIONING);
        return to(standing.inNextPhase(SliceState.QUEUED, reason), "slice.requeue", reason + " It waits in the queue again.");
    }

    /**
     * It makes room and is brought up again as soon as there is a part for it. Null if it holds no part, or is giving it back already.
     *
     * @param reason why, as a sentence for people
     */
    public @Nullable Transition steppedAside(String reason) {
        return switch (state()) {
            case RESERVED, PROVISIONING, READY -> to(
                    standing.draining(Ending.QUEUED, reason), "slice.yield", reason + " The " + approved.what() + " is being taken down and comes back.");
            case QUEUED, SUSPENDED, DRAINING, RELEASED, EXPIRED, FAILED -> null;
        };
    }

    /**
     * Somebody below their guarantee needs the part that it holds beyond its own. Null if it has notice, or is not on the cluster.
     *
     * @param until when it steps aside, if the need is still there
     * @param notice how long that is
     */
    @Nullable Transition noticed(Instant until, Duration notice) {
        return !onTheCluster() || standing.interruption().givesBackAt() != null
                ? null
                : to(standing.interrupted(standing.interruption().noticed(until)), "slice.notice",
                        "Its part is borrowed and is needed where it is guaranteed or reserved: the " + approved.what() + " is stopped in " + InWords.time(notice)
                                + " if the need is still there, and comes back when there is a part for it.");
    }

    /** The need is gone. Null if it has no notice. */
    @Nullable Transition keeps() {
        return standing.interruption().givesBackAt() == null
                ? null
                : to(standing.interrupted(standing.interruption().withoutNotice()), "slice.notice-withdrawn", "Its part is not needed elsewhere any more; it keeps it.");
    }

    private boolean onTheCluster() {
        return state() == SliceState.PROVISIONING || state() == SliceState.READY;
    }

    /**
     * It makes room until somebody resumes it. Null if that is so or under way: repeating changes nothing. What serves a model is stopped
     * and not suspended.
     *
     * @param reason why, as a sentence for people
     * @throws ProblemException {@code wrong_state} if it ends, or was never ready: its lease does not run yet
     */
    public @Nullable Transition suspended(String reason) {
        if (approved.serving() != null) {
            throw new IllegalStateException("slice " + key + " serves a model");
        }
        if (isEnding()) {
            throw new ProblemException(Problem.WRONG_STATE, "It has ended or is being given back.");
        }
        if (state() == SliceState.QUEUED || standing.readyAt() == null) {
            throw new ProblemException(Problem.WRONG_STATE, "It is not up, so there is nothing to suspend; what is not needed any more is released.");
        }
        return state() == SliceState.SUSPENDED || standing.ending() == Ending.SUSPENDED
                ? null
                : to(standing.draining(Ending.SUSPENDED, reason), "slice.suspend", reason + " The " + approved.what() + " is being taken down and can be resumed.");
    }

    /**
     * It is wanted again. Null if it is up, comes up or comes back by itself.
     *
     * @throws ProblemException {@code wrong_state} if it ends
     */
    public @Nullable Transition resumed() {
        if (isEnding()) {
            throw new ProblemException(Problem.WRONG_STATE, "It has ended or is being given back; ask for a new slice.");
        }
        if (standing.ending() == Ending.SUSPENDED) {
            return to(standing.draining(Ending.QUEUED, "It was resumed while it was being suspended."), "slice.resume", "Resumed; it is brought up again once it is down.");
        }
        return state() == SliceState.SUSPENDED
                ? to(standing.in(SliceState.QUEUED, null), "slice.resume", "Resumed; it waits for a free " + approved.profile() + ".")
                : null;
    }

    /**
     * Nobody resumed it for too long. Null if it is not suspended any more.
     *
     * @param reason why, as a sentence for people
     */
    public @Nullable Transition reclaimed(String reason) {
        return state() == SliceState.SUSPENDED
                ? to(standing.draining(Ending.RELEASED, reason), "slice.reclaim", reason + " It is released.")
                : null;
    }

    /** It is down: nothing of it is left on the cluster, its part is given back, and quota stays set aside for it. */
    public Transition aside(Instant at) {
        Ending ending = require(standing.ending());
        if (ending.isFinal()) {
            throw new IllegalStateException("slice " + key + " does not step aside, it becomes " + ending);
        }
        String sentence = ending == Ending.SUSPENDED
                ? "Suspended; its part is given back, its quota stays set aside until the lease ends."
                : "Its part is given back; it waits in the queue again.";
        return to(standing.steppedAside(ending, at), "slice.vacate", sentence);
    }

    /** The cluster where it is, or was last. */
    public String cluster() {
        return Objects.requireNonNullElse(standing.cluster(), "");
    }

    /** The only cluster where it can come up, since its volume or its address is there; null: any. */
    @Nullable String within() {
        return standing.phase() > 1 && (approved.workspace() != null || approved.serving() != null) ? cluster() : null;
    }

    /** Whether it is being taken down, but not for good. */
    public boolean isSteppingAside() {
        return state() == SliceState.DRAINING && !isEnding();
    }

    /** Whether it has ended, or is being taken down for good. */
    public boolean isEnding() {
        Ending ending = standing.ending();
        return ending != null && ending.isFinal();
    }

    /** Its lease has ended. */
    public Transition expired() {
        if (!isSteppingAside()) {
            require(SliceState.QUEUED, SliceState.RESERVED, SliceState.PROVISIONING, SliceState.READY, SliceState.SUSPENDED);
        }
        return to(standing.draining(Ending.EXPIRED, "The lease has ended."), "slice.expire", "The lease has ended; the " + approved.what() + " is being taken down.");
    }

    /** It cannot be brought up. */
    public Transition failed(String reason) {
        require(SliceState.QUEUED, SliceState.RESERVED, SliceState.PROVISIONING, SliceState.READY);
        if (approved.workspace() != null && standing.readyAt() != null && onTheCluster()) {
            // Somebody worked on its volume: what does not come up again is no reason to delete that.
            return to(standing.draining(Ending.SUSPENDED, reason), "slice.suspend", reason + " It is suspended; its files are kept, and it can be resumed.");
        }
        return to(standing.draining(Ending.FAILED, reason), "slice.fail", reason + " It is given up.");
    }

    /** Nothing of it is left on the cluster, and all it held is given back. */
    public Transition gone(Instant at) {
        Ending ending = require(standing.ending());
        String sentence = switch (ending) {
            case RELEASED -> "Released; everything it held is given back.";
            case EXPIRED -> "Expired; everything it held is given back.";
            case FAILED -> "Failed; everything it held is given back.";
            case SUSPENDED, QUEUED -> throw new IllegalStateException("slice " + key + " steps aside, it does not end");
        };
        return to(standing.ended(ending, at), "slice.end", sentence);
    }

    /**
     * Somebody gives it back, also while it steps aside. Null if that, or its end, is already under way: repeating changes nothing.
     *
     * @throws ProblemException {@code wrong_state} if it has expired or failed
     */
    public @Nullable Transition released() {
        if (state() == SliceState.EXPIRED || state() == SliceState.FAILED) {
            throw new ProblemException(Problem.WRONG_STATE, "It has already ended.");
        }
        return isEnding() ? null : to(standing.draining(Ending.RELEASED, null), "slice.release", "Released; the " + approved.what() + " is being taken down.");
    }

    /**
     * A longer lease. Null if it is that long already.
     *
     * @throws ProblemException {@code wrong_state} once it ends, {@code invalid_input} if it would be shorter
     */
    public @Nullable Transition extended(Duration lease, Instant now) {
        if (isEnding() || leaseOver(now)) {
            throw new ProblemException(Problem.WRONG_STATE, "Its lease has ended or it is being given back; ask for a new slice.");
        }
        if (approved.reserved() != null) {
            throw new ProblemException(Problem.WRONG_STATE, "It was reserved for a time and ends with it; ask for what comes after.");
        }
        // Somebody waits for the part, and a lease that grows in small steps would keep it.
        if (approved.serving() == null && standing.interruption().givesBackAt() != null) {
            throw new ProblemException(Problem.WRONG_STATE, "Its part is asked back, so its lease cannot be extended now.");
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

    private Ending require(@Nullable Ending ending) {
        require(SliceState.DRAINING);
        return Objects.requireNonNull(ending, "a draining slice has an ending");
    }

    private void require(SliceState... from) {
        if (!List.of(from).contains(state())) {
            throw new IllegalStateException("slice " + key + " is " + state() + ", not one of " + List.of(from));
        }
    }
}
