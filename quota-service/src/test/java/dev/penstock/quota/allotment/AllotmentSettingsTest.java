package dev.penstock.quota.allotment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class AllotmentSettingsTest {

    @Test
    void defaults() {
        assertThat(bind(Map.of())).isEqualTo(new AllotmentSettings(
                Duration.ofMinutes(5), Duration.ofMinutes(6), Duration.ofMinutes(8), Duration.ofMinutes(5), Duration.ofMinutes(1), Duration.ofSeconds(1),
                Duration.ofSeconds(30), Duration.ofMillis(200), Duration.ofSeconds(2), Duration.ofMillis(20), Duration.ofSeconds(2), Duration.ofMillis(100), 500,
                Duration.ofSeconds(5), 10, Duration.ofHours(4), Duration.ofSeconds(5)));
    }

    @Test
    void names() {
        assertThat(bind(Map.ofEntries(
                        Map.entry("penstock.allotment.life", "1m"), Map.entry("penstock.allotment.slot-life", "2m"), Map.entry("penstock.allotment.slots-taken-back", "3m"),
                        Map.entry("penstock.allotment.horizon", "4m"), Map.entry("penstock.allotment.rest", "5m"), Map.entry("penstock.allotment.read-every", "600ms"),
                        Map.entry("penstock.allotment.read-resting", "7s"), Map.entry("penstock.allotment.meet-every", "80ms"),
                        Map.entry("penstock.allotment.recall-patience", "9s"), Map.entry("penstock.allotment.recall-look", "10ms"),
                        Map.entry("penstock.allotment.silence", "11s"), Map.entry("penstock.allotment.refusal-memory", "12ms"),
                        Map.entry("penstock.allotment.most-waiting", "13"), Map.entry("penstock.allotment.turn-patience", "14s"),
                        Map.entry("penstock.allotment.windows-ahead", "15"), Map.entry("penstock.allotment.tenant-rest", "16h"), Map.entry("penstock.allotment.stop-time", "17s"))))
                .isEqualTo(new AllotmentSettings(
                        Duration.ofMinutes(1), Duration.ofMinutes(2), Duration.ofMinutes(3), Duration.ofMinutes(4), Duration.ofMinutes(5), Duration.ofMillis(600),
                        Duration.ofSeconds(7), Duration.ofMillis(80), Duration.ofSeconds(9), Duration.ofMillis(10), Duration.ofSeconds(11), Duration.ofMillis(12), 13,
                        Duration.ofSeconds(14), 15, Duration.ofHours(16), Duration.ofSeconds(17)));
    }

    @ParameterizedTest
    @CsvSource({
        "life,0s", "life,1201s", "slot-life,5m", "slots-taken-back,6m", "horizon,0s", "rest,0s", "read-every,1001ms", "read-every,0s", "read-resting,500ms", "read-resting,5m", "meet-every,0s",
        "recall-patience,0s", "recall-look,0s", "silence,999ms", "silence,400ms", "refusal-memory,101ms", "most-waiting,0", "turn-patience,0s", "windows-ahead,61",
        "windows-ahead,-1", "tenant-rest,2h", "stop-time,0s"
    })
    void whatCannotBeIsRefusedByName(String name, String value) {
        assertThatThrownBy(() -> bind(Map.of("penstock.allotment." + name, value))).rootCause().hasMessageStartingWith("penstock.allotment." + name + " is ");
    }

    private static AllotmentSettings bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("penstock.allotment", AllotmentSettings.class);
    }
}
