package dev.penstock.quota.calendar;

import dev.penstock.contract.quota.Window;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Days and months as the tenant lives them. A month begins with the first instant of its first day in the zone, which is not always midnight: where
 * clocks are set forward at midnight, the day begins at one.
 */
public record TenantCalendar(ZoneId zone) implements Periods {

    /** Minutes and hours are aligned alike for everybody, whatever the zone's offset. */
    @Override
    public Period period(Window window, Instant at) {
        return switch (window) {
            case NOW, LIFE -> Period.ALWAYS;
            case MINUTE -> aligned(ChronoUnit.MINUTES, at);
            case HOUR -> aligned(ChronoUnit.HOURS, at);
            case DAY -> day(at);
            case MONTH -> month(at);
        };
    }

    /** The day in which {@code at} falls. */
    public Period day(Instant at) {
        LocalDate local = LocalDate.ofInstant(at, zone);
        LocalDate next = local.plusDays(1);
        // As with months below: a day that has begun does not begin twice.
        LocalDate day = at.isBefore(start(next)) ? local : next;
        return new Period(start(day), start(day.plusDays(1)));
    }

    /** The month in which {@code at} falls. */
    public Period month(Instant at) {
        return month(monthOf(at));
    }

    /** The month of that name. */
    public Period month(YearMonth month) {
        return new Period(start(month), start(month.plusMonths(1)));
    }

    /** Every month that has a part of the stretch from {@code from} to {@code to}, in order; of an empty stretch, the one month it lies in. */
    public List<Period> months(Instant from, Instant to) {
        List<Period> months = new ArrayList<>();
        YearMonth month = monthOf(from);
        do {
            months.add(month(month));
            month = month.plusMonths(1);
        } while (start(month).isBefore(to));
        return List.copyOf(months);
    }

    /**
     * The name of the month in which {@code at} falls: by the local date, except where clocks were set back over midnight of the first: St. John's went from 00:01 on 1 November 2009 back to
     * 23:01 on 31 October. The month had begun by then and does not begin twice.
     */
    public YearMonth monthOf(Instant at) {
        YearMonth local = YearMonth.from(at.atZone(zone));
        YearMonth next = local.plusMonths(1);
        return at.isBefore(start(next)) ? local : next;
    }

    private Instant start(YearMonth month) {
        return start(month.atDay(1));
    }

    private Instant start(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }

    private static Period aligned(ChronoUnit unit, Instant at) {
        Instant start = at.truncatedTo(unit);
        return new Period(start, start.plus(1, unit));
    }
}
