package dev.penstock.quota.steering;

import dev.penstock.contract.quota.Ladder;
import dev.penstock.contract.quota.SteeringRule;
import dev.penstock.frame.copy.Versioned;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a project wants its calls answered. Immutable.
 *
 * @param ladder null: nothing comes before a budget refuses
 */
public record Policy(long version, List<SteeringRule> rules, @Nullable Ladder ladder) implements Versioned {

    public Policy {
        rules = List.copyOf(rules);
    }

    /**
     * A rule that holds for a call.
     *
     * @param number from 1
     * @param why in words that are the same for all calls alike
     */
    public record Match(int number, String use, String why) {}

    /**
     * What is known of a call.
     *
     * @param asked the model or alias that it names
     * @param purpose null: none was declared
     * @param promptTokens about so many
     * @param complexity asked at most once, and only where a rule wants it; empty: not known, and no rule holds that does
     */
    public record Known(String asked, @Nullable String purpose, long promptTokens, Supplier<OptionalInt> complexity) {}

    /** The rules that hold, in their order. What is named itself by a rule is the end: it stays what answers. */
    public List<Match> matching(Known call) {
        List<Match> matching = new ArrayList<>();
        Supplier<OptionalInt> complexity = once(call.complexity());
        for (int i = 0; i < rules.size(); i++) {
            SteeringRule rule = rules.get(i);
            if (holdsBut(rule, call) && isSimpleEnough(rule, complexity)) {
                if (rule.use().equals(call.asked())) {
                    break;
                }
                matching.add(new Match(i + 1, rule.use(), why(i + 1, rule, call, complexity)));
            }
        }
        return List.copyOf(matching);
    }

    private static boolean isSimpleEnough(SteeringRule rule, Supplier<OptionalInt> complexity) {
        return rule.mostComplexity() == null || complexity.get().orElse(Integer.MAX_VALUE) <= rule.mostComplexity();
    }

    private static Supplier<OptionalInt> once(Supplier<OptionalInt> asked) {
        List<OptionalInt> known = new ArrayList<>(1);
        return () -> {
            if (known.isEmpty()) {
                known.add(asked.get());
            }
            return known.getFirst();
        };
    }

    /** All but the complexity. */
    private static boolean holdsBut(SteeringRule rule, Known call) {
        return (rule.asked().isEmpty() || rule.asked().contains(call.asked()))
                && (rule.purposes().isEmpty() || (call.purpose() != null && rule.purposes().contains(call.purpose())))
                && (rule.mostPromptTokens() == null || call.promptTokens() <= rule.mostPromptTokens());
    }

    private String why(int number, SteeringRule rule, Known call, Supplier<OptionalInt> complexity) {
        List<String> because = new ArrayList<>();
        if (!rule.purposes().isEmpty()) {
            because.add("purpose " + call.purpose());
        }
        if (rule.mostPromptTokens() != null) {
            because.add("prompt up to " + rule.mostPromptTokens() + " tokens");
        }
        if (rule.mostComplexity() != null) {
            because.add("complexity " + complexity.get().orElseThrow() + " of " + rule.mostComplexity());
        }
        return "policy " + version + ", rule " + number + (because.isEmpty() ? "" : ": " + String.join(", ", because));
    }
}
