package dev.penstock.standalone.system;

import dev.penstock.standalone.Options;
import dev.penstock.standalone.Standalone;
import dev.penstock.standalone.client.Api;
import dev.penstock.standalone.client.Directory;
import dev.penstock.standalone.postgres.UnpackedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A whole installation for tests: real programs, real PostgreSQL, the development login and the simulated cluster, in a folder of its own. */
final class RunningPenstock implements AutoCloseable {

    private static final List<Integer> OFFSETS = List.of(0, 1, 2, 10, 20, 30, 40);

    private final Path data;
    private final Standalone standalone;

    private RunningPenstock(Path data, Standalone standalone) {
        this.data = data;
        this.standalone = standalone;
    }

    /** The one that the tests of this JVM share; it stops with the JVM. Tokens live briefly, so that every test lives through refreshes. */
    static RunningPenstock shared() {
        return Shared.INSTANCE;
    }

    private static final class Shared {
        static final RunningPenstock INSTANCE = start();

        private static RunningPenstock start() {
            RunningPenstock penstock = RunningPenstock.start(
                    "--token-life", "20s", "--set", "quota-service:penstock.upstreams.allowed-networks=127.0.0.1/32");
            penstock.awaitReady();
            Runtime.getRuntime().addShutdownHook(new Thread(penstock::close, "stop-penstock"));
            return penstock;
        }
    }

    /** Starts one with further options; call {@link #awaitReady} when the programs that were left out run too. */
    static RunningPenstock start(String... options) {
        try {
            Path data = Files.createTempDirectory("penstock-system-test");
            UnpackedPostgres.linkInto(data);
            List<String> words = new ArrayList<>(List.of("--data", data.toString(), "--port-base", Integer.toString(freeBase())));
            words.addAll(List.of(options));
            return new RunningPenstock(data, Standalone.start(Options.parse(words), System.out));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitReady() {
        standalone.awaitReady();
    }

    Path data() {
        return data;
    }

    Directory directory() {
        return Directory.read(standalone.runFile());
    }

    String url(String part) {
        return directory().url(part).toString();
    }

    /** The public interfaces, as one of the personas. */
    Api as(String persona) {
        return new Api(directory(), persona);
    }

    /** JDBC address and the administrator's login: for looking at everything. */
    Map<String, String> database() {
        JsonNode database = runFile().get("database");
        try {
            String password = Files.readString(Path.of(database.get("passwordFile").asString())).strip();
            return Map.of("url", database.get("url").asString(), "user", database.get("admin").asString(), "password", password);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the cluster itself answers, asked as its administrator. */
    JsonNode cluster(String path) {
        try {
            String token = Files.readString(data.resolve("secrets").resolve("cluster-token")).strip();
            HttpRequest request = HttpRequest.newBuilder(URI.create(url("cluster") + path)).header("Authorization", "Bearer " + token).build();
            HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new AssertionError(path + " answered " + answer.statusCode() + " " + answer.body());
            }
            return JsonMapper.shared().readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    JsonNode runFile() {
        return JsonMapper.shared().readTree(standalone.runFile());
    }

    @Override
    public void close() {
        standalone.close();
        try (Stream<Path> files = Files.walk(data)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freeBase() {
        for (int attempt = 0; attempt < 100; attempt++) {
            int base = ThreadLocalRandom.current().nextInt(20_000, 30_000);
            if (OFFSETS.stream().allMatch(offset -> isFree(base + offset))) {
                return base;
            }
        }
        throw new IllegalStateException("no free range of ports");
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
