package dev.penstock.bench.measure;

import java.util.List;

/**
 * What one figure came to over the rounds of a run.
 *
 * @param median the middle value; of an even number, the mean of the two in the middle
 * @param low    the second lowest of seven rounds or more, the lowest of fewer
 * @param high   the second highest of seven rounds or more, the highest of fewer
 */
public record Ratios(double median, double low, double high) {

    /** Of the values of each round, in any order. */
    public static Ratios of(List<Double> values) {
        throw new UnsupportedOperationException();
    }

    /** Of the ratios within each round: {@code over.get(i) / under.get(i)}. */
    public static Ratios of(List<Double> over, List<Double> under) {
        throw new UnsupportedOperationException();
    }
}
