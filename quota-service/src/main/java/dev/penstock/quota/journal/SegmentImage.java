package dev.penstock.quota.journal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a segment says. Pure.
 *
 * @param intents in the order they were written
 * @param ends in the order they were written
 * @param size up to where it can be read
 * @param torn whether something follows there that was being written when the program or the machine died
 */
record SegmentImage(FileHeader header, List<Intent> intents, List<Settlement> ends, int size, boolean torn) {

    /** @throws Damage if something is missing that was on disk, or cannot be understood */
    static SegmentImage read(ByteBuffer image) throws Damage {
        FileHeader header = FileHeader.read(image, FileHeader.Kind.SEGMENT);
        List<Intent> intents = new ArrayList<>();
        List<Settlement> ends = new ArrayList<>();
        int at = FileHeader.BYTES;
        while (!emptyFrom(image, at)) {
            RecordFormat.Read read = RecordFormat.at(image, at);
            if (read == null) {
                requireTorn(image, at);
                return new SegmentImage(header, List.copyOf(intents), List.copyOf(ends), at, true);
            }
            understand(read, at, intents, ends);
            at = read.end();
        }
        return new SegmentImage(header, List.copyOf(intents), List.copyOf(ends), at, false);
    }

    /** Of whom it says anything. */
    List<Attempt> attempts() {
        return Stream.concat(intents.stream().map(Intent::attempt), ends.stream().map(Settlement::attempt)).distinct().toList();
    }

    private static void understand(RecordFormat.Read read, int at, List<Intent> intents, List<Settlement> ends) throws Damage {
        try {
            switch (read.type()) {
                case RecordFormat.END -> ends.add(EndFormat.read(read.content()));
                case RecordFormat.INTENT -> intents.add(IntentFormat.read(read.content()));
                default -> throw new Damage(at, "a record of type " + read.type() + " is not known to this program");
            }
        } catch (IllegalArgumentException e) {
            throw new Damage(at, "a record is not known to this program: " + e.getMessage());
        }
    }

    /** A segment is made full of zeros. A length of zero that something follows is no end of the records. */
    private static boolean emptyFrom(ByteBuffer image, int at) {
        for (int i = at; i < image.limit(); i++) {
            if (image.get(i) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Records that are being written may reach the disk in any order; those that a later one knows to be on disk may not be missing. */
    private static void requireTorn(ByteBuffer image, int hole) throws Damage {
        for (int at = hole + 1; at <= image.limit() - RecordFormat.FRAME; at++) {
            RecordFormat.@Nullable Read later = RecordFormat.at(image, at);
            if (later != null && later.synced() > hole) {
                throw new Damage(hole, "a record is damaged that was on disk before the one at " + at + " was written");
            }
        }
    }
}
