package dev.penstock.quota.steering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.quota.SteeringRule;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which rules hold for which call. */
class PolicyTest {

    private static final SteeringRule BATCH = new SteeringRule(List.of(), List.of("batch", "nightly"), null, null, "small");
    private static final SteeringRule SHORT = new SteeringRule(List.of("large"), List.of(), 500L, null, "small");
    private static final SteeringRule SIMPLE = new SteeringRule(List.of("large", "larger"), List.of(), 2_000L, 3, "middle");

    private final AtomicInteger scored = new AtomicInteger();

    private List<String> matching(List<SteeringRule> rules, String asked, @Nullable String purpose, long prompt, @Nullable Integer complexity) {
        return new Policy(4, rules, null)
                .matching(new Policy.Known(asked, purpose, prompt, () -> {
                    scored.incrementAndGet();
                    return complexity == null ? OptionalInt.empty() : OptionalInt.of(complexity);
                })).stream()
                .map(match -> match.use() + ": " + match.why())
                .toList();
    }

    @Test
    void aRuleHoldsWhenAllItSaysHolds() {
        List<SteeringRule> rules = List.of(BATCH, SHORT, SIMPLE);
        assertThat(matching(rules, "large", "batch", 9_000, 9)).containsExactly("small: policy 4, rule 1: purpose batch");
        assertThat(matching(rules, "large", null, 500, 9)).containsExactly("small: policy 4, rule 2: prompt up to 500 tokens");
        assertThat(matching(rules, "large", "other", 501, 3)).containsExactly("middle: policy 4, rule 3: prompt up to 2000 tokens, complexity 3 of 3");
        assertThat(matching(rules, "large", "other", 501, 4)).isEmpty();
        assertThat(matching(rules, "larger", null, 500, 0)).containsExactly("middle: policy 4, rule 3: prompt up to 2000 tokens, complexity 0 of 3");
        assertThat(matching(rules, "medium", null, 1, 0)).isEmpty();
    }

    @Test
    void allThatHoldAreTriedInTheirOrder() {
        assertThat(matching(List.of(BATCH, SHORT, SIMPLE), "large", "nightly", 100, 1)).hasSize(3).first().asString().startsWith("small: policy 4, rule 1");
    }

    @Test
    void aRuleThatNamesWhatWasAskedKeepsIt() {
        SteeringRule stays = new SteeringRule(List.of("large"), List.of("contracts"), null, null, "large");
        assertThat(matching(List.of(stays, SHORT), "large", "contracts", 10, 0)).isEmpty();
        assertThat(matching(List.of(stays, SHORT), "large", null, 10, 0)).hasSize(1);
    }

    @Test
    void theComplexityIsAskedOnceAndOnlyWhereARuleWantsIt() {
        assertThat(matching(List.of(BATCH, SHORT), "large", null, 10, 0)).hasSize(1);
        assertThat(scored).hasValue(0);
        assertThat(matching(List.of(SIMPLE, SIMPLE), "large", null, 10, 0)).hasSize(2);
        assertThat(scored).hasValue(1);
        assertThat(matching(List.of(SIMPLE), "large", null, 10, null)).as("not known").isEmpty();
    }
}
