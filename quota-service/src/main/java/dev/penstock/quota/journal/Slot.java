package dev.penstock.quota.journal;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A place in the progress file. Writing it is a store into memory that outlives the process. */
final class Slot {

    private final ByteBuffer file;
    private final int offset;
    private @Nullable Attempt holder;
    private long turn;

    Slot(ByteBuffer file, int offset) {
        this.file = file;
        this.offset = offset;
    }

    synchronized void take(Settlement first) {
        holder = first.attempt();
        store(first);
    }

    /** Does nothing for whoever does not hold the slot any more. */
    synchronized void keep(Settlement end) {
        if (end.attempt().equals(holder)) {
            store(end);
        }
    }

    synchronized void free() {
        holder = null;
        store(null);
    }

    private void store(@Nullable Settlement end) {
        file.put(offset + SlotFormat.at(turn), SlotFormat.half(turn, end));
        turn++;
    }
}
