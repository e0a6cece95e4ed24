package dev.penstock.standalone.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.standalone.FreeBase;
import dev.penstock.standalone.machine.Ports;
import dev.penstock.standalone.machine.StartFailure;
import dev.penstock.standalone.program.sample.SampleProgram;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real application jars with a web server each, in this one JVM. */
@Order(3)
class RunningProgramTest {

    private static final List<String> LIBRARIES =
            List.of("spring-", "tomcat-", "logback-", "slf4j-", "jul-to-", "log4j-", "commons-logging", "micrometer-", "jspecify", "jakarta.annotation", "snakeyaml");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    static Path folder;

    private static ProgramJar jar;

    private final Ports ports = FreeBase.find();
    private final ProgramCache cache = new ProgramCache(folder.resolve("cache"));

    @BeforeAll
    static void pack() throws IOException {
        jar = new ProgramJar("sample", folder.resolve("sample-1-app.jar"));
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Start-Class", SampleProgram.class.getName());
        try (OutputStream out = Files.newOutputStream(jar.file()); JarOutputStream entries = new JarOutputStream(out, manifest)) {
            entries.setLevel(0);
            String sample = SampleProgram.class.getName().replace('.', '/') + ".class";
            try (InputStream content = SampleProgram.class.getResourceAsStream("/" + sample)) {
                entries.putNextEntry(new JarEntry("BOOT-INF/classes/" + sample));
                content.transferTo(entries);
            }
            for (Path library : libraries()) {
                entries.putNextEntry(new JarEntry("BOOT-INF/lib/" + library.getFileName()));
                Files.copy(library, entries);
            }
        }
    }

    @Test
    void twoProgramsRunBesideEachOtherWithClassesOfTheirOwn() throws Exception {
        RunningProgram first = RunningProgram.start(jar, cache, properties("first", ports.portal()), folder);
        try (RunningProgram second = RunningProgram.start(jar, cache, properties("second", ports.platformBackend()), folder)) {
            assertThat(List.of(get(ports.portal(), "/name"), get(ports.platformBackend(), "/name"))).containsExactly("first", "second");
            assertThat(get(ports.portal(), "/loader")).isEqualTo("sample");
            assertThat(SampleProgram.class.getClassLoader().getName()).isNotEqualTo("sample");
            first.close();
            assertThatThrownBy(() -> get(ports.portal(), "/name")).isInstanceOf(ConnectException.class);
            assertThat(get(ports.platformBackend(), "/name")).isEqualTo("second");
        }
        assertThatThrownBy(() -> get(ports.platformBackend(), "/name")).isInstanceOf(ConnectException.class);
    }

    @Test
    void aProgramThatRefusesToStartIsQuotedInItsOwnWords() {
        Map<String, String> properties = properties("any", ports.portal());
        properties.put("sample.refuse", "penstock.identity.issuer is not set");
        assertThatThrownBy(() -> RunningProgram.start(jar, cache, properties, Path.of("/logs/sample.log")))
                .isInstanceOf(StartFailure.class)
                .hasMessage("sample does not start: penstock.identity.issuer is not set. Its log is /logs/sample.log.");
    }

    @Test
    void oneThatStaysIllIsNamedWithItsLog() throws Exception {
        Map<String, String> properties = properties("any", ports.portal());
        properties.put("sample.ill", "true");
        URI address = URI.create("http://localhost:" + ports.portal());
        try (RunningProgram ill = RunningProgram.start(jar, cache, properties, folder); Health health = new Health(new CountDownLatch(1))) {
            assertThat(ill).isNotNull();
            assertThatThrownBy(() -> health.await("sample", address, Path.of("/logs/sample.log"), Duration.ofSeconds(1)))
                    .isInstanceOf(StartFailure.class)
                    .hasMessage("sample did not become healthy within 1 s (it answers 503 DOWN): its log is /logs/sample.log.");
        }
    }

    @Test
    void waitingEndsWhenTheLauncherIsStopped() {
        CountDownLatch stopping = new CountDownLatch(1);
        stopping.countDown();
        try (Health health = new Health(stopping)) {
            assertThatThrownBy(() -> health.await("sample", URI.create("http://localhost:" + ports.portal()), folder, null)).isInstanceOf(StartFailure.class);
        }
    }

    private static Map<String, String> properties(String name, int port) {
        return new LinkedHashMap<>(Map.of(
                "sample.name", name, "server.port", Integer.toString(port), "server.address", "127.0.0.1", "server.shutdown", "immediate",
                "spring.main.register-shutdown-hook", "false", "spring.main.banner-mode", "off", "logging.threshold.console", "off"));
    }

    private static String get(int port, String path) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(), HttpResponse.BodyHandlers.ofString()).body();
    }

    private static List<Path> libraries() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(path -> LIBRARIES.stream().anyMatch(path.getFileName().toString()::startsWith))
                .filter(path -> !path.toString().contains("security") && !path.toString().contains("test") && !path.toString().contains("jackson"))
                .toList();
    }
}
