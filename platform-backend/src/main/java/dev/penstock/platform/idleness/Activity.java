package dev.penstock.platform.idleness;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a workspace's activity, folded from one look after the other. Pure. Each look tells whether the GPU was active within a
 * window up to then; where two looks are further apart than the window, nobody knows what was between them, and the count begins anew.
 *
 * <pre>
 * looks, window 10 min    12:00 active    12:03 idle    12:06 idle    (none)    12:20 idle    12:23 idle
 * idle since                  12:00         12:00         12:00                    12:20         12:20
 * </pre>
 *
 * @param phase of the slice in which it was seen; another phase is another workspace
 * @param seenAt until when its activity is known
 * @param idleSince since when it is known to be without activity
 * @param warnedAt when its team was warned; null: not yet, or it was active since
 * @param suspendedAt when it was suspended for it; null: it was not
 */
record Activity(int phase, Instant seenAt, Instant idleSince, @Nullable Instant warnedAt, @Nullable Instant suspendedAt) {

    /** What follows from what is known. */
    enum Due {
        NOTHING,
        WARNING,
        SUSPENSION
    }

    static Activity begin(int phase, Instant at) {
        return new Activity(phase, at, at, null, null);
    }

    /** A look at {@code at}, which reaches {@code window} back. */
    Activity seen(boolean active, Instant at, Duration window) {
        if (at.isBefore(seenAt)) {
            return this;
        }
        boolean unknownBetween = Duration.between(seenAt, at).compareTo(window) > 0;
        return active || unknownBetween ? begin(phase, at) : new Activity(phase, at, idleSince, warnedAt, suspendedAt);
    }

    /** Somebody wants to keep it. */
    Activity kept(Instant at) {
        return new Activity(phase, seenAt, at.isAfter(idleSince) ? at : idleSince, null, null);
    }

    Activity warned(Instant at) {
        return new Activity(phase, seenAt, idleSince, at, null);
    }

    Activity suspended(Instant at) {
        return new Activity(phase, seenAt, idleSince, warnedAt, at);
    }

    /** Only as far as it is known. */
    Duration idleFor() {
        return seenAt.isAfter(idleSince) ? Duration.between(idleSince, seenAt) : Duration.ZERO;
    }

    Due due(IdlenessSettings settings) {
        if (warnedAt == null) {
            return idleFor().compareTo(settings.warnAfter()) >= 0 ? Due.WARNING : Due.NOTHING;
        }
        Instant suspends = suspendsAt(settings);
        return suspendedAt == null && suspends != null && !seenAt.isBefore(suspends) ? Due.SUSPENSION : Due.NOTHING;
    }

    /** When it is suspended if nothing happens: never without the whole notice. Null: it was not announced, or is done. */
    @Nullable Instant suspendsAt(IdlenessSettings settings) {
        if (warnedAt == null || suspendedAt != null) {
            return null;
        }
        Instant byIdleness = idleSince.plus(settings.suspendAfter());
        Instant byNotice = warnedAt.plus(settings.notice());
        return byIdleness.isAfter(byNotice) ? byIdleness : byNotice;
    }

    /** When it is released if nobody resumes it; null: it is not suspended for idleness, or waits until its lease ends. */
    @Nullable Instant releasesAt(IdlenessSettings settings) {
        return suspendedAt == null || settings.reclaimAfter() == null ? null : suspendedAt.plus(settings.reclaimAfter());
    }
}
