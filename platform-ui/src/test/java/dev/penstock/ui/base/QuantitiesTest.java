package dev.penstock.ui.base;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.GpuTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantitiesTest {

    @ParameterizedTest(name = "{0} s: {1}")
    @CsvSource({
        "0, 0 s", "-5, 0 s", "59, 59 s", "60, 1 min", "3599, 59 min", "3600, 1 h", "6480, 1 h 48 min", "86399, 23 h 59 min", "86400, 1 d",
        "187200, 2 d 4 h", "31536000, 365 d"
    })
    void durationsHaveTheirTwoLargestUnits(long seconds, String words) {
        assertThat(Quantities.duration(Duration.ofSeconds(seconds))).isEqualTo(words);
    }

    @ParameterizedTest(name = "{0} part-seconds: {1}")
    @CsvSource({
        "0, 0", "3024000, 1.00", "432000, 0.14", "15120, 0.01", "1, < 0.01", "30240000, 10", "1451520000, 480", "1257379200, 415.8",
        "'30088800000', '9,950'"
    })
    void gpuHoursAreRoundedForReading(long partSeconds, String words) {
        assertThat(Quantities.gpuHours(new GpuTime(partSeconds))).isEqualTo(words);
    }

    @Test
    void whatIsRoundedShowsTheExactCountOnHover() {
        assertThat(Quantities.exactly(new GpuTime(432_000))).isEqualTo("0.142857 GPU-hours, 432,000 part-seconds");
    }

    @ParameterizedTest(name = "{0} parts: {1}")
    @CsvSource({"120, 1/7 GPU", "210, 1/4 GPU", "420, 1/2 GPU", "480, 4/7 GPU", "840, 1 GPU", "1680, 2 GPU"})
    void partsAreFractions(int parts, String words) {
        assertThat(Quantities.share(parts)).isEqualTo(words);
    }

    @ParameterizedTest(name = "{0} of {1}: {2} %")
    @CsvSource({"0, 10, 0", "999, 1000, 99", "1000, 1000, 100", "5, 0, 100", "9223372036854775807, 9223372036854775807, 100"})
    void aHundredPerCentMeansThatTheLimitIsReached(long part, long whole, int percent) {
        assertThat(Quantities.percent(part, whole)).isEqualTo(percent);
    }

    @Test
    void countsAgreeWithTheirNoun() {
        assertThat(Quantities.count(1, "slice", "slices")).isEqualTo("1 slice");
        assertThat(Quantities.count(1200, "slice", "slices")).isEqualTo("1,200 slices");
    }

    @Test
    void memoryIsInGibibytes() {
        assertThat(Quantities.memory(9_856)).isEqualTo("9.6 GiB");
        assertThat(Quantities.memory(143_771)).isEqualTo("140.4 GiB");
    }
}
