package dev.penstock.ui.base;

import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a chart shows.
 *
 * @param labels along the time axis
 * @param series each with a value for every label
 * @param marks limits across the chart
 */
public record ChartData(Unit unit, List<String> labels, List<Series> series, List<Mark> marks) {

    public enum Shape {
        /** Parts of a whole, one on the other. */
        STACKED_BARS,
        /** What grows, filled to its line. */
        AREA,
        /** What does not add up to a whole. */
        LINE,
        /** What is expected, or was before, dashed. */
        DASHES
    }

    /**
     * @param colour a name of {@code tokens.css} without its hyphens, as {@link Category} gives it
     * @param values null where there is none
     */
    public record Series(String name, String colour, Shape shape, List<@Nullable BigInteger> values) {}

    /** @param colour a name of {@code tokens.css} without its hyphens */
    public record Mark(String name, String colour, BigInteger value) {}

    public ChartData {
        labels = List.copyOf(labels);
        series = List.copyOf(series);
        marks = List.copyOf(marks);
        for (Series each : series) {
            if (each.values().size() != labels.size()) {
                throw new IllegalArgumentException(each.name() + " has " + each.values().size() + " values for " + labels.size() + " labels");
            }
        }
    }

    public static ChartData bars(Unit unit, List<String> labels, List<Series> series) {
        return new ChartData(unit, labels, series, List.of());
    }
}
