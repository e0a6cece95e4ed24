package dev.penstock.quota.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.frame.MissingSetting;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Period;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ArchiveSettingsTest {

    @Test
    void unlessSetUsageIsKeptForEver() {
        assertThat(bind(Map.of())).isEqualTo(new ArchiveSettings(null, null, Duration.ofMinutes(15)));
        assertThat(bind(Map.of()).months()).isNull();
    }

    @Test
    void names() {
        assertThat(bind(Map.of("penstock.usage.retention", "13m", "penstock.usage.archive-folder", "/archive", "penstock.usage.archive-every", "1h")))
                .isEqualTo(new ArchiveSettings(Period.ofMonths(13), Path.of("/archive"), Duration.ofHours(1)));
        assertThat(bind(Map.of("penstock.usage.retention", "2y", "penstock.usage.archive-folder", "/archive")).months()).isEqualTo(24);
    }

    @Test
    void whatLeavesTheDatabaseNeedsAFolder() {
        assertThatThrownBy(() -> new ArchiveSettings(Period.ofMonths(3), null, Duration.ofHours(1)))
                .isInstanceOf(MissingSetting.class).hasMessageContaining("penstock.usage.archive-folder is not set.");
    }

    @Test
    void aFolderThatIsNotThereStopsTheStart() {
        assertThatThrownBy(() -> new ArchiveWiring().archiveFolder(new ArchiveSettings(null, Path.of("/not/mounted"), Duration.ofHours(1))))
                .isInstanceOf(MissingSetting.class).hasMessageContaining("There is no folder /not/mounted.");
    }

    @ParameterizedTest
    @CsvSource({"retention, 0m", "retention, -3m", "retention, 90d", "retention, 1y2m3d", "retention, 101y", "archive-every, 0s"})
    void whatCannotBe(String name, String value) {
        assertThatThrownBy(() -> bind(Map.of("penstock.usage.archive-folder", "/archive", "penstock.usage." + name, value)))
                .hasStackTraceContaining("penstock.usage." + name + " cannot be");
    }

    private static ArchiveSettings bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("penstock.usage", ArchiveSettings.class);
    }
}
