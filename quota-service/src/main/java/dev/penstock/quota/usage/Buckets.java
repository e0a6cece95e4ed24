package dev.penstock.quota.usage;

import dev.penstock.contract.quota.UsageSeries;
import dev.penstock.quota.calendar.TenantCalendar;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * A range cut into buckets. Roll-ups are kept by quarter hours of UTC, and every time zone's days begin with one of those, so that each quarter
 * hour lies in one bucket whatever the calendar (since 2000, which is before anything was used). Pure.
 *
 * @param starts of the buckets, in order
 * @param end of the last one
 */
record Buckets(List<Instant> starts, Instant end) {

    static final Duration QUARTER_HOUR = Duration.ofMinutes(15);

    Buckets {
        starts = List.copyOf(starts);
    }

    /** Whole buckets that cover the time from {@code from} until {@code to}, which is later. */
    static Buckets covering(Instant from, Instant to, UsageSeries.Bucket bucket, TenantCalendar calendar) {
        List<Instant> starts = new ArrayList<>();
        Instant at = start(quarterHour(from), bucket, calendar);
        for (; at.isBefore(to); at = next(at, bucket, calendar)) {
            starts.add(at);
        }
        return new Buckets(starts, at);
    }

    /** The start of the quarter hour in which {@code at} falls. */
    static Instant quarterHour(Instant at) {
        return at.minusSeconds(Math.floorMod(at.getEpochSecond(), QUARTER_HOUR.toSeconds())).truncatedTo(ChronoUnit.SECONDS);
    }

    private static Instant start(Instant at, UsageSeries.Bucket bucket, TenantCalendar calendar) {
        return switch (bucket) {
            case QUARTER_HOUR -> at;
            case HOUR -> hour(at, calendar);
            case DAY -> calendar.day(at).start();
            case MONTH -> calendar.month(at).start();
        };
    }

    /** Where the bucket that begins at {@code start} ends. */
    private static Instant next(Instant start, UsageSeries.Bucket bucket, TenantCalendar calendar) {
        return switch (bucket) {
            case QUARTER_HOUR -> start.plus(QUARTER_HOUR);
            case HOUR -> nextHour(start, calendar);
            case DAY -> calendar.day(start).end();
            case MONTH -> calendar.month(start).end();
        };
    }

    /** As clocks on the wall show it: in Kolkata the hours begin at half past those of UTC. */
    private static Instant hour(Instant quarterHour, TenantCalendar calendar) {
        Instant at = quarterHour;
        while (!onTheHour(at, calendar)) {
            at = at.minus(QUARTER_HOUR);
        }
        return at;
    }

    /** Where clocks are set by half an hour, one hour is longer or shorter than the others. */
    private static Instant nextHour(Instant start, TenantCalendar calendar) {
        Instant at = start.plus(QUARTER_HOUR);
        while (!onTheHour(at, calendar)) {
            at = at.plus(QUARTER_HOUR);
        }
        return at;
    }

    private static boolean onTheHour(Instant at, TenantCalendar calendar) {
        return at.atZone(calendar.zone()).getMinute() == 0;
    }
}
