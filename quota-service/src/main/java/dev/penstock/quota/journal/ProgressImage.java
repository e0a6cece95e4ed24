package dev.penstock.quota.journal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What a progress file says. Pure.
 *
 * @param alive how each attempt that had a slot ends if nothing more is heard of it
 * @param damaged slots of which nothing is known; whatever they held is found by its epoch
 */
record ProgressImage(FileHeader header, List<Settlement> alive, int damaged) {

    /** @throws Damage if it is no progress file */
    static ProgressImage read(ByteBuffer image) throws Damage {
        FileHeader header = FileHeader.read(image, FileHeader.Kind.PROGRESS);
        List<Settlement> alive = new ArrayList<>();
        int damaged = 0;
        for (int at = FileHeader.BYTES; at <= image.limit() - SlotFormat.BYTES; at += SlotFormat.BYTES) {
            switch (SlotFormat.read(image, at)) {
                case SlotFormat.State.Alive(Settlement end) -> alive.add(end);
                case SlotFormat.State.Damaged ignored -> damaged++;
                case SlotFormat.State.Free ignored -> { }
            }
        }
        return new ProgressImage(header, List.copyOf(alive), damaged);
    }
}
