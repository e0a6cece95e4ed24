package dev.penstock.quota.journal;

import dev.penstock.contract.CallId;
import dev.penstock.contract.TenantId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.ToIntFunction;

/** The end of an attempt in bytes, always as many. Codes are never given to something else. Pure. */
final class EndFormat {

    private static final int UUID_BYTES = 16;
    private static final int DURATION_BYTES = 8 + 4;
    static final int BYTES = 2 * UUID_BYTES + 1 + 2 + 1 + 1 + 1 + 4 * 8 + DURATION_BYTES + 1 + DURATION_BYTES;

    private static final byte READ = 1;
    private static final byte DELIVERED = 2;

    private EndFormat() {}

    static ByteBuffer bytes(Settlement end) {
        ByteBuffer out = ByteBuffer.allocate(BYTES);
        write(end, out);
        return out.flip();
    }

    static void write(Settlement end, ByteBuffer out) {
        put(out, end.attempt().tenant().value());
        put(out, end.attempt().call().value());
        out.put((byte) end.attempt().number()).putShort((short) end.status()).put((byte) code(end.payer())).put((byte) code(end.cause()));
        switch (end.counts()) {
            case Counts.Read read -> out.put(READ).putLong(read.input()).putLong(read.cacheRead()).putLong(read.cacheWrite()).putLong(read.output());
            case Counts.Delivered delivered -> out.put(DELIVERED).putLong(0).putLong(0).putLong(0).putLong(delivered.outputAtMost());
        }
        put(out, end.took());
        out.put((byte) (end.firstToken() == null ? 0 : 1));
        put(out, end.firstToken() == null ? Duration.ZERO : end.firstToken());
    }

    /** @throws IllegalArgumentException if these bytes are no end that this version could have written */
    static Settlement read(ByteBuffer in) {
        if (in.remaining() != BYTES) {
            throw new IllegalArgumentException("an end of " + in.remaining() + " bytes");
        }
        Attempt attempt = new Attempt(new TenantId(uuid(in)), new CallId(uuid(in)), in.get());
        int status = in.getShort();
        Payer payer = byCode(Payer.values(), EndFormat::code, in.get());
        Cause cause = byCode(Cause.values(), EndFormat::code, in.get());
        Counts counts = counts(in);
        Duration took = duration(in);
        boolean streamed = in.get() != 0;
        Duration firstToken = duration(in);
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

    private static <T> T byCode(T[] values, ToIntFunction<T> code, byte wanted) {
        return Arrays.stream(values).filter(value -> code.applyAsInt(value) == wanted).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("code " + wanted + " is not known"));
    }

    private static void put(ByteBuffer out, UUID id) {
        out.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }

    private static UUID uuid(ByteBuffer in) {
        return new UUID(in.getLong(), in.getLong());
    }

    private static void put(ByteBuffer out, Duration duration) {
        out.putLong(duration.getSeconds()).putInt(duration.getNano());
    }

    private static Duration duration(ByteBuffer in) {
        return Duration.ofSeconds(in.getLong(), in.getInt());
    }
}
