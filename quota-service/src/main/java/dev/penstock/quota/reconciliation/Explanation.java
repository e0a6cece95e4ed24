package dev.penstock.quota.reconciliation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which attempts explain a difference. Pure. First come prompts that were counted again, then the attempts in their order, each at most by what its
 * settlement left open: with one attempt it is exact, with several their sum is.
 *
 * @param repeated explained, and nobody's loss
 * @param found of each attempt, to be posted
 */
record Explanation(long repeated, Map<OpenEnd, Amount> found) {

    static final Explanation NONE = new Explanation(0, Map.of());

    static Explanation of(Amount difference, List<OpenEnd> ends) {
        long input = difference.input();
        long output = difference.output();
        long repeated = 0;
        for (OpenEnd end : ends) {
            long again = Math.clamp(input, 0, end.repeats());
            repeated += again;
            input -= again;
        }
        Map<OpenEnd, Amount> found = new LinkedHashMap<>();
        for (OpenEnd end : ends) {
            Amount part = new Amount(
                    Math.clamp(input, -end.less().input(), end.more().input()), Math.clamp(output, -end.less().output(), end.more().output()));
            if (!part.isNothing()) {
                found.put(end, part);
                input -= part.input();
                output -= part.output();
            }
        }
        return new Explanation(repeated, found);
    }

    /** All of it. */
    Amount total() {
        return found.values().stream().reduce(new Amount(repeated, 0), Amount::plus);
    }
}
