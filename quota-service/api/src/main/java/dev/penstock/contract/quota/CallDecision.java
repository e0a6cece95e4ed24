package dev.penstock.contract.quota;

import dev.penstock.contract.Money;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway would do with a call. As far as it would come: who is refused early has no targets, and who has no target no limits.
 *
 * @param asked the name in the call's body; null: it could not be read
 * @param steered that the project wants something else to answer; null: what was asked answers
 * @param alias the alias that answers; null: a model does by its own name
 * @param strategy how the alias chooses among {@code targets}; null: there is nothing to choose
 * @param targets those that could answer, in the order of their tiers
 * @param inputTokens the most it can have, at the target that would be asked first
 * @param outputTokens the same of the answer
 * @param most what that can cost; null: nothing
 * @param limits those that count it, and what they would say; empty: none counts it
 * @param refused what the client would be told; null: the call would be forwarded
 */
public record CallDecision(
        Instant at,
        @Nullable String asked,
        @Nullable Steered steered,
        @Nullable String alias,
        @Nullable RoutingStrategy strategy,
        List<TriedTarget> targets,
        long inputTokens,
        long outputTokens,
        @Nullable Money most,
        List<TriedLimit> limits,
        @Nullable CallRefused refused) {}
