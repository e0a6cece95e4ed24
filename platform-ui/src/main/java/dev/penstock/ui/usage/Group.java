package dev.penstock.ui.usage;

import dev.penstock.contract.platform.Me;
import dev.penstock.contract.quota.UsagePoint;
import dev.penstock.contract.quota.UsageSeries;
import dev.penstock.ui.base.Category;
import dev.penstock.ui.base.Sums;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One model, key, project, tenant or person with what it used.
 *
 * @param id null for calls that have none, such as the key of a person's own call
 * @param byTime by the beginning of the bucket
 */
record Group(@Nullable String id, String name, String colour, Sums sums, TreeMap<Instant, Sums> byTime) {

    /** Largest first by what the chart counts. */
    static List<Group> of(UsageSeries series, UsageSeries.By by, Show show, Me me) {
        Map<String, List<UsagePoint>> points = new LinkedHashMap<>();
        series.points().forEach(point -> points.computeIfAbsent(point.group() == null ? "" : point.group(), none -> new ArrayList<>()).add(point));
        return points.entrySet().stream()
                .map(each -> of(each.getKey(), each.getValue(), by, me))
                .sorted((one, other) -> show.orNothing(other.sums()).compareTo(show.orNothing(one.sums())))
                .toList();
    }

    private static Group of(String id, List<UsagePoint> points, UsageSeries.By by, Me me) {
        var byTime = new TreeMap<Instant, Sums>();
        points.forEach(point -> byTime.merge(point.at(), Sums.of(List.of(point)), Sums::plus));
        String told = points.getLast().groupName();
        String name = id.isEmpty() ? without(by) : told != null ? told : known(id, by, me);
        return new Group(id.isEmpty() ? null : id, name, colour(id, by), Sums.of(points), byTime);
    }

    private static String without(UsageSeries.By by) {
        return switch (by) {
            case KEY -> "signed-in people";
            case PERSON -> "keys";
            case MODEL, PROJECT, TENANT -> "none";
        };
    }

    private static String known(String id, UsageSeries.By by, Me me) {
        return switch (by) {
            case MODEL, PERSON, KEY -> id;
            case TENANT -> me.tenants().stream().filter(tenant -> tenant.id().toString().equals(id)).map(Me.MyTenant::name).findFirst().orElse(id);
            case PROJECT -> me.tenants().stream()
                    .flatMap(tenant -> tenant.projects().stream())
                    .filter(project -> project.id().toString().equals(id))
                    .map(Me.MyProject::name)
                    .findFirst()
                    .orElse(id);
        };
    }

    /** Ids have the colour they have on every other screen. */
    private static String colour(String id, UsageSeries.By by) {
        if (id.isEmpty()) {
            return Category.EVERYTHING_ELSE;
        }
        return switch (by) {
            case MODEL, PERSON -> Category.css(id);
            case KEY, PROJECT, TENANT -> byId(id);
        };
    }

    private static String byId(String id) {
        try {
            return Category.css(UUID.fromString(id));
        } catch (IllegalArgumentException aName) {
            return Category.css(id);
        }
    }
}
