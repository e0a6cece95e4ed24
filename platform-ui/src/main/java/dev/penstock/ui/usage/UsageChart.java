package dev.penstock.ui.usage;

import dev.penstock.ui.base.Category;
import dev.penstock.ui.base.ChartData;
import dev.penstock.ui.base.Sums;
import dev.penstock.ui.base.TimeAxis;
import dev.penstock.ui.base.Unit;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Groups over time, one on the other where they add up; beyond a few, the smallest ones together. All of the time before as one dashed line. */
final class UsageChart {

    /** As many as can be told apart. */
    static final int MOST_GROUPS = 9;

    private static final String BEFORE = "text-3";

    private UsageChart() {}

    /**
     * @param before what was used in the time before, by the beginning of its bucket
     * @param axisBefore of that time: its first bucket is compared with the first one now
     */
    static ChartData of(List<Group> groups, TimeAxis axis, SortedMap<Instant, Sums> before, TimeAxis axisBefore, String beforeWords, Show show, Unit unit) {
        var series = new ArrayList<ChartData.Series>();
        groups.stream().limit(MOST_GROUPS).forEach(group -> series.add(series(show, group.name(), group.colour(), values(group.byTime(), axis, show))));
        if (groups.size() > MOST_GROUPS) {
            var rest = new TreeMap<Instant, Sums>();
            groups.stream().skip(MOST_GROUPS).forEach(group -> group.byTime().forEach((at, sums) -> rest.merge(at, sums, Sums::plus)));
            series.add(series(show, (groups.size() - MOST_GROUPS) + " others", Category.EVERYTHING_ELSE, values(rest, axis, show)));
        }
        if (!before.isEmpty()) {
            List<@Nullable BigInteger> all = new ArrayList<>(values(before, axisBefore, show));
            while (all.size() < axis.starts().size()) {
                all.add(null);
            }
            series.add(new ChartData.Series("all of " + beforeWords, BEFORE, ChartData.Shape.DASHES, all.subList(0, axis.starts().size())));
        }
        return ChartData.bars(unit, axis.labels(), series);
    }

    private static ChartData.Series series(Show show, String name, String colour, List<@Nullable BigInteger> values) {
        return new ChartData.Series(name, colour, show.addsUp() ? ChartData.Shape.STACKED_BARS : ChartData.Shape.LINE, values);
    }

    /** Whatever begins within a bucket of the axis belongs to it, also should a calendar be known differently here and there. */
    private static List<@Nullable BigInteger> values(SortedMap<Instant, Sums> byTime, TimeAxis axis, Show show) {
        List<@Nullable BigInteger> values = new ArrayList<>();
        for (int i = 0; i < axis.starts().size(); i++) {
            Map<Instant, Sums> within = i + 1 < axis.starts().size()
                    ? byTime.subMap(axis.starts().get(i), axis.starts().get(i + 1))
                    : byTime.tailMap(axis.starts().get(i));
            values.add(show.of(within.values().stream().reduce(Sums.NONE, Sums::plus)));
        }
        return values;
    }
}
