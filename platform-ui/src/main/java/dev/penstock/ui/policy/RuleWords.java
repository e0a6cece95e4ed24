package dev.penstock.ui.policy;

import dev.penstock.contract.quota.Ladder;
import dev.penstock.contract.quota.SteeringRule;
import dev.penstock.ui.base.Quantities;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rules as one says them. */
final class RuleWords {

    private RuleWords() {}

    /** For example {@code calls of llama-70b, for batch, with a prompt up to 500 tokens}. */
    static String when(SteeringRule rule) {
        List<String> words = new ArrayList<>();
        words.add(rule.asked().isEmpty() ? "any call" : "calls of " + or(rule.asked()));
        if (!rule.purposes().isEmpty()) {
            words.add("for " + or(rule.purposes()));
        }
        if (rule.mostPromptTokens() != null) {
            words.add("with a prompt up to about " + Quantities.count(rule.mostPromptTokens()) + " tokens");
        }
        if (rule.mostComplexity() != null) {
            words.add("of complexity " + rule.mostComplexity() + " or less");
        }
        return String.join(", ", words);
    }

    static String degrading(Ladder ladder) {
        String model = ladder.use() == null ? "" : "answered by " + ladder.use();
        String length = ladder.mostOutput() == null ? "" : "answered with " + Quantities.count(ladder.mostOutput()) + " tokens at most";
        return model.isEmpty() ? length.isEmpty() ? "nothing more" : length : length.isEmpty() ? model : model + ", or where it cannot, " + length;
    }

    /** Names one typed, separated by commas or lines. */
    static List<String> names(String typed) {
        return Arrays.stream(typed.split("[,\\n]")).map(String::strip).filter(name -> !name.isEmpty()).distinct().toList();
    }

    private static String or(List<String> names) {
        return String.join(" or ", names);
    }
}
