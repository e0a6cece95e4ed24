package dev.penstock.quota.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class SettlementSettingsTest {

    @Test
    void defaults() {
        assertThat(bind(Map.of())).isEqualTo(new SettlementSettings(
                1_000, 2, Duration.ofMillis(250), Duration.ofMillis(100), Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofMinutes(1), 7, Duration.ofDays(2)));
    }

    @Test
    void names() {
        assertThat(bind(Map.of(
                        "penstock.settlement.batch", "10", "penstock.settlement.threads", "3", "penstock.settlement.linger", "0s", "penstock.settlement.retry-after", "1s", "penstock.settlement.retry-at-most", "2s",
                        "penstock.settlement.sweep-every", "3s", "penstock.settlement.margin", "4s", "penstock.settlement.days-ahead", "5",
                        "penstock.settlement.keep-periods", "6h")))
                .isEqualTo(new SettlementSettings(
                        10, 3, Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofSeconds(4), 5, Duration.ofHours(6)));
    }

    @ParameterizedTest
    @CsvSource({"batch,0", "batch,5001", "threads,0", "threads,9", "linger,-1s", "linger,6s", "retry-after,0s", "retry-at-most,1ms", "sweep-every,-1s", "margin,0s", "days-ahead,1", "days-ahead,51", "keep-periods,0s"})
    void whatCannotBeIsRefused(String name, String value) {
        assertThatThrownBy(() -> bind(Map.of("penstock.settlement." + name, value))).hasRootCauseMessage("penstock.settlement." + name + " cannot be " + shown(name, value));
    }

    private static String shown(String name, String value) {
        return Character.isLetter(value.charAt(value.length() - 1)) ? Duration.parse(iso(value)).toString() : value;
    }

    private static String iso(String value) {
        return value.endsWith("ms") ? "PT0.00" + value.replace("ms", "S") : "PT" + value.replace("s", "S");
    }

    private static SettlementSettings bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("penstock.settlement", SettlementSettings.class);
    }
}
