package dev.penstock.db.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** The one PostgreSQL server of a test JVM. Durable settings are on: what a test sees acknowledged is on disk. */
record TestServer(String host, int port, String admin, String password) {

    private static final Logger log = LoggerFactory.getLogger(TestServer.class);

    /** Holder idiom: started by the first test that needs it, stopped with the JVM. */
    private static final class Started {
        static final TestServer SERVER = start();
    }

    static TestServer get() {
        return Started.SERVER;
    }

    String url(String database) {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }

    private static TestServer start() {
        if (containerEngineRuns()) {
            log.info("PostgreSQL for tests: container, by Testcontainers");
            PostgreSQLContainer container = new PostgreSQLContainer("postgres:18").withCommand("postgres", "-c", "max_connections=300");
            container.start();
            return new TestServer(container.getHost(), container.getMappedPort(5432), container.getUsername(), container.getPassword());
        }
        log.info("PostgreSQL for tests: embedded (no container engine runs here)");
        try {
            EmbeddedPostgres embedded = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("max_connections", "300")
                    // A machine that builds everything at once is slow now and then.
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(embedded), "stop-postgres"));
            return new TestServer("localhost", embedded.getPort(), "postgres", "postgres");
        } catch (IOException e) {
            throw new UncheckedIOException("starting embedded PostgreSQL", e);
        }
    }

    private static boolean containerEngineRuns() {
        try {
            return DockerClientFactory.instance().isDockerAvailable();
        } catch (RuntimeException | LinkageError e) {
            log.debug("no container engine", e);
            return false;
        }
    }

    private static void close(EmbeddedPostgres embedded) {
        try {
            embedded.close();
        } catch (IOException e) {
            log.warn("stopping embedded PostgreSQL", e);
        }
    }
}
