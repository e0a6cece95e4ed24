package dev.penstock.quota.reservation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.contract.SliceId;
import dev.penstock.contract.quota.SliceTime;
import dev.penstock.frame.identity.Actor;
import dev.penstock.quota.AdjustableClock;
import dev.penstock.quota.RunningService;
import dev.penstock.quota.TestTenant;
import dev.penstock.quota.access.Access;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Time of slices, with the clock in the test's hand; one part, so that part-seconds are seconds. */
class SliceTimeTest {

    private static final Actor REPORTER = new Actor("platform-backend", Actor.Kind.SERVICE);
    private static final Instant NOON = Instant.parse("2026-05-10T12:00:00Z");

    private final RunningService service = RunningService.get();
    private final AdjustableClock clock = service.bean(AdjustableClock.class);
    private final Reservations reservations = service.bean(Reservations.class);
    private final SliceTimes times = service.bean(SliceTimes.class);
    private final SliceId slice = TestTenant.newSlice();
    private TestTenant tenant = TestTenant.register().unlimited();

    @AfterEach
    void letTimeRun() {
        clock.followRealTime();
        // The copy of memberships was read in the test's time; by the real clock it is months old, and would let nobody in until the next poll.
        service.bean(Access.class).changed();
    }

    /** Reports as {@code phase:seconds}, in the order in which they arrive; what is booked in the end. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            growing               | 1:10 1:20 1:60       | 60  | 0-10 10-20 20-60
            repeated              | 1:10 1:10 1:60 1:60  | 60  | 0-10 10-60
            out of order          | 1:60 1:10 1:20       | 60  | 0-60
            nothing yet           | 1:0                  | 0   | ''
            nothing, then some    | 1:0 1:5              | 5   | 0-5
            two phases            | 1:30 2:10 1:40 2:15  | 55  | 0-30 30-40 0-10 10-15
            the second one first  | 2:15 1:40 2:15       | 55  | 0-40 0-15
            """)
    void theDifferenceIsBooked(String title, String reports, long booked, String rows) {
        at(NOON);
        reserve(3600);
        at(NOON.plusSeconds(200));
        for (String report : reports.split(" ")) {
            String[] parts = report.split(":");
            int phase = Integer.parseInt(parts[0]);
            report(phase, NOON.plusSeconds(phase * 60L), Long.parseLong(parts[1]));
        }
        assertThat(use("2026-05-01")).isEqualTo(booked + "/" + (3600 - booked));
        assertThat(String.join(" ", service.column("""
                select from_second || '-' || to_second from quota.slice_usage where slice_id = '%s' order by phase, from_second""".formatted(slice))))
                .isEqualTo(rows);
    }

    @Test
    void aPhaseHasOneBeginning() {
        at(NOON);
        reserve(3600);
        at(NOON.plusSeconds(100));
        report(1, NOON.plusSeconds(5), 10);
        report(1, NOON.plusSeconds(5).plusMillis(700), 20);
        assertThatThrownBy(() -> report(1, NOON.plusSeconds(6), 30)).hasMessageContaining("Phase 1 was reported to have begun at " + NOON.plusSeconds(5));
        assertThat(use("2026-05-01")).isEqualTo("20/3580");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            more than has passed     | 0      | 401                 | seconds
            a number without end     | 0      | 9223372036854775807 | seconds
            begun before it was held | -301   | 1                   | startedAt
            begun in the future      | 401    | 0                   | startedAt
            """)
    void timeThatCannotHavePassedIsRefused(String title, long start, long seconds, String named) {
        at(NOON);
        reserve(3600);
        at(NOON.plusSeconds(100));
        assertThatThrownBy(() -> report(1, NOON.plusSeconds(start), seconds)).hasMessageStartingWith(named + ":");
        assertThat(use("2026-05-01")).isEqualTo("0/3600");
    }

    @Test
    void whatOfTheLeaseWasNotUsedIsGivenBackToTheSecond() {
        at(NOON);
        reserve(3600);
        at(NOON.plusSeconds(1700));
        report(1, NOON.plusSeconds(10), 599);
        assertThat(use("2026-05-01")).as("suspended: nothing runs, and the rest stays set aside").isEqualTo("599/3001");
        report(2, NOON.plusSeconds(1400), 300);
        reservations.release(REPORTER, tenant.id(), slice);
        assertThat(use("2026-05-01")).isEqualTo("899/0");
    }

    @Test
    void timeReportedAfterTheReleaseIsBookedAllTheSame() {
        at(NOON);
        reserve(3600);
        at(NOON.plusSeconds(100));
        report(1, NOON, 50);
        reservations.release(REPORTER, tenant.id(), slice);
        assertThat(use("2026-05-01")).isEqualTo("50/0");
        report(1, NOON, 80);
        assertThat(use("2026-05-01")).isEqualTo("80/0");
    }

    @Test
    void timeOfASliceThatWasNeverReservedIsRefused() {
        assertThatThrownBy(() -> report(1, NOON, 1)).hasMessageContaining("no such thing");
        reservations.release(REPORTER, tenant.id(), slice);
        assertThatThrownBy(() -> report(1, NOON, 1)).hasMessageContaining("released before it was reserved");
    }

    @Test
    void timeBeyondTheLeaseIsBookedAndLeavesNothingSetAside() {
        at(NOON);
        reserve(60);
        at(NOON.plusSeconds(100));
        report(1, NOON, 90);
        assertThat(use("2026-05-01")).isEqualTo("90/0");
        reservations.release(REPORTER, tenant.id(), slice);
        assertThat(use("2026-05-01")).isEqualTo("90/0");
    }

    @Test
    void overTheTurnOfAMonthEachMonthGetsItsOwn() {
        tenant = TestTenant.register("Pacific/Auckland").unlimited();
        Instant turn = Instant.parse("2026-05-31T12:00:00Z");
        at(turn.minusSeconds(3000));
        reserve(4000);
        assertThat(use("2026-04-30")).as("until the turn").isEqualTo("0/3000");
        assertThat(use("2026-05-31")).as("the whole lease, if it starts late").isEqualTo("0/4000");
        at(turn.plusSeconds(2000));
        report(1, turn.minusSeconds(1000), 600);
        report(1, turn.minusSeconds(1000), 2500);
        assertThat(use("2026-04-30")).isEqualTo("1000/2000");
        assertThat(use("2026-05-31")).isEqualTo("1500/2500");
        assertThat(service.column("select starts_at >= '%1$s' or ends_at <= '%1$s' from quota.slice_usage where slice_id = '%2$s'".formatted(turn, slice)))
                .containsOnly("t").hasSize(3);
        reservations.release(REPORTER, tenant.id(), slice);
        assertThat(use("2026-04-30")).isEqualTo("1000/0");
        assertThat(use("2026-05-31")).isEqualTo("1500/0");
    }

    @Test
    void anExtensionAsksOnlyForWhatItAddsOnceTheStartIsKnown() {
        Instant turn = Instant.parse("2026-06-01T00:00:00Z");
        at(turn.minusSeconds(10_000));
        reserve(1000);
        at(turn.minusSeconds(9000));
        report(1, turn.minusSeconds(9500), 500);
        assertThat(use("2026-05-01")).isEqualTo("500/500");
        assertThat(use("2026-06-01")).isEqualTo("0/1000");
        reserve(9600);
        assertThat(use("2026-05-01")).as("9,500 s until the turn").isEqualTo("500/9000");
        assertThat(use("2026-06-01")).as("the 100 s after it were set aside before").isEqualTo("0/1000");
        reserve(20_000);
        assertThat(use("2026-06-01")).isEqualTo("0/10500");
    }

    @Test
    void timeOfAMonthThatWasNotSetAsideIsCountedInIt() {
        at(NOON);
        reserve(60);
        Instant late = Instant.parse("2026-07-02T00:00:00Z");
        at(late.plusSeconds(100));
        report(1, late, 40);
        assertThat(use("2026-07-01")).isEqualTo("40/0");
        assertThat(use("2026-05-01")).isEqualTo("0/60");
    }

    private void at(Instant now) {
        clock.set(now);
    }

    private void reserve(long leaseSeconds) {
        reservations.reserve(REPORTER, tenant.id(), slice, new Terms(tenant.project(), TestTenant.PROFILE, 1, leaseSeconds));
    }

    private void report(int phase, Instant startedAt, long seconds) {
        times.record(REPORTER, tenant.id(), slice, phase, new SliceTime(startedAt, seconds));
    }

    /** {@code settled/leased} of the tenant's GPU time in the month that begins on a day in UTC. */
    private String use(String day) {
        return String.join(" ", service.column("""
                select settled || '/' || leased from quota.limit_period
                 where limit_id = '%s' and (period_start at time zone 'UTC')::date = '%s'"""
                .formatted(tenant.limitId(null, "GPU_TIME", null), day)));
    }
}
