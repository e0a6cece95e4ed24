package dev.penstock.contract.quota;

import dev.penstock.contract.KeyId;
import dev.penstock.contract.ProjectId;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is limited (project, key, person, meter, profile, models, window: none of it changes later), and how.
 *
 * @param project null: the limit stands on the tenant itself
 * @param key the limit stands on this key of the project; only for meters that count calls
 * @param person the limit stands on what this person calls for the project by their own sign-in, of which it is the subject; only for meters that
 *     count calls, and not beside a key. What their programs call with a key counts for the key
 * @param profile the slice profile it counts; required for {@link Meter#SLICES}, null otherwise
 * @param models the only models it counts, by the names that callers use; null: all, and always for meters that count slices
 * @param amount slices, part-seconds of GPU time, calls, tokens, or 10⁻¹² of the currency; null: unlimited
 * @param hard false: it refuses nothing, and people are warned. Null: true
 * @param softPercent share of the amount at which people are warned; null: not before all of it is used
 * @param reason why, for the audit trail
 */
public record LimitSpec(
        @Nullable ProjectId project,
        @Nullable KeyId key,
        @Nullable @Size(min = 1, max = 200) String person,
        @NotNull Meter meter,
        @Nullable @Size(max = 100) String profile,
        @Nullable @Size(min = 1, max = 100) List<@NotNull @Size(min = 1, max = 200) String> models,
        @NotNull Window window,
        @Nullable @PositiveOrZero @Digits(integer = 37, fraction = 0) BigInteger amount,
        @Nullable Boolean hard,
        @Nullable @Min(1) @Max(100) Integer softPercent,
        @Nullable @Size(max = 500) String reason) {}
