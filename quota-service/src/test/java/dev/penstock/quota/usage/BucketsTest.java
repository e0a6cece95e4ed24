package dev.penstock.quota.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.contract.quota.UsageSeries.Bucket;
import dev.penstock.quota.calendar.TenantCalendar;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BucketsTest {

    @ParameterizedTest(name = "{0}: {1} by {4}")
    @CsvSource(delimiter = '|', textBlock = """
            # zone              | from                 | to                   | bucket       | first                | number | end
              UTC               | 2026-11-21T10:07:00Z | 2026-11-21T10:31:00Z | QUARTER_HOUR | 2026-11-21T10:00:00Z | 3      | 2026-11-21T10:45:00Z
              UTC               | 2026-11-21T10:15:00Z | 2026-11-21T10:30:00Z | QUARTER_HOUR | 2026-11-21T10:15:00Z | 1      | 2026-11-21T10:30:00Z
              UTC               | 2026-11-21T10:07:00Z | 2026-11-21T12:00:00Z | HOUR         | 2026-11-21T10:00:00Z | 2      | 2026-11-21T12:00:00Z
              Asia/Kolkata      | 2026-11-21T10:07:00Z | 2026-11-21T12:00:00Z | HOUR         | 2026-11-21T09:30:00Z | 3      | 2026-11-21T12:30:00Z
              Asia/Kathmandu    | 2026-11-21T10:07:00Z | 2026-11-21T10:20:00Z | HOUR         | 2026-11-21T09:15:00Z | 2      | 2026-11-21T11:15:00Z
              Asia/Kolkata      | 2026-11-21T10:07:00Z | 2026-11-21T18:31:00Z | DAY          | 2026-11-20T18:30:00Z | 2      | 2026-11-22T18:30:00Z
              Europe/Berlin     | 2026-10-24T22:00:00Z | 2026-10-26T00:00:00Z | DAY          | 2026-10-24T22:00:00Z | 2      | 2026-10-26T23:00:00Z
              Europe/Berlin     | 2026-10-25T00:00:00Z | 2026-10-25T02:00:00Z | HOUR         | 2026-10-25T00:00:00Z | 2      | 2026-10-25T02:00:00Z
              Europe/Berlin     | 2026-10-01T00:00:00Z | 2026-11-01T00:00:00Z | MONTH        | 2026-09-30T22:00:00Z | 2      | 2026-11-30T23:00:00Z
              America/St_Johns  | 2009-10-20T00:00:00Z | 2009-11-01T02:35:00Z | MONTH        | 2009-10-01T02:30:00Z | 2      | 2009-12-01T03:30:00Z
              America/St_Johns  | 2026-11-21T10:07:00Z | 2026-11-21T10:20:00Z | HOUR         | 2026-11-21T09:30:00Z | 1      | 2026-11-21T10:30:00Z
              Australia/Lord_Howe | 2026-04-04T14:00:00Z | 2026-04-04T15:45:00Z | HOUR       | 2026-04-04T14:00:00Z | 2      | 2026-04-04T16:30:00Z
            """)
    void aRangeIsWidenedToWholeBuckets(String zone, Instant from, Instant to, Bucket bucket, Instant first, int number, Instant end) {
        Buckets buckets = Buckets.covering(from, to, bucket, new TenantCalendar(ZoneId.of(zone)));
        assertThat(buckets.starts()).hasSize(number).isSorted();
        assertThat(buckets.starts().getFirst()).isEqualTo(first);
        assertThat(buckets.end()).isEqualTo(end);
    }

    /** Whatever the clocks do: buckets begin with quarter hours, leave no gap, and the widened range is cut into the same buckets again. */
    @ParameterizedTest
    @ValueSource(strings = {"UTC", "Europe/Berlin", "Asia/Kolkata", "Asia/Kathmandu", "America/St_Johns", "America/Sao_Paulo", "Australia/Lord_Howe", "Pacific/Apia", "Pacific/Chatham"})
    void everyQuarterHourLiesInOneBucket(String zone) {
        TenantCalendar calendar = new TenantCalendar(ZoneId.of(zone));
        for (int year = 2006; year <= 2026; year += 4) {
            Instant from = Instant.parse(year + "-01-13T05:05:05Z");
            Instant to = Instant.parse(year + "-12-29T17:17:17Z");
            for (Bucket bucket : List.of(Bucket.HOUR, Bucket.DAY, Bucket.MONTH)) {
                Buckets buckets = Buckets.covering(from, to, bucket, calendar);
                assertThat(buckets.starts()).isSorted().doesNotHaveDuplicates().allMatch(start -> start.getEpochSecond() % 900 == 0);
                assertThat(buckets.starts().getFirst()).isBeforeOrEqualTo(from);
                assertThat(buckets.starts().getLast()).isBefore(to);
                assertThat(buckets.end()).isAfterOrEqualTo(to);
                assertThat(Buckets.covering(buckets.starts().getFirst(), buckets.end(), bucket, calendar)).as("%s by %s", zone, bucket).isEqualTo(buckets);
            }
        }
    }

    @Test
    void aRangeHasBounds() {
        Instant from = Instant.parse("2026-01-01T00:00:00Z");
        assertThat(new UsageRange(from, from.plus(UsageRange.LONGEST)).from()).isEqualTo(from);
        assertThatThrownBy(() -> new UsageRange(from, from.plus(UsageRange.LONGEST).plusMillis(1))).hasMessageContaining("400 days");
        assertThatThrownBy(() -> new UsageRange(from, from)).hasMessageContaining("before it ends");
        assertThatThrownBy(() -> new UsageRange(Instant.MIN, Instant.MAX)).hasMessageContaining("before it ends");
        assertThatThrownBy(() -> new UsageRange(Instant.parse("1850-01-01T00:00:00Z"), Instant.parse("1850-02-01T00:00:00Z"))).hasMessageContaining("between 2000");
    }
}
