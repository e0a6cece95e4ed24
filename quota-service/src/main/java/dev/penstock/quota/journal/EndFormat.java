package dev.penstock.quota.journal;

import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * The end of an attempt in bytes, always as many. Codes are never given to something else. What came later stands last, so that ends of before are read as
 * if it were zero. Pure.
 */
final class EndFormat {

    /** Before reasoning was told. */
    static final int OLD_BYTES = Fields.ATTEMPT_BYTES + 2 + 1 + 1 + 1 + 4 * 8 + Fields.TIME_BYTES + 1 + Fields.TIME_BYTES;

    static final int BYTES = OLD_BYTES + 8;

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
        out.putLong(end.counts() instanceof Counts.Read read ? read.reasoning() : 0);
    }

    /** @throws IllegalArgumentException if these bytes are no end that this version, or one before it, could have written */
    static Settlement read(ByteBuffer in) {
        if (in.remaining() != BYTES && in.remaining() != OLD_BYTES) {
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
        return new Settlement(attempt, status, in.hasRemaining() ? with(counts, in.getLong()) : counts, payer, cause, took, streamed ? firstToken : null);
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

    private static Counts with(Counts counts, long reasoning) {
        return counts instanceof Counts.Read read ? new Counts.Read(read.input(), read.cacheRead(), read.cacheWrite(), read.output(), reasoning) : counts;
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
