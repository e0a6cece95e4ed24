package dev.penstock.ui.base;

import dev.penstock.contract.platform.Me;
import dev.penstock.contract.quota.UsageSeries;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The buckets of a series one after the other, those without use too, in the calendar the service cuts them by. */
public record TimeAxis(List<Instant> starts, List<String> labels) {

    /** More than any chart has room for. */
    private static final int MOST = 2_000;

    public static TimeAxis of(UsageSeries series, ZoneId zone) {
        return of(series.from(), series.to(), series.bucket(), zone);
    }

    public static TimeAxis of(Instant from, Instant to, UsageSeries.Bucket bucket, ZoneId zone) {
        var starts = new ArrayList<Instant>();
        var labels = new ArrayList<String>();
        var words = DateTimeFormatter.ofPattern(pattern(bucket), Locale.UK).withZone(zone);
        for (ZonedDateTime at = from.atZone(zone); at.toInstant().isBefore(to) && starts.size() < MOST; at = next(at, bucket)) {
            starts.add(at.toInstant());
            labels.add(words.format(at));
        }
        return new TimeAxis(List.copyOf(starts), List.copyOf(labels));
    }

    /** Of one tenant its own; otherwise the services count days of UTC. */
    public static ZoneId zone(Scope scope, Me me) {
        Me.MyTenant tenant = scope.tenant();
        if (tenant == null && !Roles.seesAllTenants(me) && me.tenants().size() == 1) {
            tenant = me.tenants().getFirst();
        }
        try {
            return ZoneId.of(tenant == null ? "UTC" : tenant.timeZone());
        } catch (DateTimeException unknownToThisJvm) {
            return ZoneId.of("UTC");
        }
    }

    private static ZonedDateTime next(ZonedDateTime at, UsageSeries.Bucket bucket) {
        return switch (bucket) {
            case QUARTER_HOUR -> at.plusMinutes(15);
            case HOUR -> at.plusHours(1);
            case DAY -> at.truncatedTo(ChronoUnit.DAYS).plusDays(1);
            case MONTH -> at.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1).plusMonths(1);
        };
    }

    private static String pattern(UsageSeries.Bucket bucket) {
        return switch (bucket) {
            case QUARTER_HOUR, HOUR -> "d MMM HH:mm";
            case DAY -> "d MMM";
            case MONTH -> "MMM yyyy";
        };
    }
}
