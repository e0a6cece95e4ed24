package dev.penstock.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.standalone.machine.Ports;
import dev.penstock.standalone.machine.StartFailure;
import dev.penstock.standalone.postgres.UnpackedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A launcher of its own, with a real PostgreSQL, killed as nothing survives. */
@Order(3)
class TakeoverTest {

    @TempDir
    Path data;

    private final Ports ports = FreeBase.find();
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    @AfterEach
    void nothingIsLeft() {
        Down.stop(options(), new PrintStream(told));
    }

    @Test
    void theNextStartTakesOverWhatAKilledLauncherLeft() throws Exception {
        Process launcher = launch();
        JsonNode run = awaitRunFile();
        long postgres = run.get("postgresPid").longValue();
        assertThat(run.get("pid").longValue()).isEqualTo(launcher.pid());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("standalone.json")))).isEqualTo("rw-------");
        assertThatThrownBy(() -> Standalone.start(options(), new PrintStream(told)))
                .isInstanceOf(StartFailure.class)
                .hasMessageContainingAll("already runs with the data folder " + data, "process " + launcher.pid(), "./penstock down");
        execute("create table kept (answer int)");
        execute("insert into kept values (42)");

        launcher.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        assertThat(program(postgres)).as("PostgreSQL outlives its launcher, or this test shows nothing").hasValueSatisfying(name -> assertThat(name).endsWith("/postgres"));

        try (Standalone second = Standalone.start(options(), new PrintStream(told))) {
            assertThat(told.toString(StandardCharsets.UTF_8)).contains("Took over from a run that was killed");
            assertThat(program(postgres)).isEmpty();
            assertThat(query("select answer from kept")).isEqualTo("42");
            assertThat(List.of(query("show fsync"), query("show synchronous_commit"), query("show listen_addresses"))).containsExactly("on", "on", "127.0.0.1");
            assertThat(second.runFile()).exists();
        }
        assertThat(data.resolve("standalone.json")).doesNotExist();
        assertThatThrownBy(() -> query("select 1")).isInstanceOf(SQLException.class);
    }

    @Test
    void dataOfANewerVersionAreLeftAlone() throws SQLException {
        UnpackedPostgres.linkInto(data);
        try (Standalone first = Standalone.start(options(), new PrintStream(told))) {
            assertThat(first.runFile()).exists();
            execute("insert into migration.flyway_schema_history (installed_rank, version, description, type, script, installed_by, execution_time, success)"
                    + " values (9999, '9999', 'the future', 'SQL', 'V9999__the_future.sql', 'postgres', 1, true)");
        }
        assertThatThrownBy(() -> Standalone.start(options(), new PrintStream(told)))
                .isInstanceOf(StartFailure.class)
                .hasMessageContainingAll("do not fit this version of Penstock", "start the version that wrote them, or choose another folder with --data");
    }

    private Options options() {
        return Options.parse(List.of("--data", data.toString(), "--port-base", Integer.toString(ports.portal()), "--only", "postgres"));
    }

    private Process launch() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                        "-cp", System.getProperty("java.class.path"), Standalone.class.getName(),
                        "up", "--data", data.toString(), "--port-base", Integer.toString(ports.portal()), "--only", "postgres")
                .redirectErrorStream(true)
                .redirectOutput(data.resolveSibling(data.getFileName() + ".out").toFile())
                .start();
    }

    private JsonNode awaitRunFile() {
        return Awaitility.await().atMost(120, TimeUnit.SECONDS).until(this::readRunFile, run -> "waiting".equals(run.path("state").stringValue("")));
    }

    private JsonNode readRunFile() throws IOException {
        Path file = data.resolve("standalone.json");
        JsonMapper json = new JsonMapper();
        return Files.exists(file) ? json.readTree(Files.readString(file)) : json.createObjectNode();
    }

    /** Empty also for a process that ended and whose parent has not asked for its end yet. */
    private static Optional<String> program(long pid) {
        return ProcessHandle.of(pid).flatMap(process -> process.info().command());
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = connect(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String query(String sql) throws SQLException {
        try (Connection connection = connect(); Statement statement = connection.createStatement(); ResultSet found = statement.executeQuery(sql)) {
            found.next();
            return found.getString(1);
        }
    }

    private Connection connect() throws SQLException {
        try {
            String password = Files.readString(data.resolve("secrets/database-admin"));
            PGSimpleDataSource database = new PGSimpleDataSource();
            database.setURL("jdbc:postgresql://127.0.0.1:" + ports.postgres() + "/penstock");
            return database.getConnection("postgres", password);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
