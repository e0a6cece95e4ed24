package dev.penstock.contract.quota;

import dev.penstock.contract.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Use in one bucket of time by one group.
 *
 * @param group id or name of what is grouped by; null where the call has none, such as the key of a person's own call
 * @param groupName what people call it; null where it has no name
 * @param estimated calls whose tokens were set at their bound, because nobody told the number
 * @param input tokens that came from no cache; the four kinds of tokens are disjoint
 * @param reasoning how much of the output was thought and not said, as far as engines told
 */
public record UsagePoint(
        Instant at,
        @Nullable String group,
        @Nullable String groupName,
        long calls,
        long failed,
        long estimated,
        long input,
        long cacheRead,
        long cacheWrite,
        long output,
        long reasoning,
        Money cost,
        UsageSpeed speed) {}
