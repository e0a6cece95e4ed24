package dev.penstock.quota.journal;

import java.nio.ByteBuffer;
import java.time.Duration;

/** The end of an attempt in bytes, always as many. Codes are never given to something else. Pure. */
final class EndFormat {

    static final int BYTES = Fields.ATTEMPT_BYTES + 2 + 1 + 1 + 1 + 4 * 8 + Fields.TIME_BYTES + 1 + Fields.TIME_BYTES;

    private static final byte READ = 1;
    private static final byte DELIVERED = 2;
    private static final byte BEGUN = 3;

    private EndFormat() {}

    static ByteBuffer bytes(Settlement end) {
        ByteBuffer out = ByteBuffer.allocate(BYTES);
        write(end, out);
        return out.flip();
    }

    static void write(Settlement end, ByteBuffer out) {
        Fields.put(out, end.attempt());
        out.putShort((short) end.status()).put((byte) code(end.payer())).put((byte) code(end.cause()));
        switch (end.counts()) {
            case Counts.Read read -> out.put(READ).putLong(read.input()).putLong(read.cacheRead()).putLong(read.cacheWrite()).putLong(read.output());
            case Counts.Begun begun -> out.put(BEGUN).putLong(begun.input()).putLong(begun.cacheRead()).putLong(begun.cacheWrite()).putLong(begun.outputAtMost());
            case Counts.Delivered delivered -> out.put(DELIVERED).putLong(0).putLong(0).putLong(0).putLong(delivered.outputAtMost());
        }
        Fields.put(out, end.took());
        out.put((byte) (end.firstToken() == null ? 0 : 1));
        Fields.put(out, end.firstToken() == null ? Duration.ZERO : end.firstToken());
    }

    /** @throws IllegalArgumentException if these bytes are no end that this version could have written */
    static Settlement read(ByteBuffer in) {
        if (in.remaining() != BYTES) {
            throw new IllegalArgumentException("an end of " + in.remaining() + " bytes");
        }
        Attempt attempt = Fields.attempt(in);
        int status = in.getShort();
        Payer payer = Fields.byCode(Payer.values(), EndFormat::code, in.get());
        Cause cause = Fields.byCode(Cause.values(), EndFormat::code, in.get());
        Counts counts = counts(in);
        Duration took = Fields.duration(in);
        boolean streamed = in.get() != 0;
        Duration firstToken = Fields.duration(in);
        return new Settlement(attempt, status, counts, payer, cause, took, streamed ? firstToken : null);
    }

    private static Counts counts(ByteBuffer in) {
        byte kind = in.get();
        long input = in.getLong();
        long cacheRead = in.getLong();
        long cacheWrite = in.getLong();
        long output = in.getLong();
        return switch (kind) {
            case READ -> new Counts.Read(input, cacheRead, cacheWrite, output);
            case BEGUN -> new Counts.Begun(input, cacheRead, cacheWrite, output);
            case DELIVERED -> new Counts.Delivered(output);
            default -> throw new IllegalArgumentException("counts of kind " + kind);
        };
    }

    private static int code(Payer payer) {
        return switch (payer) {
            case CALLER -> 1;
            case PLATFORM -> 2;
        };
    }

    private static int code(Cause cause) {
        return switch (cause) {
            case COMPLETED -> 1;
            case CLIENT_GONE -> 2;
            case UPSTREAM_FAILED -> 3;
            case UPSTREAM_BROKE_OFF -> 4;
            case TIMED_OUT -> 5;
            case SHUT_DOWN -> 6;
            case NOT_FORWARDED -> 7;
            case NEVER_SETTLED -> 8;
            case KILLED -> 9;
        };
    }
}
