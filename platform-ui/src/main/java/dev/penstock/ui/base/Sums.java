package dev.penstock.ui.base;

import dev.penstock.contract.quota.UsagePoint;
import dev.penstock.contract.quota.UsageSeries;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Usage added up.
 *
 * @param cost in 10⁻¹² of the currency that all price books share
 */
public record Sums(long calls, long failed, long estimated, BigInteger input, BigInteger cached, BigInteger output, BigInteger cost) {

    public static final Sums NONE = new Sums(0, 0, 0, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO);

    public static Sums of(Collection<UsagePoint> points) {
        return points.stream().map(Sums::of).reduce(NONE, Sums::plus);
    }

    private static Sums of(UsagePoint point) {
        return new Sums(
                point.calls(), point.failed(), point.estimated(), BigInteger.valueOf(point.input()),
                BigInteger.valueOf(point.cacheRead()).add(BigInteger.valueOf(point.cacheWrite())), BigInteger.valueOf(point.output()),
                point.cost().picoUnits());
    }

    /** By the beginning of their bucket. */
    public static SortedMap<Instant, Sums> byTime(UsageSeries series) {
        var byTime = new TreeMap<Instant, Sums>();
        series.points().forEach(point -> byTime.merge(point.at(), of(point), Sums::plus));
        return byTime;
    }

    /** The currency of the points; null where there are none. */
    public static @Nullable String currency(List<UsagePoint> points) {
        return points.stream().map(point -> point.cost().currency()).min(Comparator.naturalOrder()).orElse(null);
    }

    public Sums plus(Sums other) {
        return new Sums(
                Math.addExact(calls, other.calls), Math.addExact(failed, other.failed), Math.addExact(estimated, other.estimated),
                input.add(other.input), cached.add(other.cached), output.add(other.output), cost.add(other.cost));
    }

    /** The kinds of tokens are disjoint. */
    public BigInteger tokens() {
        return input.add(cached).add(output);
    }
}
