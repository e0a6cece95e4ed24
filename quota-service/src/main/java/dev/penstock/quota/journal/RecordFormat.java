package dev.penstock.quota.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The frame of every record in a segment. Pure.
 *
 * <pre>
 * length 4 · CRC32C of everything else 4 · type 1 · synced 4 · content
 * </pre>
 *
 * <p>{@code length} is of the whole record. {@code synced} is how much of the segment was on disk for certain when the record was written. So a
 * record that can be read proves what stood before that place, and a hole there is damage and no torn end.
 */
final class RecordFormat {

    /** The end of an attempt. */
    static final byte END = 1;
    /** What was promised to one. */
    static final byte INTENT = 2;

    /** Around the content. */
    static final int FRAME = 4 + 4 + 1 + 4;

    /** Above any record; keeps a damaged length from being believed. */
    static final int MOST = 8192;

    /** @param end where the next record begins */
    record Read(byte type, int synced, ByteBuffer content, int end) {}

    private RecordFormat() {}

    /** Appends a record. */
    static void write(ByteBuffer out, byte type, int synced, ByteBuffer content) {
        int start = out.position();
        int length = FRAME + content.remaining();
        out.putInt(length).putInt(0).put(type).putInt(synced).put(content);
        out.putInt(start + 4, sum(out, start, length));
    }

    /** Null: there is no whole record at this place. */
    static @Nullable Read at(ByteBuffer image, int offset) {
        int left = image.limit() - offset;
        if (left < FRAME) {
            return null;
        }
        int length = image.getInt(offset);
        if (length <= FRAME || length > MOST || length > left || image.getInt(offset + 4) != sum(image, offset, length)) {
            return null;
        }
        return new Read(image.get(offset + 8), image.getInt(offset + 9), image.slice(offset + FRAME, length - FRAME), offset + length);
    }

    private static int sum(ByteBuffer image, int start, int length) {
        CRC32C sum = new CRC32C();
        sum.update(image.duplicate().limit(start + 4).position(start));
        sum.update(image.duplicate().limit(start + length).position(start + 8));
        return (int) sum.getValue();
    }
}
