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
import org.jspecify.annotations.Nullable;

/**
 * @param project null: the limit stands on the tenant itself
 * @param key the limit stands on this key of the project; only for meters that count calls
 * @param profile the slice profile it counts; required for {@link Meter#SLICES}, null otherwise
 * @param amount slices, part-seconds of GPU time, calls, tokens, or 10⁻¹² of the currency; null: unlimited
 * @param softPercent share of the amount at which people are warned; null: no warning
 * @param reason why, for the audit trail
 */
public record LimitSpec(
        @Nullable ProjectId project,
        @Nullable KeyId key,
        @NotNull Meter meter,
        @Nullable @Size(max = 100) String profile,
        @NotNull Window window,
        @Nullable @PositiveOrZero @Digits(integer = 37, fraction = 0) BigInteger amount,
        @Nullable @Min(1) @Max(100) Integer softPercent,
        @Nullable @Size(max = 500) String reason) {}
