package dev.penstock.quota.reservation;

import dev.penstock.quota.calendar.Period;
import dev.penstock.quota.calendar.TenantCalendar;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * A piece of a phase that lies in one month and has one price. It is booked as one row, which never changes and never crosses either.
 *
 * @param fromSecond seconds since the phase began
 * @param toSecond the same, exclusive
 */
record Stretch(Period month, long fromSecond, long toSecond, Instant startsAt, Instant endsAt) {

    /**
     * The time from {@code fromSecond} to {@code toSecond} of a phase, cut at the turns of months and of prices. Pure.
     *
     * @param startedAt in whole seconds, so that no second lies in two months
     * @param priceChanges in order; a second in the middle of which one falls has the price it began with
     */
    static List<Stretch> cut(TenantCalendar calendar, List<Instant> priceChanges, Instant startedAt, long fromSecond, long toSecond) {
        List<Stretch> stretches = new ArrayList<>();
        Instant end = startedAt.plusSeconds(toSecond);
        for (long from = fromSecond; from < toSecond; from = stretches.getLast().toSecond()) {
            Instant startsAt = startedAt.plusSeconds(from);
            Period month = calendar.month(startsAt);
            long to = from + month.secondsShared(startsAt, nextChange(priceChanges, startsAt, end));
            stretches.add(new Stretch(month, from, to, startsAt, startedAt.plusSeconds(to)));
        }
        return List.copyOf(stretches);
    }

    private static Instant nextChange(List<Instant> changes, Instant after, Instant end) {
        return changes.stream().map(Stretch::wholeSecond).filter(change -> change.isAfter(after) && change.isBefore(end)).findFirst().orElse(end);
    }

    private static Instant wholeSecond(Instant at) {
        return at.getNano() == 0 ? at : at.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    }

    long seconds() {
        return toSecond - fromSecond;
    }
}
