package dev.penstock.quota.allotment;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * This life among the replicas: since when it says that it is there, how many are, and whether it is still the latest of its name. Times are
 * nanoseconds of the monotonic clock, and of when the question was sent.
 */
final class Presence {

    private final AllotmentKeeper keeper;
    private final long silence;
    private volatile int replicas = 1;
    private volatile boolean superseded;
    private volatile @Nullable Long met;
    private volatile @Nullable Long uninterruptedSince;

    /** @param silence after which others no longer take it to be there */
    Presence(AllotmentKeeper keeper, Duration silence) {
        this.keeper = keeper;
        this.silence = silence.toNanos();
    }

    AllotmentKeeper keeper() {
        return keeper;
    }

    int replicas() {
        return replicas;
    }

    boolean isSuperseded() {
        return superseded;
    }

    /** Another process goes by this replica's name: nothing is drawn, taken or returned any more. */
    void superseded() {
        superseded = true;
    }

    /** @return what is recalled of it */
    synchronized List<Recall> meet() {
        long asked = System.nanoTime();
        Meeting meeting = keeper.meet();
        Long before = met;
        if (before == null || asked - before > silence) {
            uninterruptedSince = asked;
        }
        met = asked;
        replicas = meeting.replicas();
        superseded |= !meeting.latest();
        return meeting.recalls();
    }

    /**
     * When it said that it is there, at {@code asked} at the latest: others judge by that, so what is read later is not counted as fresher.
     */
    long metBefore(long asked) {
        Long last = met;
        if (last == null) {
            meet();
            return asked;
        }
        return last - asked < 0 ? last : asked;
    }

    /** Whether the database has been there for so long without a pause: only then others' silence is theirs. */
    boolean isUninterrupted(Duration stretch, long now) {
        Long since = uninterruptedSince;
        Long last = met;
        return since != null && last != null && now - last <= silence && now - since > stretch.toNanos();
    }
}
