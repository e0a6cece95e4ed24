package dev.penstock.ui.usage;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.router.Location;
import dev.penstock.contract.quota.UsageSeries.Bucket;
import dev.penstock.ui.base.Address;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RangeTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static Range range(String address, String now) {
        return Range.of(Address.of(new Location(address)), Instant.parse(now), BERLIN);
    }

    @ParameterizedTest(name = "{0} at {1}: {2} to {3}, compared with {4} to {5}")
    @CsvSource({
        "usage?range=24h, 2026-11-20T14:32:00Z, 2026-11-19T15:00:00Z, 2026-11-20T14:32:00Z, 2026-11-18T15:00:00Z, 2026-11-19T14:32:00Z, HOUR",
        "usage, 2026-11-20T14:32:00Z, 2026-11-13T23:00:00Z, 2026-11-20T14:32:00Z, 2026-11-06T23:00:00Z, 2026-11-13T14:32:00Z, DAY",
        "usage?range=month, 2026-11-20T14:32:00Z, 2026-10-31T23:00:00Z, 2026-11-20T14:32:00Z, 2026-09-30T22:00:00Z, 2026-10-20T13:32:00Z, DAY",
        // March has more days than February had.
        "usage?range=month, 2026-03-31T12:00:00Z, 2026-02-28T23:00:00Z, 2026-03-31T12:00:00Z, 2026-01-31T23:00:00Z, 2026-02-28T23:00:00Z, DAY",
        "usage?range=custom&from=2026-11-01&to=2026-11-02, 2026-11-20T14:32:00Z, 2026-10-31T23:00:00Z, 2026-11-02T23:00:00Z, 2026-10-29T23:00:00Z, 2026-10-31T23:00:00Z, HOUR",
        // Turned round, and over the day on which clocks go back.
        "usage?range=custom&from=2026-10-26&to=2026-10-20, 2026-11-20T14:32:00Z, 2026-10-19T22:00:00Z, 2026-10-26T23:00:00Z, 2026-10-12T22:00:00Z, 2026-10-19T23:00:00Z, DAY",
    })
    void aRangeAndTheTimeBeforeIt(
            String address, String now, Instant from, Instant to, Instant beforeFrom, Instant beforeTo, Bucket bucket) {
        Range range = range(address, now);

        assertThat(range).extracting(Range::from, Range::to, Range::beforeFrom, Range::beforeTo, Range::bucket).containsExactly(from, to, beforeFrom, beforeTo, bucket);
    }

    @ParameterizedTest
    @CsvSource({
        "usage?range=custom&from=1066-10-14&to=9999-12-31", "usage?range=custom&from=2003-01-01&to=2026-11-20", "usage?range=custom&from=x&to=2027-05-01", "usage?range=nonsense",
    })
    void whateverTheAddressSaysTheServiceCanAnswer(String address) {
        Range range = range(address, "2026-11-20T14:32:00Z");

        assertThat(range.from()).isBefore(range.to());
        assertThat(range.beforeFrom()).isBefore(range.beforeTo());
        assertThat(Duration.between(range.from(), range.to())).isLessThanOrEqualTo(Duration.ofDays(Range.MOST_DAYS));
    }

    @ParameterizedTest(name = "{0}: {1}, a choice: {2}")
    @CsvSource({
        "usage, DAY, true",
        "usage?each=hour, HOUR, true",
        "usage?range=24h&each=day, HOUR, false",
        "usage?range=month&each=hour, DAY, false",
        "usage?range=custom&from=2026-11-01&to=2026-11-08&each=hour, HOUR, true",
        "usage?range=custom&from=2026-11-01&to=2026-11-09&each=hour, DAY, false",
        "usage?range=custom&from=2026-11-01&to=2026-11-02&each=day, HOUR, false",
    })
    void hoursAreToldApartWhereTheyAreFew(String address, Bucket bucket, boolean choice) {
        Range range = range(address, "2026-11-20T14:32:00Z");

        assertThat(range.bucket()).isEqualTo(bucket);
        assertThat(range.mayBeByHour()).isEqualTo(choice);
    }

    @Test
    void theFirstMomentOfAMonthIsARangeToo() {
        Range range = range("usage?range=month", "2026-10-31T23:00:00Z");

        assertThat(range.from()).isBefore(range.to());
        assertThat(range.beforeFrom()).isBefore(range.beforeTo());
    }
}
