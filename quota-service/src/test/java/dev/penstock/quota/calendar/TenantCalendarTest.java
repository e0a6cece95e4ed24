package dev.penstock.quota.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TenantCalendarTest {

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            UTC                 | 2026-11-21T09:00:00Z     | 2026-11-01T00:00:00Z | 2026-12-01T00:00:00Z | 720
            UTC                 | 2026-11-01T00:00:00Z     | 2026-11-01T00:00:00Z | 2026-12-01T00:00:00Z | 720
            UTC                 | 2026-10-31T23:59:59.999Z | 2026-10-01T00:00:00Z | 2026-11-01T00:00:00Z | 744
            UTC                 | 2026-12-31T23:59:59Z     | 2026-12-01T00:00:00Z | 2027-01-01T00:00:00Z | 744
            UTC                 | 2028-02-29T12:00:00Z     | 2028-02-01T00:00:00Z | 2028-03-01T00:00:00Z | 696
            Europe/Berlin       | 2026-03-15T00:00:00Z     | 2026-02-28T23:00:00Z | 2026-03-31T22:00:00Z | 743
            Europe/Berlin       | 2026-10-15T00:00:00Z     | 2026-09-30T22:00:00Z | 2026-10-31T23:00:00Z | 745
            Europe/Berlin       | 2026-10-31T22:59:59Z     | 2026-09-30T22:00:00Z | 2026-10-31T23:00:00Z | 745
            Europe/Berlin       | 2026-10-31T23:00:00Z     | 2026-10-31T23:00:00Z | 2026-11-30T23:00:00Z | 720
            Pacific/Kiritimati  | 2026-10-31T10:00:00Z     | 2026-10-31T10:00:00Z | 2026-11-30T10:00:00Z | 720
            Pacific/Pago_Pago   | 2026-11-01T10:59:59Z     | 2026-10-01T11:00:00Z | 2026-11-01T11:00:00Z | 744
            Asia/Kathmandu      | 2026-10-31T18:15:00Z     | 2026-10-31T18:15:00Z | 2026-11-30T18:15:00Z | 720
            America/Sao_Paulo   | 2017-10-15T03:00:00Z     | 2017-10-01T03:00:00Z | 2017-11-01T02:00:00Z | 743
            America/St_Johns    | 2009-11-01T02:29:59Z     | 2009-10-01T02:30:00Z | 2009-11-01T02:30:00Z | 744
            America/St_Johns    | 2009-11-01T02:40:00Z     | 2009-11-01T02:30:00Z | 2009-12-01T03:30:00Z | 721
            """)
    void aMonthHasItsOwnEnds(String zone, Instant at, Instant start, Instant end, long hours) {
        Period expected = new Period(start, end);
        assertThat(new TenantCalendar(ZoneId.of(zone)).month(at)).isEqualTo(expected);
        assertThat(expected.contains(at)).isTrue();
        assertThat(Duration.between(start, end)).isEqualTo(Duration.ofHours(hours));
    }

    @ParameterizedTest(name = "{0}: {1} to {2}")
    @CsvSource(delimiter = '|', textBlock = """
            UTC           | 2026-11-21T09:00:00Z | 2026-11-21T17:00:00Z | 1
            UTC           | 2026-11-30T20:00:00Z | 2026-12-01T00:00:00Z | 1
            UTC           | 2026-11-30T20:00:00Z | 2026-12-01T00:00:01Z | 2
            UTC           | 2026-11-30T20:00:00Z | 2026-11-30T20:00:00Z | 1
            UTC           | 2026-01-31T20:00:00Z | 2027-02-01T00:00:01Z | 14
            Europe/Berlin | 2026-11-30T20:00:00Z | 2026-11-30T23:00:01Z | 2
            """)
    void aStretchTouchesMonths(String zone, Instant from, Instant to, int count) {
        List<Period> months = new TenantCalendar(ZoneId.of(zone)).months(from, to);
        assertThat(months).hasSize(count).isSorted();
        assertThat(months.getFirst().contains(from)).isTrue();
        assertThat(months.stream().mapToLong(month -> month.secondsShared(from, to)).sum()).isEqualTo(Duration.between(from, to).toSeconds());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            UTC                | 2026-11-21T23:59:59.999Z | 2026-11-21T00:00:00Z | 2026-11-22T00:00:00Z
            Europe/Berlin      | 2026-11-21T23:30:00Z     | 2026-11-21T23:00:00Z | 2026-11-22T23:00:00Z
            Europe/Berlin      | 2026-03-29T12:00:00Z     | 2026-03-28T23:00:00Z | 2026-03-29T22:00:00Z
            Europe/Berlin      | 2026-10-25T12:00:00Z     | 2026-10-24T22:00:00Z | 2026-10-25T23:00:00Z
            Pacific/Kiritimati | 2026-11-21T10:00:00Z     | 2026-11-21T10:00:00Z | 2026-11-22T10:00:00Z
            America/Sao_Paulo  | 2017-10-15T03:00:00Z     | 2017-10-15T03:00:00Z | 2017-10-16T02:00:00Z
            Pacific/Apia       | 2011-12-30T09:59:59Z     | 2011-12-29T10:00:00Z | 2011-12-30T10:00:00Z
            """)
    void aDayHasItsOwnEnds(String zone, Instant at, Instant start, Instant end) {
        assertThat(new TenantCalendar(ZoneId.of(zone)).day(at)).isEqualTo(new Period(start, end));
    }

    /** Whatever the clocks do: every half hour of eleven years lies in exactly the day and the month that are said of it, and they leave no gap. */
    @ParameterizedTest
    @ValueSource(strings = {"UTC", "Europe/Berlin", "America/St_Johns", "America/Sao_Paulo", "Asia/Gaza", "Australia/Lord_Howe", "Pacific/Apia"})
    void everyInstantLiesInItsDayAndMonth(String name) {
        TenantCalendar calendar = new TenantCalendar(ZoneId.of(name));
        assertEveryInstantLiesInItsPeriod(calendar::day);
        assertEveryInstantLiesInItsPeriod(calendar::month);
    }

    private static void assertEveryInstantLiesInItsPeriod(Function<Instant, Period> periods) {
        Instant end = Instant.parse("2017-01-01T00:00:00Z");
        Period before = periods.apply(Instant.parse("2006-01-01T12:00:00Z"));
        for (Instant at = before.start(); at.isBefore(end); at = at.plusSeconds(1800)) {
            Period period = periods.apply(at);
            assertThat(period.contains(at)).as("%s at %s", period, at).isTrue();
            assertThat(period.equals(before) || period.start().equals(before.end())).as("%s after %s", period, before).isTrue();
            before = period;
        }
    }

    @Test
    void alwaysContainsEverything() {
        assertThat(Period.ALWAYS.contains(Instant.EPOCH)).isTrue();
        assertThat(Period.ALWAYS.secondsShared(Instant.EPOCH, Instant.EPOCH.plusSeconds(5))).isEqualTo(5);
    }
}
