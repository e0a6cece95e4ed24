package dev.penstock.contract.quota;

import dev.penstock.contract.LimitId;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A limit that counts a call. Amounts are in the meter's unit, see {@link LimitSpec}.
 *
 * @param level on what it stands: tenant, project, person or key
 * @param owner the name of that; of a person, the subject of the sign-in
 * @param models the only ones it counts, by the names that callers use; null: all
 * @param amount null: unlimited
 * @param hard false: it refuses nothing
 * @param used what is final
 * @param setAside for calls under way, and drawn ahead by replicas
 * @param asked the most that the call can use of it
 * @param resets null: its use does not end with a period
 * @param fits whether it lets the call pass
 */
public record TriedLimit(
        LimitId id,
        String level,
        String owner,
        Meter meter,
        Window window,
        @Nullable List<String> models,
        @Nullable BigInteger amount,
        boolean hard,
        BigInteger used,
        BigInteger setAside,
        BigInteger asked,
        @Nullable Instant resets,
        Fits fits) {

    /** What it says of the call. */
    public enum Fits {
        YES,
        /** Only with what others have set aside and may give back. */
        IF_OTHERS_GIVE_BACK,
        NO
    }
}
