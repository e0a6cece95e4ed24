package dev.penstock.quota.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class GatewaySettingsTest {

    @Test
    void defaults() {
        assertThat(bind(Map.of())).isEqualTo(new GatewaySettings(
                "127.0.0.1", 8090, null, DataSize.ofKilobytes(16), DataSize.ofMegabytes(4), DataSize.ofMegabytes(32), DataSize.ofMegabytes(1), 16, 1000, 2000, 500, 8, 500,
                500, Duration.ofSeconds(30), Duration.ofSeconds(2), Duration.ofSeconds(120), Duration.ofSeconds(60), Duration.ofMinutes(15), Duration.ofSeconds(10),
                Duration.ofSeconds(5), false, 10_000, List.of()));
    }

    @Test
    void names() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("host", "0.0.0.0");
        for (String number : new String[] {"port", "event-loops", "most-choices", "most-documents", "most-calls", "most-calls-per-holder", "admission-threads", "admission-queue", "most-connections"}) {
            values.put(number, "" + (values.size() + 1));
        }
        for (String size : new String[] {"most-headers", "most-body", "most-answer", "most-event"}) {
            values.put(size, (values.size() + 1) + "KB");
        }
        for (String time : new String[] {"body-time", "connect-time", "first-byte-time", "idle-time", "total-time", "drain-time", "stop-time"}) {
            values.put(time, (values.size() + 1) + "s");
        }
        values.put("call-log", "true");
        values.put("call-log-queue", "77");
        values.put("anthropic-betas", "one-2026-01-01,two");
        Map<String, String> named = new LinkedHashMap<>();
        values.forEach((name, value) -> named.put("penstock.gateway." + name, value));
        assertThat(bind(named)).isEqualTo(new GatewaySettings(
                "0.0.0.0", 2, 3, DataSize.ofKilobytes(11), DataSize.ofKilobytes(12), DataSize.ofKilobytes(13), DataSize.ofKilobytes(14), 4, 5, 6, 7, 8, 9, 10,
                Duration.ofSeconds(15), Duration.ofSeconds(16), Duration.ofSeconds(17), Duration.ofSeconds(18), Duration.ofSeconds(19), Duration.ofSeconds(20),
                Duration.ofSeconds(21), true, 77, List.of("one-2026-01-01", "two")));
        assertThat(values).as("every component has a name here").hasSize(GatewaySettings.class.getRecordComponents().length);
    }

    @ParameterizedTest
    @CsvSource({"port, 70000", "event-loops, 0", "most-calls, -1", "most-body, 0B", "idle-time, 0s", "total-time, -1s", "anthropic-betas, Not One"})
    void whatBoundsNothingIsRefused(String name, String value) {
        assertThatThrownBy(() -> bind(Map.of("penstock.gateway." + name, value))).isInstanceOf(BindException.class).rootCause().hasMessageContaining("penstock.gateway." + name);
    }

    private static GatewaySettings bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("penstock.gateway", GatewaySettings.class);
    }
}
