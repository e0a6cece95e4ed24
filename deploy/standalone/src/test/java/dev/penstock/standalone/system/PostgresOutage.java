package dev.penstock.standalone.system;

import dev.penstock.standalone.machine.StartFailure;
import dev.penstock.standalone.postgres.PostgresServer;
import dev.penstock.standalone.postgres.PostgresSettings;
import java.nio.file.Path;
import java.time.Duration;

/** PostgreSQL killed with SIGKILL, and started again as an operating system does it. */
final class PostgresOutage {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final RunningPenstock penstock;
    private final PostgresServer server;

    PostgresOutage(RunningPenstock penstock) {
        this.penstock = penstock;
        Path data = penstock.data();
        this.server = PostgresServer.prepare(new PostgresSettings(
                data.resolve("postgres"), data.resolve("cache").resolve("postgresql-18.6"), data.resolve("logs").resolve("postgres.log"),
                penstock.runFile().get("ports").get("postgres").asInt(), penstock.database().get("password")));
    }

    void begin() {
        ProcessHandle postgres = ProcessHandle.of(server.pid()).orElseThrow();
        postgres.destroyForcibly();
        postgres.onExit().join();
    }

    /** It recovers from its log. */
    void end() {
        // The processes that the dead one began notice its death one by one, and hold its memory until then.
        Eventually.eventually("PostgreSQL starts again", PATIENCE, () -> {
            try {
                server.start();
                return true;
            } catch (StartFailure notYet) {
                return false;
            }
        });
    }
}
