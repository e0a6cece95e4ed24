package dev.penstock.quota.allotment;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Since when a tenant's rows have not been read, by a monotonic clock that is handed in.
 *
 * <pre>
 *  heard               life               slots            others' patience
 *    |-- amounts are taken --|-- nothing is admitted, streams go on --|
 *                                           |-- own streams are ended --|-- others may take slots back
 * </pre>
 *
 * <p>Nothing else than reading the rows counts:
 *
 * <pre>
 * a limit is lowered while a replica is cut off; the replica is back for a moment and says that it is there; it is cut off again
 * </pre>
 *
 * <p>and would admit for a whole life more what the limit does not allow. Counted from when the question was sent, not from when its answer came: that is before the database noted down that this replica is there, so
 * what ends here has ended before others think so.
 */
public final class Contact {

    private final long life;
    private final long slots;
    private volatile @Nullable Long heard;

    /**
     * @param life of an allotment without the database
     * @param slots after which streams are ended that hold some; longer than that
     */
    public Contact(Duration life, Duration slots) {
        if (slots.compareTo(life) <= 0) {
            throw new IllegalArgumentException("slots of " + slots + " would end streams that allotments of " + life + " still admit");
        }
        this.life = life.toNanos();
        this.slots = slots.toNanos();
    }

    /** @param asked when the question was sent by which the rows were read; nanoseconds */
    public synchronized void heard(long asked) {
        Long before = heard;
        heard = before == null || asked - before > 0 ? asked : before;
    }

    /** Whether anything may be taken. */
    public boolean admits(long now) {
        return isWithin(life, now);
    }

    /** Whether what holds slots may go on; if not, it is ended. */
    public boolean holdsSlots(long now) {
        return isWithin(slots, now);
    }

    /** Nanoseconds since the rows were read; {@link Long#MAX_VALUE}: they never were. */
    long age(long now) {
        Long last = heard;
        return last == null ? Long.MAX_VALUE : now - last;
    }

    private boolean isWithin(long stretch, long now) {
        Long last = heard;
        return last != null && now - last < stretch;
    }
}
