package dev.penstock.ui.usage;

import dev.penstock.contract.quota.UsageSeries.Bucket;
import dev.penstock.ui.base.Address;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The time that is looked at, and the one before it to compare with.
 *
 * @param to exclusive
 * @param beforeTo as far into the time before as now is into this one
 * @param before what the comparison is with, in words
 */
record Range(Kind kind, Instant from, Instant to, Bucket bucket, Instant beforeFrom, Instant beforeTo, String before) {

    static final String RANGE = "range";
    static final String FROM = "from";
    static final String TO = "to";
    static final String EACH = "each";

    /** What the service answers at once. */
    static final int MOST_DAYS = 400;

    /** Up to here a bar is an hour. */
    private static final Duration SHORT = Duration.ofDays(2);

    /** Up to here it may be one where somebody wants it. */
    private static final Duration HOURLY = Duration.ofDays(8);

    /** Up to here a bar is a day. */
    private static final Duration LONG = Duration.ofDays(100);

    enum Kind {
        DAY("24h", "24 h"),
        WEEK("7d", "7 d"),
        MONTH("month", "This month"),
        CUSTOM("custom", "Custom");

        private final String key;
        private final String title;

        Kind(String key, String title) {
            this.key = key;
            this.title = title;
        }

        String key() {
            return key;
        }

        String title() {
            return title;
        }

        private static Kind of(@Nullable String key) {
            for (Kind kind : values()) {
                if (kind.key.equals(key)) {
                    return kind;
                }
            }
            return WEEK;
        }
    }

    /** What the address says; whatever it says, a range the service answers. */
    static Range of(Address address, Instant now, ZoneId zone) {
        Range usual = usual(address, now, zone);
        return usual.mayBeByHour() && address.is(EACH, "hour") ? usual.by(Bucket.HOUR) : usual;
    }

    /** Whether hours can be told apart, and still be answered at once. */
    boolean mayBeByHour() {
        Duration length = Duration.between(from, to);
        return length.compareTo(SHORT) > 0 && length.compareTo(HOURLY) <= 0;
    }

    private Range by(Bucket other) {
        return new Range(kind, from, to, other, beforeFrom, beforeTo, before);
    }

    private static Range usual(Address address, Instant now, ZoneId zone) {
        Kind kind = Kind.of(address.get(RANGE));
        LocalDate today = now.atZone(zone).toLocalDate();
        return switch (kind) {
            case DAY -> day(now);
            case WEEK -> days(kind, today.minusDays(6), today, now, zone);
            case MONTH -> month(YearMonth.from(today), now, zone);
            case CUSTOM -> custom(date(address.get(FROM), today.minusDays(6)), date(address.get(TO), today), now, zone);
        };
    }

    private static Range day(Instant now) {
        Instant from = now.truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(23));
        Duration day = Duration.ofDays(1);
        return new Range(Kind.DAY, from, now, Bucket.HOUR, from.minus(day), now.minus(day), "the 24 h before");
    }

    /** The part of the month before that had passed at the same time of it. */
    private static Range month(YearMonth month, Instant now, ZoneId zone) {
        Instant from = start(month.atDay(1), zone);
        Instant beforeFrom = start(month.minusMonths(1).atDay(1), zone);
        Instant sameTime = beforeFrom.plus(Duration.between(from, now));
        Instant beforeTo = sameTime.isBefore(from) ? sameTime : from;
        return new Range(Kind.MONTH, from, later(now, from), Bucket.DAY, beforeFrom, later(beforeTo, beforeFrom), "last month by then");
    }

    private static Range custom(LocalDate one, LocalDate other, Instant now, ZoneId zone) {
        LocalDate first = one.isBefore(other) ? one : other;
        LocalDate last = one.isBefore(other) ? other : one;
        LocalDate earliest = last.minusDays(MOST_DAYS - 1L);
        return days(Kind.CUSTOM, first.isBefore(earliest) ? earliest : first, last, now, zone);
    }

    private static Range days(Kind kind, LocalDate first, LocalDate last, Instant now, ZoneId zone) {
        Instant from = start(first, zone);
        Instant end = start(last.plusDays(1), zone);
        Instant to = end.isAfter(now) ? later(now, from) : end;
        long days = ChronoUnit.DAYS.between(first, last) + 1;
        Instant beforeFrom = start(first.minusDays(days), zone);
        Instant sameTime = beforeFrom.plus(Duration.between(from, to));
        Duration length = Duration.between(from, end);
        Bucket bucket = length.compareTo(SHORT) <= 0 ? Bucket.HOUR : length.compareTo(LONG) <= 0 ? Bucket.DAY : Bucket.MONTH;
        return new Range(kind, from, to, bucket, beforeFrom, sameTime, "the " + (days == 1 ? "day" : days + " days") + " before");
    }

    /** A range has to end after it begins, also in its first moment. */
    private static Instant later(Instant one, Instant from) {
        return one.isAfter(from) ? one : from.plusSeconds(1);
    }

    private static Instant start(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toInstant();
    }

    /** Nonsense in an address, and years the service does not know, are read as the usual. */
    private static LocalDate date(@Nullable String text, LocalDate otherwise) {
        try {
            LocalDate date = text == null ? otherwise : LocalDate.parse(text);
            return date.getYear() < 2002 || date.getYear() > 2990 ? otherwise : date;
        } catch (DateTimeParseException nonsense) {
            return otherwise;
        }
    }
}
