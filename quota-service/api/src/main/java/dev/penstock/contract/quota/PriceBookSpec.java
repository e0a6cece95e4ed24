package dev.penstock.contract.quota;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All prices from a moment on.
 *
 * @param effectiveFrom not in the past; null: now
 * @param currency the one that all price books share
 * @param reason why, for the audit trail
 */
public record PriceBookSpec(
        @Nullable Instant effectiveFrom,
        @NotNull @Pattern(regexp = "[A-Z]{3}", message = "an ISO 4217 code") String currency,
        @NotNull @Size(max = 2000) List<@NotNull @Valid PriceSpec> prices,
        @Nullable @Size(max = 500) String reason) {}
