package dev.penstock.quota.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class ReconciliationSettingsTest {

    @Test
    void defaults() {
        assertThat(bind(Map.of())).isEqualTo(new ReconciliationSettings(
                Duration.ofSeconds(10), 3, Duration.ofSeconds(3), DataSize.ofMegabytes(4), 8, Duration.ofDays(1), Duration.ofDays(7), Duration.ofDays(400),
                Duration.ofDays(7)));
    }

    @Test
    void names() {
        assertThat(bind(Map.of(
                        "penstock.reconciliation.every", "1s", "penstock.reconciliation.patience", "2", "penstock.reconciliation.timeout", "3s",
                        "penstock.reconciliation.most-answer", "4KB", "penstock.reconciliation.at-once", "5", "penstock.reconciliation.look-back", "6s",
                        "penstock.reconciliation.alarm-for", "7s", "penstock.reconciliation.keep-history", "8s", "penstock.reconciliation.keep-open-ends", "9s")))
                .isEqualTo(new ReconciliationSettings(
                        Duration.ofSeconds(1), 2, Duration.ofSeconds(3), DataSize.ofKilobytes(4), 5, Duration.ofSeconds(6), Duration.ofSeconds(7),
                        Duration.ofSeconds(8), Duration.ofSeconds(9)));
    }

    @ParameterizedTest
    @CsvSource({
        "every,0s,PT0S", "patience,0,0", "patience,1001,1001", "timeout,0s,PT0S", "most-answer,0B,0B", "at-once,0,0", "at-once,101,101", "look-back,-1s,PT-1S",
        "alarm-for,0s,PT0S", "keep-history,1d,PT24H", "keep-open-ends,0s,PT0S"})
    void whatCannotBeIsRefused(String name, String value, String shown) {
        assertThatThrownBy(() -> bind(Map.of("penstock.reconciliation." + name, value)))
                .hasRootCauseMessage("penstock.reconciliation." + name + " cannot be " + shown);
    }

    private static ReconciliationSettings bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("penstock.reconciliation", ReconciliationSettings.class);
    }
}
