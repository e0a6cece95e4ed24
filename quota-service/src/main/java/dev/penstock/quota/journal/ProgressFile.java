package dev.penstock.quota.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** The slots of one life of a replica. Each life has a file of its own, so that nothing of an earlier one can be taken for its own. */
final class ProgressFile {

    private final KeptFile kept;
    private final Queue<Slot> free = new ConcurrentLinkedQueue<>();

    private ProgressFile(KeptFile kept, ByteBuffer mapped, int slots) {
        this.kept = kept;
        for (int number = 0; number < slots; number++) {
            free.add(new Slot(mapped, FileHeader.BYTES + number * SlotFormat.BYTES));
        }
    }

    static ProgressFile create(JournalFolder folder, String replica, long epoch, int slots) throws IOException {
        long size = FileHeader.BYTES + (long) slots * SlotFormat.BYTES;
        JournalFolder.OpenFile made = folder.create(new FileHeader(FileHeader.Kind.PROGRESS, replica, epoch), size);
        try (FileChannel file = made.channel()) {
            return new ProgressFile(made.kept(), file.map(FileChannel.MapMode.READ_WRITE, 0, size), slots);
        }
    }

    /** Null: none is free. */
    @Nullable Slot take() {
        return free.poll();
    }

    void giveBack(Slot slot) {
        slot.free();
        free.add(slot);
    }

    /** Nobody holds a slot, and nobody will. */
    void finish() {
        kept.finish();
    }
}
