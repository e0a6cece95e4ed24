package dev.penstock.bench.subject;

import com.sun.net.httpserver.HttpServer;
import dev.penstock.standalone.Standalone;
import dev.penstock.standalone.client.Directory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What quota-service needs around it: PostgreSQL with every durability setting on, the development sign-in, the simulated cluster and platform-backend, by the
 * launcher of {@code ./penstock up} as a process of its own. quota-service itself is a subject, and of the portal only the word that it is well is there.
 */
final class Installation {

    static final String DATA = "data";

    private static final String NAME = "installation";
    private static final String RUN_FILE = "standalone.json";
    private static final List<Integer> OFFSETS = List.of(0, 1, 2, 10, 20, 30, 40);
    private static final int LOWEST_BASE = 20_000;
    private static final int HIGHEST_BASE = 30_000;

    private final Path data;
    private final Child launcher;

    private Installation(Path data, Child launcher) {
        this.data = data;
        this.launcher = launcher;
    }

    /** Returns when it waits for quota-service. */
    static Installation start(Run run, Path home) {
        Path data = run.folder().resolve(DATA);
        run.add(() -> endWhatTheLauncherLeft(data));
        Child launcher = run.start(NAME, Core.EVERYTHING_ELSE, List.of(
                Jdk.program(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow", "-Dpenstock.home=" + home, "-cp", System.getProperty("java.class.path"), Standalone.class.getName(),
                "up", "--data", data.toString(), "--port-base", Integer.toString(freeBase()), "--without", "quota-service,platform-ui"));
        Installation installation = new Installation(data, launcher);
        installation.awaitState("waiting");
        run.add(installation.inThePortalsPlace());
        return installation;
    }

    /** quota-service runs: returns when somebody is there to call models. */
    void awaitReady() {
        awaitState("ready");
    }

    /** Until it holds, as long as the installation lives. */
    void await(String what, BooleanSupplier holds) {
        Patience.await(what, launcher, holds);
    }

    Path data() {
        return data;
    }

    Directory directory() {
        return Directory.read(runFile());
    }

    /** Of the launcher, in which platform-backend, the sign-in and the simulated cluster run. */
    long pid() {
        return launcher.pid();
    }

    /** Of its first process; the others are below it. */
    long postgresPid() {
        return content().required("postgresPid").asLong();
    }

    /** JDBC address, administrator, and the file with the password. */
    JsonNode database() {
        return content().required("database");
    }

    /** What an operator would write into quota-service's settings. */
    Path settings() {
        return data.resolve("run").resolve("quota-service.properties");
    }

    private Path runFile() {
        return data.resolve(RUN_FILE);
    }

    private JsonNode content() {
        return JsonMapper.shared().readTree(runFile());
    }

    private void awaitState(String state) {
        await("the installation that is " + state, () -> Files.exists(runFile()) && content().path("state").asString("").equals(state));
    }

    private AutoCloseable inThePortalsPlace() {
        URI portal = directory().url("portal");
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), portal.getPort()), 0);
            server.createContext("/", exchange -> {
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            server.start();
            return () -> server.stop(0);
        } catch (IOException e) {
            throw new UncheckedIOException("in the portal's place", e);
        }
    }

    /** An orderly end of the launcher is one of PostgreSQL too, and of the file that names it. */
    private static void endWhatTheLauncherLeft(Path data) {
        Path left = data.resolve(RUN_FILE);
        if (Files.exists(left)) {
            ProcessHandle.of(JsonMapper.shared().readTree(left).path("postgresPid").asLong(0)).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    private static int freeBase() {
        return RandomGenerator.getDefault().ints(LOWEST_BASE, HIGHEST_BASE)
                .filter(base -> OFFSETS.stream().allMatch(offset -> isFree(base + offset))).findFirst().orElseThrow();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
