package dev.penstock.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** One of the programs as a process of its own, which can be killed. */
final class OwnProcess {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final RunningPenstock penstock;
    private final String program;
    private Process process;

    /** Starts it and waits until it is healthy. */
    OwnProcess(RunningPenstock penstock, String program) {
        this.penstock = penstock;
        this.program = program;
        this.process = start();
    }

    /** As nothing survives. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    void startAgain() {
        process = start();
    }

    void stop() {
        process.destroy();
        process.onExit().join();
    }

    private Process start() {
        try {
            Path settings = penstock.data().resolve("run").resolve(program + ".properties");
            Process started = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx400m",
                            "-jar", jar().toString(), "--spring.config.additional-location=" + settings.toUri())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(penstock.data().resolve("logs").resolve("killed-" + program + ".log").toFile()))
                    .start();
            awaitHealth(started);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitHealth(Process started) {
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest health = HttpRequest.newBuilder(URI.create(penstock.url(program) + "/actuator/health")).build();
        Eventually.eventually(program + " is healthy", PATIENCE, () -> {
            assertThat(started.isAlive()).as(program + " runs").isTrue();
            try {
                return http.send(health, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
            } catch (IOException e) {
                return false;
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private Path jar() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("..", "..", program, "target"))) {
            return files.filter(file -> file.getFileName().toString().endsWith("-app.jar")).findFirst().orElseThrow();
        }
    }
}
