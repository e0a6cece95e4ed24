package dev.penstock.db.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A PostgreSQL of one test's own, which can be stopped and started again under whoever uses it. Embedded also where a container engine runs: a
 * container comes back at another port.
 */
public final class OwnServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final int port;
    private EmbeddedPostgres running;

    private OwnServer(Path folder, EmbeddedPostgres first) {
        this.folder = folder;
        this.port = first.getPort();
        this.running = first;
    }

    public static OwnServer start() {
        try {
            Path folder = Files.createTempDirectory("own-postgres");
            return new OwnServer(folder, builder(folder).start());
        } catch (IOException e) {
            throw new UncheckedIOException("starting a PostgreSQL of the test's own", e);
        }
    }

    /** A migrated database on it. */
    public TestDatabase database() {
        return TestDatabase.createOn(new TestServer("localhost", port, "postgres", "postgres"));
    }

    /** As an administrator stops it to update it: connections are cut, and what was committed is on disk. */
    public void stop() {
        try {
            running.close();
        } catch (IOException e) {
            throw new UncheckedIOException("stopping the test's own PostgreSQL", e);
        }
    }

    /** With its data, at its port. */
    public void startAgain() {
        try {
            running = builder(folder).setPort(port).start();
        } catch (IOException e) {
            throw new UncheckedIOException("starting the test's own PostgreSQL again", e);
        }
    }

    @Override
    public void close() {
        stop();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static EmbeddedPostgres.Builder builder(Path folder) {
        return EmbeddedPostgres.builder()
                .setDataDirectory(folder)
                .setCleanDataDirectory(false)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setPGStartupWait(PATIENCE);
    }
}
