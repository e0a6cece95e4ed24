package dev.penstock.contract.quota;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of calls while a budget runs out, before it refuses them. A budget is a hard limit a day, a month or for life that counts the call.
 *
 * @param warnAt percent of it from which answers say how full it is
 * @param degradeAt percent of it from which calls are answered by {@code use}, or no longer than {@code mostOutput}
 * @param use the cheaper model or alias; null: none
 * @param mostOutput tokens that an answer may then have, where {@code use} cannot answer; null: as asked
 */
public record Ladder(
        @Min(1) @Max(100) int warnAt, @Min(1) @Max(100) int degradeAt, @Nullable @Size(min = 1, max = 200) String use, @Nullable @Min(1) @Max(10_000_000) Long mostOutput) {}
