package dev.penstock.quota.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.frame.MissingSetting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class JournalSettingsTest {

    private static final Path FOLDER = Path.of("/var/lib/penstock/journal");

    @Test
    void defaults() {
        assertThat(bind(Map.of())).isEqualTo(new JournalSettings(FOLDER, 20_000, DataSize.ofMegabytes(4), new Sync(Duration.ZERO), Duration.ofMillis(1)));
    }

    @Test
    void names() {
        assertThat(bind(Map.of("penstock.journal.capacity", "5", "penstock.journal.segment-size", "1MB", "penstock.journal.sync", "20ms", "penstock.journal.gather", "2ms")))
                .isEqualTo(new JournalSettings(FOLDER, 5, DataSize.ofMegabytes(1), new Sync(Duration.ofMillis(20)), Duration.ofMillis(2)));
        assertThat(bind(Map.of("penstock.journal.sync", "always")).sync().always()).isTrue();
    }

    @Test
    void thereIsNoFolderWithoutASetting() {
        assertThatThrownBy(() -> new JournalSettings(null, 1, DataSize.ofMegabytes(1), new Sync(Duration.ZERO), Duration.ZERO))
                .isInstanceOf(MissingSetting.class).hasMessageContaining("penstock.journal.folder is not set.");
    }

    @ParameterizedTest
    @CsvSource({"capacity, 0", "capacity, 1000001", "segment-size, 1KB", "segment-size, 1GB", "sync, sometimes", "sync, -1s", "gather, -1ms", "gather, 101ms"})
    void whatCannotBe(String name, String value) {
        assertThatThrownBy(() -> bind(Map.of("penstock.journal." + name, value))).hasStackTraceContaining("penstock.journal." + name);
    }

    private static JournalSettings bind(Map<String, String> values) {
        Map<String, String> all = new HashMap<>(values);
        all.put("penstock.journal.folder", FOLDER.toString());
        return new Binder(new MapConfigurationPropertySource(all)).bindOrCreate("penstock.journal", JournalSettings.class);
    }
}
