package dev.penstock.quota.reservation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.quota.calendar.TenantCalendar;
import java.time.Instant;
import java.time.ZoneId;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StretchTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            within a month           | UTC              | 2026-11-10T00:00:00Z | 0   | 100  | 0-100
            from where it was        | UTC              | 2026-11-10T00:00:00Z | 40  | 100  | 40-100
            nothing new              | UTC              | 2026-11-10T00:00:00Z | 100 | 100  | ''
            up to the turn           | UTC              | 2026-11-30T23:59:00Z | 0   | 60   | 0-60
            one second over the turn | UTC              | 2026-11-30T23:59:00Z | 0   | 61   | 0-60 60-61
            all after the turn       | UTC              | 2026-11-30T23:59:00Z | 60  | 90   | 60-90
            another zone's turn      | Asia/Kathmandu   | 2026-10-31T18:14:00Z | 0   | 120  | 0-60 60-120
            two turns                | UTC              | 2026-01-31T23:59:59Z | 0   | 2419202 | 0-1 1-2419201 2419201-2419202
            """)
    void timeIsCutAtTurnsOfMonths(String title, String zone, Instant startedAt, long from, long to, String expected) {
        TenantCalendar calendar = new TenantCalendar(ZoneId.of(zone));
        var stretches = Stretch.cut(calendar, startedAt, from, to);
        assertThat(stretches.stream().map(stretch -> stretch.fromSecond() + "-" + stretch.toSecond()).collect(Collectors.joining(" "))).isEqualTo(expected);
        assertThat(stretches).allSatisfy(stretch -> {
            assertThat(stretch.month().contains(stretch.startsAt())).isTrue();
            assertThat(stretch.endsAt()).isBeforeOrEqualTo(stretch.month().end());
        });
    }
}
