package dev.penstock.contract.quota;

import dev.penstock.contract.LimitId;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A limit that refused a call, as it was then. Amounts are in the meter's unit, see {@link LimitSpec}.
 *
 * @param level on what it stands: tenant, project, person or key. Administrators change it
 * @param owner the name of that; of a person, the subject of the sign-in
 * @param models the only ones it counts; null: all
 * @param used what was used or set aside
 * @param asked the most that the call could have used
 * @param resets null: its use does not end with a period
 * @param waiting what waiting helps
 */
public record RefusedBy(
        LimitId limit, String level, String owner, Meter meter, Window window, @Nullable List<String> models, BigInteger amount, BigInteger used, BigInteger asked,
        @Nullable Instant resets, Waiting waiting) {

    /** Whether the same call may pass later. */
    public enum Waiting {
        /** Never: it asks for more than the whole limit. */
        NEVER,
        /** Once the period is over. */
        UNTIL_RESET,
        /** Once others have ended, who set aside more than they use. */
        UNTIL_OTHERS_END
    }
}
