package dev.penstock.quota.usage;

import dev.penstock.contract.Problem;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.CallPage;
import dev.penstock.contract.quota.CallRow;
import dev.penstock.contract.quota.UsagePoint;
import dev.penstock.contract.quota.UsageSeries;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.quota.calendar.TenantCalendar;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Usage as pages show it. */
@Component
class UsageViews {

    static final int PAGE = 50;

    /** Some megabytes of answer; more is not drawn by any chart. */
    static final int MOST_POINTS = 20_000;

    private static final Comparator<UsagePoint> IN_ORDER =
            Comparator.comparing(UsagePoint::at).thenComparing(UsagePoint::group, Comparator.nullsLast(Comparator.naturalOrder()));

    private final UsageSight sight;
    private final CallTable calls;
    private final RollupTable rollups;
    private final Retention retention;

    UsageViews(UsageSight sight, CallTable calls, RollupTable rollups, Retention retention) {
        this.sight = sight;
        this.calls = calls;
        this.rollups = rollups;
        this.retention = retention;
    }

    /** @throws ProblemException {@code not_found}, or {@code invalid_input} if it would be too many points */
    UsageSeries series(UsageQuestion question, UsageSeries.Bucket bucket, UsageSeries.By by) {
        List<UsageSight.Part> parts = sight.parts(question.tenant(), question.project());
        Buckets buckets = Buckets.covering(question.range().from(), question.range().to(), bucket, new TenantCalendar(zone(parts)));
        List<UsagePoint> points = parts.stream()
                .flatMap(part -> sight.read(part, seen -> rollups.points(
                                question.in(seen, buckets.starts().getFirst(), buckets.end()), buckets, by, MOST_POINTS + 1))
                        .stream())
                .sorted(IN_ORDER)
                .toList();
        if (points.size() > MOST_POINTS) {
            throw new ProblemException(Problem.INVALID_INPUT, "bucket: this would be more than " + MOST_POINTS + " points; ask for longer buckets or a shorter range.")
                    .with("points", MOST_POINTS);
        }
        return new UsageSeries(buckets.starts().getFirst(), buckets.end(), bucket, points);
    }

    /** @throws ProblemException {@code not_found} */
    CallPage page(UsageQuestion question, @Nullable CallCursor after) {
        List<UsageSight.Part> parts = sight.parts(question.tenant(), question.project());
        List<CallRow> found = parts.stream()
                .flatMap(part -> sight.read(part, seen -> calls.newest(question.in(seen), after, PAGE + 1)).stream())
                .sorted(Comparator.comparing(CallTable::place).reversed())
                .limit(PAGE + 1)
                .toList();
        List<CallRow> page = found.subList(0, Math.min(PAGE, found.size()));
        return new CallPage(
                List.copyOf(page), found.size() > PAGE ? CallTable.place(page.getLast()).text() : null, retention.archivedBefore(sight, parts, question.range().from()));
    }

    /** Days and months are those of the tenant, where it is one; of several they are those of UTC. */
    private ZoneId zone(List<UsageSight.Part> parts) {
        List<TenantId> tenants = parts.stream().flatMap(part -> Stream.ofNullable(part.tenant())).toList();
        return parts.size() == 1 && tenants.size() == 1 ? sight.read(parts.getFirst(), part -> rollups.zone(tenants.getFirst())) : ZoneOffset.UTC;
    }
}
