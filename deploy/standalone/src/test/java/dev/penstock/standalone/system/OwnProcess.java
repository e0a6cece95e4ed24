package dev.penstock.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One of the programs as a process of its own, which can be killed. */
final class OwnProcess {

    /** On a machine that is busy with several of them. */
    private static final Duration PATIENCE = Duration.ofSeconds(180);

    private final RunningPenstock penstock;
    private final String program;
    private final String name;
    private final URI address;
    private final List<String> settings;
    private Process process;

    /** Starts it in its place, at first from the very jar, and waits until it is healthy. */
    OwnProcess(RunningPenstock penstock, String program) {
        this(penstock, program, program, URI.create(penstock.url(program)), List.of(), jar(program));
        awaitHealth();
    }

    /**
     * Starts it and waits for nothing.
     *
     * @param name of its log
     * @param address where it will answer
     * @param settings further arguments, which outrank what the launcher wrote down for it
     */
    OwnProcess(RunningPenstock penstock, String program, String name, URI address, List<String> settings) {
        this(penstock, program, name, address, settings, LaidOut.of(jar(program)));
    }

    private OwnProcess(RunningPenstock penstock, String program, String name, URI address, List<String> settings, Path jar) {
        this.penstock = penstock;
        this.program = program;
        this.name = name;
        this.address = address;
        this.settings = List.copyOf(settings);
        this.process = start(jar);
    }

    /** As nothing survives. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    void startAgain() {
        start(LaidOut.of(jar(program)));
        awaitHealth();
    }

    /** Asks it to end, and waits for that. */
    void stop() {
        process.destroy();
        process.onExit().join();
    }

    long pid() {
        return process.pid();
    }

    /** What {@code ps} and the like say of it. */
    static String run(String... command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(String.join(" ", command) + ": " + said).isZero();
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void awaitHealth() {
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest health = HttpRequest.newBuilder(address.resolve("/actuator/health")).build();
        Eventually.eventually(name + " is healthy", PATIENCE, () -> {
            assertThat(process.isAlive()).as(name + " runs").isTrue();
            try {
                return http.send(health, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
            } catch (IOException e) {
                return false;
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private Process start(Path jar) {
        try {
            Path written = penstock.data().resolve("run").resolve(program + ".properties");
            List<String> command = new ArrayList<>(List.of(
                    java(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx400m",
                    "-jar", jar.toString(), "--spring.config.additional-location=" + written.toUri()));
            command.addAll(settings);
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(penstock.data().resolve("logs").resolve("killed-" + name + ".log").toFile()))
                    .start();
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static Path jar(String program) {
        try (Stream<Path> files = Files.list(Path.of("..", "..", program, "target"))) {
            return files.filter(file -> file.getFileName().toString().endsWith("-app.jar")).findFirst().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
