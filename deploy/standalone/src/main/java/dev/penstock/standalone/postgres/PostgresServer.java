package dev.penstock.standalone.postgres;

import dev.penstock.standalone.machine.PrivateFiles;
import dev.penstock.standalone.machine.StartFailure;
import dev.penstock.standalone.postgres.PostgresPrograms.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** A running PostgreSQL server. Closing it lets nothing be lost: open transactions are rolled back, everything else is written. */
public final class PostgresServer implements AutoCloseable {

    /** The server's administrator: migrates, and owns nothing that an application uses. */
    public static final String ADMIN = "postgres";

    private static final String VERSION = "18";

    private final PostgresPrograms programs;
    private final PostgresSettings settings;

    private PostgresServer(PostgresPrograms programs, PostgresSettings settings) {
        this.programs = programs;
        this.settings = settings;
    }

    /**
     * Unpacks the programs at first use. The server does not run yet, unless an earlier run left it behind.
     *
     * @throws StartFailure if PostgreSQL cannot run here
     */
    public static PostgresServer prepare(PostgresSettings settings) {
        return new PostgresServer(PostgresPrograms.unpackedInto(settings.programs()), settings);
    }

    /**
     * Stops a server that a killed launcher left behind on the same data, so that data and port become free.
     *
     * @return whether there was one
     */
    public boolean stopLeftBehind() {
        boolean found = leftBehind().pid().isPresent();
        leftBehind().stop();
        return found;
    }

    /** Starts it, after making an empty database cluster at first use; returns when it answers. */
    public void start() {
        try {
            makeDataAtFirstUse();
            requireSameVersion();
        } catch (IOException e) {
            throw StartFailure.of("preparing PostgreSQL's data in " + settings.folder(), e);
        }
        Outcome started = programs.run("pg_ctl", List.of("start", "-w", "-t", "60", "-D", data().toString(), "-l", settings.log().toString(), "-o", options()));
        if (!started.succeeded()) {
            throw StartFailure.of("starting PostgreSQL", new IOException(ServerLog.complaint(settings.log()) + " (its log is " + settings.log() + ")"));
        }
    }

    /** JDBC URL of one of its databases. */
    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + settings.port() + "/" + database;
    }

    /** Process id of the running server. */
    public long pid() {
        return leftBehind().pid().orElseThrow(() -> new IllegalStateException("PostgreSQL does not run"));
    }

    @Override
    public void close() {
        leftBehind().stop();
    }

    private LeftBehind leftBehind() {
        return new LeftBehind(programs, data());
    }

    private Path data() {
        return settings.folder().resolve("data");
    }

    private void makeDataAtFirstUse() throws IOException {
        if (Files.exists(data())) {
            return;
        }
        Path incomplete = settings.folder().resolve("data.incomplete");
        Path password = settings.folder().resolve("password");
        DeletedFolder.delete(incomplete);
        PrivateFiles.folder(settings.folder());
        PrivateFiles.write(password, settings.password());
        // The built-in locale sorts the same on every machine; passwords are asked for on the loopback address too, since other
        // people's programs run there.
        Outcome made = programs.run("initdb", List.of(
                "-D", incomplete.toString(), "-U", ADMIN, "--auth=scram-sha-256", "--pwfile=" + password, "-E", "UTF8",
                "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--no-instructions"));
        Files.delete(password);
        if (!made.succeeded()) {
            throw StartFailure.of("making PostgreSQL's data", new IOException(ServerLog.complaint(made.output())));
        }
        Files.move(incomplete, data(), StandardCopyOption.ATOMIC_MOVE);
    }

    private void requireSameVersion() throws IOException {
        String version = Files.readString(data().resolve("PG_VERSION")).strip();
        if (!version.equals(VERSION)) {
            throw new StartFailure("The data in " + settings.folder() + " are of PostgreSQL " + version + " and this Penstock comes with " + VERSION
                    + ": run the Penstock that wrote them, or choose another folder with --data.");
        }
    }

    /** Given at each start, so that no edit of a file can make the server less durable or visible from outside. */
    private String options() {
        return String.join(" ",
                "-p " + settings.port(), "-h 127.0.0.1", "-c unix_socket_directories=", "-c fsync=on", "-c synchronous_commit=on",
                "-c full_page_writes=on", "-c max_connections=200", "-c log_min_duration_statement=2000", "-c timezone=UTC", "-c log_timezone=UTC");
    }
}
