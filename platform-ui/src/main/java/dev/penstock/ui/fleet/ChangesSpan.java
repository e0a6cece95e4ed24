package dev.penstock.ui.fleet;

import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.PersonTime;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * Between which days changes are listed.
 *
 * @param last included
 */
record ChangesSpan(LocalDate first, LocalDate last, ZoneId zone) {

    static final String FROM = "from";
    static final String TO = "to";

    private static final int USUAL_DAYS = 7;
    /** What the service answers at once. */
    private static final int MOST_DAYS = 399;

    /** What the address says, else the days up to the one that is looked at; whatever it says, a span that is answered. */
    static ChangesSpan of(Address address, Instant at) {
        ZoneId zone = PersonTime.zone();
        LocalDate last = date(address.get(TO), at.atZone(zone).toLocalDate());
        LocalDate first = date(address.get(FROM), last.minusDays(USUAL_DAYS - 1));
        if (first.isAfter(last)) {
            return new ChangesSpan(last, last, zone);
        }
        return new ChangesSpan(first.isBefore(last.minusDays(MOST_DAYS)) ? last.minusDays(MOST_DAYS) : first, last, zone);
    }

    Instant from() {
        return first.atStartOfDay(zone).toInstant();
    }

    Instant until() {
        return last.plusDays(1).atStartOfDay(zone).toInstant();
    }

    private static LocalDate date(@Nullable String text, LocalDate otherwise) {
        try {
            return text == null ? otherwise : LocalDate.parse(text);
        } catch (DateTimeParseException none) {
            return otherwise;
        }
    }
}
