package dev.penstock.quota.reservation;

import dev.penstock.quota.calendar.Period;
import dev.penstock.quota.calendar.TenantCalendar;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A piece of a phase that lies in one month. It is booked as one row, which never changes and never crosses a month.
 *
 * @param fromSecond seconds since the phase began
 * @param toSecond the same, exclusive
 */
record Stretch(Period month, long fromSecond, long toSecond, Instant startsAt, Instant endsAt) {

    /**
     * The time from {@code fromSecond} to {@code toSecond} of a phase, cut at the turns of months. Pure.
     *
     * @param startedAt in whole seconds, so that no second lies in two months
     */
    static List<Stretch> cut(TenantCalendar calendar, Instant startedAt, long fromSecond, long toSecond) {
        List<Stretch> stretches = new ArrayList<>();
        Instant end = startedAt.plusSeconds(toSecond);
        for (long from = fromSecond; from < toSecond; from = stretches.getLast().toSecond()) {
            Instant startsAt = startedAt.plusSeconds(from);
            Period month = calendar.month(startsAt);
            long to = from + month.secondsShared(startsAt, end);
            stretches.add(new Stretch(month, from, to, startsAt, startedAt.plusSeconds(to)));
        }
        return List.copyOf(stretches);
    }

    long seconds() {
        return toSecond - fromSecond;
    }
}
