package dev.penstock.platform.slice;

import dev.penstock.contract.GpuTime;
import dev.penstock.contract.platform.SliceState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a slice stands.
 *
 * @param ending what it becomes when it is gone; set from {@code DRAINING} on, and forgotten by one that only stepped aside
 * @param endingReason why it ends or steps aside; null: the ending says it all
 * @param reason why it stands there, in words; null where the state says it all
 * @param holdsRoom while {@code QUEUED}: a part of the fleet is already counted as its own
 * @param phase how often it was brought up, from 1; one that stepped aside is in the phase that it will be brought up in
 * @param node where its pod runs or ran
 * @param cluster of its part, or of the last that it had; null: the first, or none yet
 * @param lease how long it may be held from {@code readyAt}
 * @param readyAt when it was first ready
 * @param gpuTime of all phases as last observed
 * @param progress of loading a model's weights in percent, while it is told
 * @param interruption that it gives its part back for others
 */
public record Standing(
        SliceState state,
        @Nullable Ending ending,
        @Nullable String endingReason,
        @Nullable String reason,
        boolean holdsRoom,
        int phase,
        @Nullable String node,
        @Nullable String cluster,
        Duration lease,
        @Nullable Instant readyAt,
        @Nullable Instant endedAt,
        GpuTime gpuTime,
        @Nullable Integer progress,
        Interruption interruption) {

    public Standing {
        if (phase < 1) {
            throw new IllegalArgumentException("phases count from 1: " + phase);
        }
        if (holdsRoom && state != SliceState.QUEUED) {
            throw new IllegalArgumentException("only a queued slice holds room apart from its state");
        }
        if (state == SliceState.DRAINING && ending == null) {
            throw new IllegalArgumentException("a draining slice has an ending");
        }
        if (state != SliceState.DRAINING && ending != null && !ending.isFinal()) {
            throw new IllegalArgumentException("only a draining slice steps aside: " + state);
        }
        if (state.live() != (endedAt == null)) {
            throw new IllegalArgumentException("what has ended has a time of its end: " + state);
        }
        if (interruption.givesBackAt() != null && state != SliceState.PROVISIONING && state != SliceState.READY) {
            throw new IllegalArgumentException("only a slice that is on the cluster has notice: " + state);
        }
        if (interruption.stillSince() != null && state == SliceState.READY) {
            throw new IllegalArgumentException("the lease of a ready slice does not stand still");
        }
    }

    static Standing queued(Duration lease) {
        return new Standing(SliceState.QUEUED, null, null, null, false, 1, null, null, lease, null, null, GpuTime.ZERO, null, Interruption.NONE);
    }

    Standing in(SliceState next, @Nullable String why) {
        return new Standing(next, ending, endingReason, why, false, phase, node, cluster, lease, readyAt, endedAt, gpuTime, null, interruption);
    }

    Standing inNextPhase(SliceState next, String why) {
        return new Standing(
                next, ending, endingReason, why, false, phase + 1, null, cluster, lease, readyAt, endedAt, gpuTime, null,
                next == SliceState.QUEUED ? interruption.withoutNotice() : interruption);
    }

    /** The lease is time with a part: without one it stands still, if it has begun. */
    Standing without(@Nullable Instant partless) {
        return partless == null || readyAt == null ? this : interrupted(interruption.stops(partless));
    }

    Standing ready(Instant since, @Nullable String where, Instant now) {
        return new Standing(
                SliceState.READY, ending, endingReason, null, false, phase, where, cluster, lease, readyAt == null ? since : readyAt, endedAt, gpuTime, null,
                interruption.goesOn(since, now));
    }

    Standing draining(Ending becomes, @Nullable String why) {
        return new Standing(
                SliceState.DRAINING, becomes, why, why, false, phase, node, cluster, lease, readyAt, endedAt, gpuTime, null, interruption.withoutNotice());
    }

    Standing ended(Ending becomes, Instant at) {
        return new Standing(becomes.state(), becomes, endingReason, endingReason, false, phase, node, cluster, lease, readyAt, at, gpuTime, null, interruption);
    }

    /** Its lease stands still if it waits for a part again, and did run. It goes on from when it is suspended: that is its team's choice. */
    Standing steppedAside(Ending becomes, Instant at) {
        Interruption then = readyAt == null ? interruption : becomes == Ending.QUEUED ? interruption.stops(at) : interruption.goesOn(at, at);
        return new Standing(becomes.state(), null, null, endingReason, false, phase + 1, null, cluster, lease, readyAt, null, gpuTime, null, then);
    }

    Standing holdingRoom(boolean holds, @Nullable String in) {
        return new Standing(state, ending, endingReason, reason, holds, phase, node, in, lease, readyAt, endedAt, gpuTime, progress, interruption);
    }

    Standing used(GpuTime time) {
        return new Standing(state, ending, endingReason, reason, holdsRoom, phase, node, cluster, lease, readyAt, endedAt, time, progress, interruption);
    }

    Standing leasedFor(Duration longer) {
        return new Standing(state, ending, endingReason, reason, holdsRoom, phase, node, cluster, longer, readyAt, endedAt, gpuTime, progress, interruption);
    }

    Standing interrupted(Interruption how) {
        return new Standing(state, ending, endingReason, reason, holdsRoom, phase, node, cluster, lease, readyAt, endedAt, gpuTime, progress, how);
    }
}
