package dev.penstock.quota.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An attempt's place in the journal, from before it is admitted until it is in the ledger. */
final class Place {

    private final Instant deadline;
    private final @Nullable Slot slot;
    private final List<KeptFile> files = new ArrayList<>();
    private @Nullable Intent intent;
    private boolean ended;

    private Place(Instant deadline, @Nullable Slot slot) {
        this.deadline = deadline;
        this.slot = slot;
    }

    /** Of an attempt of this life. */
    static Place of(Instant deadline, Slot slot) {
        return new Place(deadline, slot);
    }

    /** Of one that an earlier life left, which has ended. */
    static Place left(@Nullable Intent intent) {
        Place place = new Place(Instant.MAX, null);
        place.intent = intent;
        place.ended = true;
        return place;
    }

    @Nullable Slot slot() {
        return slot;
    }

    synchronized boolean ended() {
        return ended;
    }

    /** @return false: something was promised to it already, or it has ended */
    synchronized boolean promise(Intent promised) {
        if (ended || intent != null) {
            return false;
        }
        intent = promised;
        return true;
    }

    synchronized boolean promised() {
        return intent != null;
    }

    /** @return null: it has already */
    synchronized @Nullable Ended end(Settlement end) {
        if (ended) {
            return null;
        }
        ended = true;
        if (slot != null) {
            slot.keep(end);
        }
        return new Ended(end, intent);
    }

    /** It may still be told how it stands. */
    synchronized void keep(Settlement end) {
        if (!ended && slot != null) {
            slot.keep(end);
        }
    }

    synchronized void standsIn(KeptFile file) {
        file.need();
        files.add(file);
    }

    /** What was promised to it, if that stands in the file and may have to stay there for long. */
    synchronized @Nullable Intent aliveIn(KeptFile file) {
        return !ended && files.contains(file) ? intent : null;
    }

    /** All that stands in files before this one stands in it, or in a later one. */
    synchronized void movedTo(KeptFile file) {
        while (files.contains(file) && !files.getFirst().equals(file)) {
            files.removeFirst().settled();
        }
    }

    /** No file is needed for it any more. */
    synchronized void settled() {
        files.forEach(KeptFile::settled);
        files.clear();
    }

    synchronized boolean overdue(Instant now) {
        return !ended && deadline.isBefore(now);
    }
}
