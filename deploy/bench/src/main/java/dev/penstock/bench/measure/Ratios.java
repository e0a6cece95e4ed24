package dev.penstock.bench.measure;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What one figure came to over the rounds of a run.
 *
 * @param median the middle value; of an even number, the mean of the two in the middle
 * @param low    the second lowest of seven rounds or more, the lowest of fewer
 * @param high   the second highest of seven rounds or more, the highest of fewer
 */
public record Ratios(double median, double low, double high) {

    /** From so many rounds on, the lowest and the highest are left out. */
    private static final int ROUNDS_FOR_AN_INTERVAL = 7;

    /** Of the values of each round, in any order. */
    public static Ratios of(List<Double> values) {
        if (values.isEmpty() || !values.stream().allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("each round has one finite value, and there is a round: " + values);
        }
        List<Double> sorted = values.stream().sorted().toList();
        int last = sorted.size() - 1;
        int outside = sorted.size() >= ROUNDS_FOR_AN_INTERVAL ? 1 : 0;
        double median = (sorted.get(last / 2) + sorted.get((last + 1) / 2)) / 2;
        return new Ratios(median, sorted.get(outside), sorted.get(last - outside));
    }

    /** Of the ratios made within each round: the i-th of the one over the i-th of the other. */
    public static Ratios of(List<Double> over, List<Double> under) {
        if (over.size() != under.size()) {
            throw new IllegalArgumentException("a ratio is made within one round, and there are " + over.size() + " and " + under.size());
        }
        return of(IntStream.range(0, over.size()).mapToObj(i -> over.get(i) / under.get(i)).toList());
    }
}
