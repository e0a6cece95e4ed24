package dev.penstock.platform.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.platform.running.Settings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.unit.DataSize;

class WorkspaceSettingsTest {

    @Test
    void namesAreThese() {
        assertThat(Settings.names(WorkspaceSettings.class)).containsExactly(
                "penstock.workspaces.address",
                "penstock.workspaces.portal",
                "penstock.workspaces.host",
                "penstock.workspaces.port",
                "penstock.workspaces.ticketLife",
                "penstock.workspaces.sessionLife",
                "penstock.workspaces.checkEvery",
                "penstock.workspaces.mostHeaders",
                "penstock.workspaces.mostBody",
                "penstock.workspaces.mostCalls",
                "penstock.workspaces.mostStrangers",
                "penstock.workspaces.mostOpen",
                "penstock.workspaces.headTime",
                "penstock.workspaces.restTime",
                "penstock.workspaces.mostConnections",
                "penstock.workspaces.connectTime",
                "penstock.workspaces.idleTime",
                "penstock.workspaces.stopTime");
    }

    @Test
    void nothingListensUnlessWorkspacesHaveAnAddress() {
        assertThat(Settings.bind(WorkspaceSettings.class, Map.of())).isEqualTo(new WorkspaceSettings(
                null, null, "127.0.0.1", 8091, Duration.ofMinutes(1), Duration.ofHours(4), Duration.ofSeconds(2), DataSize.ofKilobytes(32), DataSize.ofMegabytes(256),
                2000, 100, 4000, Duration.ofSeconds(10), Duration.ofMinutes(1), 32, Duration.ofSeconds(2), Duration.ofMinutes(10), Duration.ofSeconds(2)));
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({
        "address,          http://workspaces.example.com,       https://",
        "address,          http://localhost.example.com,        https://",
        "address,          ftp://workspaces.localhost,          https://",
        "address,          workspaces.example.com,              scheme",
        "address,          https://workspaces.example.com/path, scheme",
        "address,          https://ada@workspaces.example.com,  scheme",
        "port,             65536,                               port",
        "most-calls,       0,                                   at least 1",
        "most-strangers,   0,                                   at least 1",
        "most-open,        0,                                   at least 1",
        "head-time,        0s,                                  longer than nothing",
        "rest-time,        0s,                                  longer than nothing",
        "most-connections, 0,                                   at least 1",
        "most-body,        0B,                                  at least 1",
        "check-every,      0s,                                  longer than nothing",
        "session-life,     0s,                                  longer than nothing",
    })
    void whatMakesNoSenseIsRefused(String name, String value, String words) {
        assertThatThrownBy(() -> Settings.bind(WorkspaceSettings.class, Map.of("penstock.workspaces." + name, value))).rootCause().hasMessageContaining(words);
    }
}
