package dev.penstock.quota.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * How every file of a journal begins: what it is, in which version, and whose. Written before the file gets its name, so one that cannot be
 * read was altered. Pure.
 *
 * <pre>
 * magic 8 · version 2 · kind 1 · epoch 8 · length of name 2 · name in UTF-8 · zeros · CRC32C of all that 4
 * </pre>
 */
record FileHeader(Kind kind, String replica, long epoch) {

    enum Kind {
        SEGMENT((byte) 1),
        PROGRESS((byte) 2);

        private final byte code;

        Kind(byte code) {
            this.code = code;
        }
    }

    static final int BYTES = 1024;

    private static final long MAGIC = ByteBuffer.wrap("PENSTOCK".getBytes(StandardCharsets.US_ASCII)).getLong();
    private static final short VERSION = 1;
    private static final int SUM_AT = BYTES - Integer.BYTES;

    /** At {@link ByteBuffer#position position} 0, to be written. */
    ByteBuffer bytes() {
        byte[] name = replica.getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(BYTES);
        out.putLong(MAGIC).putShort(VERSION).put(kind.code).putLong(epoch).putShort((short) name.length).put(name);
        out.putInt(SUM_AT, sum(out));
        return out.rewind();
    }

    /** @throws Damage if it is no such header, or of a version that this program does not know */
    static FileHeader read(ByteBuffer image, Kind expected) throws Damage {
        if (image.limit() < BYTES || image.getLong(0) != MAGIC || image.getInt(SUM_AT) != sum(image)) {
            throw new Damage(0, "its header is damaged");
        }
        ByteBuffer in = image.duplicate().position(Long.BYTES);
        short version = in.getShort();
        byte kind = in.get();
        if (version != VERSION || kind != expected.code) {
            throw new Damage(0, "it is of version " + version + " and kind " + kind + ", and this program reads version " + VERSION + " and kind " + expected.code);
        }
        long epoch = in.getLong();
        byte[] name = new byte[in.getShort()];
        in.get(name);
        return new FileHeader(expected, new String(name, StandardCharsets.UTF_8), epoch);
    }

    private static int sum(ByteBuffer header) {
        CRC32C sum = new CRC32C();
        sum.update(header.duplicate().position(0).limit(SUM_AT));
        return (int) sum.getValue();
    }
}
