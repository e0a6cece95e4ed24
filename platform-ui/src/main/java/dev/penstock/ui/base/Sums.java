package dev.penstock.ui.base;

import dev.penstock.contract.quota.UsagePoint;
import dev.penstock.contract.quota.UsageSeries;
import dev.penstock.contract.quota.UsageSpeed;
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
 * @param reasoning of the output
 * @param cost in 10⁻¹² of the currency that all price books share
 * @param speed of what was streamed
 */
public record Sums(long calls, long failed, long estimated, BigInteger input, BigInteger cached, BigInteger output, BigInteger reasoning, BigInteger cost, UsageSpeed speed) {

    private static final BigInteger TEN_THOUSAND = BigInteger.valueOf(10_000);

    public static final Sums NONE = new Sums(0, 0, 0, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO, UsageSpeed.UNKNOWN);

    public static Sums of(Collection<UsagePoint> points) {
        return points.stream().map(Sums::of).reduce(NONE, Sums::plus);
    }

    private static Sums of(UsagePoint point) {
        return new Sums(
                point.calls(), point.failed(), point.estimated(), BigInteger.valueOf(point.input()),
                BigInteger.valueOf(point.cacheRead()).add(BigInteger.valueOf(point.cacheWrite())), BigInteger.valueOf(point.output()),
                BigInteger.valueOf(point.reasoning()), point.cost().picoUnits(), point.speed());
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
                input.add(other.input), cached.add(other.cached), output.add(other.output), reasoning.add(other.reasoning), cost.add(other.cost), speed.plus(other.speed));
    }

    /** In milliseconds, on average; null where nothing was streamed. */
    public @Nullable BigInteger firstTokenMillis() {
        return speed.streamed() == 0 ? null : BigInteger.valueOf(speed.firstTokenMs() / speed.streamed());
    }

    /** In tenths of a token, on average while answers were written; null where nothing was. */
    public @Nullable BigInteger tenthsPerSecond() {
        return speed.writingMs() == 0 ? null : BigInteger.valueOf(speed.written()).multiply(TEN_THOUSAND).divide(BigInteger.valueOf(speed.writingMs()));
    }

    /** The kinds of tokens are disjoint. */
    public BigInteger tokens() {
        return input.add(cached).add(output);
    }
}
