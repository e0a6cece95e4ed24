package dev.penstock.quota.reservation;

import dev.penstock.contract.quota.Meter;
import dev.penstock.quota.calendar.Period;
import dev.penstock.quota.calendar.TenantCalendar;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The most that a slice can still turn out to use of a limit, period by period. Pure.
 *
 * <p>Of GPU time it is the lease or, where that is less, the part of the month in which the lease can run. When a slice has not been ready yet,
 * its lease may begin now or as late as {@code latestStart} from now. Over a turn of the month the bounds therefore add up to more than the
 * lease:
 *
 * <pre>
 * reserved on 31 October at 20:00 for 8 hours, ready at once:   4 hours in October, 4 in November
 * the same, ready at 23:30:                                     half an hour in October, 7½ in November
 * the same, ready on 2 November:                                none in October, 8 in November
 * true upper bounds:                                            4 in October, 8 in November
 * </pre>
 *
 * <p>Once it was ready the lease is a fixed stretch, and the bound of a month is what lies in it.
 */
record UpperBound(TenantCalendar calendar, Duration latestStart) {

    /** Amounts by period, in order; periods in which the slice can use nothing are left out. */
    SortedMap<Period, Long> of(Rule rule, Reservation.Held held) {
        return rule.meter() == Meter.SLICES ? new TreeMap<>(Map.of(Period.ALWAYS, 1L)) : gpuTime(held);
    }

    private SortedMap<Period, Long> gpuTime(Reservation.Held held) {
        Terms terms = held.terms();
        Instant ready = held.firstReady();
        Instant from = ready == null ? held.reservedAt() : ready;
        Instant latest = ready == null ? from.plus(latestStart) : ready;
        Instant to = latest.plusSeconds(terms.leaseSeconds());
        SortedMap<Period, Long> bounds = new TreeMap<>();
        for (Period month : calendar.months(from, to)) {
            long seconds = Math.min(terms.leaseSeconds(), month.secondsShared(from, to));
            if (seconds > 0) {
                bounds.put(month, Math.multiplyExact(terms.parts(), seconds));
            }
        }
        return bounds;
    }
}
