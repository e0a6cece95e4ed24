package dev.penstock.quota.journal;

import dev.penstock.contract.CallId;
import dev.penstock.contract.TenantId;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.ToIntFunction;

/** How single values stand in a record. Pure. */
final class Fields {

    static final int UUID_BYTES = 16;
    static final int ATTEMPT_BYTES = 2 * UUID_BYTES + 1;
    /** Seconds and nanoseconds. */
    static final int TIME_BYTES = 8 + 4;
    /** Enough for {@link #MOST_DIGITS}, in two's complement. */
    static final int AMOUNT_BYTES = 16;
    static final int MOST_DIGITS = 38;

    private static final BigInteger AMOUNTS_END = BigInteger.TEN.pow(MOST_DIGITS);

    private Fields() {}

    static void put(ByteBuffer out, UUID id) {
        out.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }

    static UUID uuid(ByteBuffer in) {
        return new UUID(in.getLong(), in.getLong());
    }

    static void put(ByteBuffer out, Attempt attempt) {
        put(out, attempt.tenant().value());
        put(out, attempt.call().value());
        out.put((byte) attempt.number());
    }

    static Attempt attempt(ByteBuffer in) {
        return new Attempt(new TenantId(uuid(in)), new CallId(uuid(in)), in.get());
    }

    static void put(ByteBuffer out, Duration duration) {
        out.putLong(duration.getSeconds()).putInt(duration.getNano());
    }

    static Duration duration(ByteBuffer in) {
        return Duration.ofSeconds(in.getLong(), in.getInt());
    }

    static void put(ByteBuffer out, Instant at) {
        out.putLong(at.getEpochSecond()).putInt(at.getNano());
    }

    static Instant instant(ByteBuffer in) {
        return Instant.ofEpochSecond(in.getLong(), in.getInt());
    }

    static boolean isAmount(BigInteger amount) {
        return amount.signum() >= 0 && amount.compareTo(AMOUNTS_END) < 0;
    }

    /** @param amount not negative, of at most {@link #MOST_DIGITS} */
    static void put(ByteBuffer out, BigInteger amount) {
        byte[] digits = amount.toByteArray();
        out.put(new byte[AMOUNT_BYTES - digits.length]).put(digits);
    }

    static BigInteger amount(ByteBuffer in) {
        byte[] digits = new byte[AMOUNT_BYTES];
        in.get(digits);
        return new BigInteger(digits);
    }

    static <T> T byCode(T[] values, ToIntFunction<T> code, byte wanted) {
        return Arrays.stream(values).filter(value -> code.applyAsInt(value) == wanted).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("code " + wanted + " is not known"));
    }
}
