package dev.penstock.quota.reservation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.quota.calendar.TenantCalendar;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
        var stretches = Stretch.cut(calendar, List.of(), startedAt, from, to);
        assertThat(stretches.stream().map(stretch -> stretch.fromSecond() + "-" + stretch.toSecond()).collect(Collectors.joining(" "))).isEqualTo(expected);
        assertThat(stretches).allSatisfy(stretch -> {
            assertThat(stretch.month().contains(stretch.startsAt())).isTrue();
            assertThat(stretch.endsAt()).isBeforeOrEqualTo(stretch.month().end());
        });
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            at a new price            | 2026-11-10T00:00:40Z                      | 0-40 40-100
            in the middle of a second | 2026-11-10T00:00:40.5Z                    | 0-41 41-100
            at its very beginning     | 2026-11-10T00:00:00Z                      | 0-100
            at its very end           | 2026-11-10T00:01:40Z                      | 0-100
            at two within a second    | 2026-11-10T00:00:40.2Z 2026-11-10T00:00:40.7Z | 0-41 41-100
            at each                   | 2026-11-10T00:00:10Z 2026-11-10T00:00:20Z | 0-10 10-20 20-100
            """)
    void timeIsCutWhereItsPriceChanges(String title, String changes, String expected) {
        TenantCalendar utc = new TenantCalendar(ZoneId.of("UTC"));
        var stretches = Stretch.cut(utc, Stream.of(changes.split(" ")).map(Instant::parse).toList(), Instant.parse("2026-11-10T00:00:00Z"), 0, 100);
        assertThat(stretches.stream().map(stretch -> stretch.fromSecond() + "-" + stretch.toSecond()).collect(Collectors.joining(" "))).isEqualTo(expected);
    }
}
