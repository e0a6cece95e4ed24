package dev.penstock.ui.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GaugeTest {

    @ParameterizedTest(name = "{0} of {1}, soft mark {2}: {3}")
    @CsvSource({"79, 100, 80, false", "80, 100, 80, true", "89, 100, , false", "90, 100, , true", "0, 0, , true"})
    void itIsNearFromItsSoftMarkOn(long used, long limit, @Nullable Integer soft, boolean near) {
        assertThat(Gauge.near(used, limit, soft)).isEqualTo(near);
    }

    @Test
    void aScreenReaderHearsWhatIsUsedAndSetAsideTogether() {
        var gauge = Gauge.of(60, 7, 100, 80, "GPU-hours").getElement();

        assertThat(gauge.getAttribute("aria-valuenow")).isEqualTo("67");
        assertThat(gauge.getAttribute("role")).isEqualTo("meter");
        assertThat(gauge.getStyle().get("--held")).isEqualTo("7%");
    }

    @Test
    void itNeverFlowsOverTheGate() {
        var gauge = Gauge.of(150, 50, 100, null, "slices").getElement();

        assertThat(gauge.getStyle().get("--used")).isEqualTo("100%");
        assertThat(gauge.getStyle().get("--held")).isEqualTo("0%");
    }
}
