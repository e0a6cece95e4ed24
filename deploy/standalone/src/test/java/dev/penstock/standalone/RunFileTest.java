package dev.penstock.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.standalone.machine.DataFolder;
import dev.penstock.standalone.machine.Ports;
import dev.penstock.standalone.machine.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What scripts and programs are told: nothing that others may read, and nothing that is somebody else's. */
class RunFileTest {

    @TempDir
    Path data;

    private DataFolder folder;
    private Installation installation;

    @BeforeEach
    void open() {
        folder = DataFolder.open(data);
        installation = new Installation(folder, new Ports(9000), new Secrets(folder.secrets(), new SecureRandom()), Duration.ofMinutes(5));
    }

    @AfterEach
    void close() throws IOException {
        folder.close();
    }

    @Test
    void itNamesWhatScriptsNeedAndOnlyItsOwnerMayReadIt() throws IOException {
        RunFile file = new RunFile(installation, Instant.EPOCH);
        file.write(RunFile.State.READY, 4711L);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.file()))).isEqualTo("rw-------");
        JsonNode run = new JsonMapper().readTree(Files.readString(file.file()));
        assertThat(run.propertyNames()).containsExactlyInAnyOrder(
                "state", "startedAt", "pid", "postgresPid", "data", "urls", "ports", "logins", "tokenUrl", "clients", "database", "kubeconfig", "logs");
        assertThat(run.get("state").stringValue()).isEqualTo("ready");
        assertThat(run.get("pid").longValue()).isEqualTo(ProcessHandle.current().pid());
        assertThat(run.at("/urls/portal").stringValue()).isEqualTo("http://localhost:9000");
        assertThat(run.at("/urls/gateway").stringValue()).isEqualTo("http://localhost:9010");
        assertThat(run.get("logins")).hasSize(5);
        assertThat(run.get("clients")).hasSize(7).allSatisfy(client -> assertThat(client.get("secret").stringValue()).hasSize(32));
    }

    @ParameterizedTest
    @EnumSource(value = Part.class, names = {"QUOTA_SERVICE", "PLATFORM_BACKEND", "PLATFORM_UI"})
    void settingsOfAProgramThatRunsElsewhereAreReadableByTheOwnerOnly(Part program) throws IOException {
        SettingsFile file = new SettingsFile(data.resolve(program.key() + ".properties"));
        file.write(new ProgramSettings(installation, Map.of()).of(program));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path()))).isEqualTo("rw-------");
    }

    @Test
    void eachServiceGetsTheDatabaseRolesOfItsOwnJobsAndThePortalNone() {
        ProgramSettings settings = new ProgramSettings(installation, Map.of());
        assertThat(settings.of(Part.QUOTA_SERVICE)).containsEntry("penstock.database.seal.username", "quota_seal").doesNotContainValue("platform_web");
        assertThat(settings.of(Part.PLATFORM_BACKEND)).containsEntry("penstock.database.reconcile.username", "platform_reconcile").doesNotContainValue("quota_web");
        assertThat(settings.of(Part.PLATFORM_UI).keySet()).noneMatch(name -> name.startsWith("penstock.database"));
        assertThat(settings.of(Part.PLATFORM_UI)).doesNotContainValue(installation.clientSecret("platform-backend"));
    }

    @Test
    void whatIsSetOnTheCommandLineOutranksWhatTheLauncherGives() {
        Map<Part, Map<String, String>> further = Map.of(Part.QUOTA_SERVICE, Map.of("penstock.identity.audience", "other"));
        assertThat(new ProgramSettings(installation, further).of(Part.QUOTA_SERVICE)).containsEntry("penstock.identity.audience", "other");
        assertThat(new ProgramSettings(installation, further).of(Part.PLATFORM_UI)).containsEntry("penstock.identity.audience", "penstock");
    }
}
