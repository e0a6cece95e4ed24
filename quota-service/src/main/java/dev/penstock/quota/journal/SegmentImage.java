package dev.penstock.quota.journal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a segment says. Pure.
 *
 * @param ends in the order they were written
 * @param size up to where it can be read
 * @param torn whether something follows there that was being written when the program or the machine died
 */
record SegmentImage(FileHeader header, List<Settlement> ends, int size, boolean torn) {

    /** @throws Damage if something is missing that was on disk, or cannot be understood */
    static SegmentImage read(ByteBuffer image) throws Damage {
        FileHeader header = FileHeader.read(image, FileHeader.Kind.SEGMENT);
        List<Settlement> ends = new ArrayList<>();
        int at = FileHeader.BYTES;
        while (!emptyFrom(image, at)) {
            RecordFormat.Read read = RecordFormat.at(image, at);
            if (read == null) {
                requireTorn(image, at);
                return new SegmentImage(header, List.copyOf(ends), at, true);
            }
            ends.add(end(read, at));
            at = read.end();
        }
        return new SegmentImage(header, List.copyOf(ends), at, false);
    }

    private static Settlement end(RecordFormat.Read read, int at) throws Damage {
        if (read.type() != RecordFormat.END) {
            throw new Damage(at, "a record of type " + read.type() + " is not known to this program");
        }
        try {
            return EndFormat.read(read.content());
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
