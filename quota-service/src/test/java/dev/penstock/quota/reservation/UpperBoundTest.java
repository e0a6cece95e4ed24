package dev.penstock.quota.reservation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.SliceId;
import dev.penstock.contract.quota.Meter;
import dev.penstock.quota.calendar.Period;
import dev.penstock.quota.calendar.TenantCalendar;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpperBoundTest {

    private static final ProjectId PROJECT = new ProjectId(new UUID(1, 1));
    private static final Rule TIME = new Rule(new LimitId(new UUID(2, 2)), null, "t", Meter.GPU_TIME, null, null);
    private static final Rule SLICES = new Rule(new LimitId(new UUID(2, 3)), null, "t", Meter.SLICES, "p", 1L);

    /** One part, so that part-seconds are seconds; bounds in hours, month by month. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            within the month                                | UTC           | 2026-11-10T08:00:00Z |                      | 8   | 24  | 8
            the turn of the month within the lease          | UTC           | 2026-10-31T20:00:00Z |                      | 8   | 0   | 4 4
            the same, and it may start a day late           | UTC           | 2026-10-31T20:00:00Z |                      | 8   | 24  | 4 8
            the lease ends where the month ends             | UTC           | 2026-10-31T20:00:00Z |                      | 4   | 0   | 4
            it may start after the month                    | UTC           | 2026-10-31T20:00:00Z |                      | 4   | 24  | 4 4
            the month turns earlier in Auckland             | Pacific/Auckland | 2026-10-31T08:00:00Z |                   | 8   | 0   | 3 5
            and later in Pago Pago                          | Pacific/Pago_Pago | 2026-10-31T20:00:00Z |                  | 8   | 0   | 8
            a lease over three months                       | UTC           | 2026-01-31T00:00:00Z |                      | 720 | 0   | 24 672 24
            October has an hour more in Berlin              | Europe/Berlin | 2026-09-30T22:00:00Z |                      | 8000 | 0  | 745 720 744 744 672 743 720 744 720 744 704
            ready at once                                   | UTC           | 2026-10-31T20:00:00Z | 2026-10-31T20:00:00Z | 8   | 24  | 4 4
            ready just before the turn                      | UTC           | 2026-10-31T20:00:00Z | 2026-10-31T23:00:00Z | 8   | 24  | 1 7
            ready after the turn                            | UTC           | 2026-10-31T20:00:00Z | 2026-11-02T00:00:00Z | 8   | 24  | 8
            """)
    void gpuTimeIsBoundedMonthByMonth(
            String title, String zone, Instant reservedAt, Instant firstReady, long leaseHours, long latestStartHours, String hours) {
        Reservation.Held held = held(1, leaseHours * 3600, reservedAt, firstReady);
        Map<Period, Long> bounds = new UpperBound(new TenantCalendar(ZoneId.of(zone)), Duration.ofHours(latestStartHours)).of(TIME, held);
        assertThat(bounds.values().stream().map(seconds -> Long.toString(seconds / 3600)).collect(Collectors.joining(" "))).isEqualTo(hours);
    }

    /** Whenever it starts, within what is allowed for, no month holds more of the lease than is set aside for it. */
    @Test
    void noStartUsesMoreThanIsSetAside() {
        TenantCalendar calendar = new TenantCalendar(ZoneId.of("Europe/Berlin"));
        Instant reservedAt = Instant.parse("2026-10-28T10:17:00Z");
        for (long lease : new long[] {60, 3600, 86_400, 5 * 86_400, 40 * 86_400}) {
            Map<Period, Long> bounds = new UpperBound(calendar, Duration.ofDays(7)).of(TIME, held(120, lease, reservedAt, null));
            for (long late = 0; late <= 7 * 86_400; late += 1800) {
                Instant start = reservedAt.plusSeconds(late);
                for (Stretch stretch : Stretch.cut(calendar, List.of(), start, 0, lease)) {
                    assertThat(stretch.seconds() * 120).isLessThanOrEqualTo(bounds.getOrDefault(stretch.month(), 0L));
                }
            }
        }
    }

    @Test
    void aSliceCountsOnceAndForAsLongAsItIsHeld() {
        UpperBound bound = new UpperBound(new TenantCalendar(ZoneId.of("UTC")), Duration.ZERO);
        assertThat(bound.of(SLICES, held(120, 60, Instant.EPOCH, null))).containsExactly(Map.entry(Period.ALWAYS, 1L));
    }

    private static Reservation.Held held(int parts, long leaseSeconds, Instant reservedAt, Instant firstReady) {
        return new Reservation.Held(new SliceId(new UUID(3, 3)), new Terms(PROJECT, "p", parts, leaseSeconds), reservedAt, firstReady, 0);
    }
}
