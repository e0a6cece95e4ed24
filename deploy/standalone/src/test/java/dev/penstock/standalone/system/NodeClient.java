package dev.penstock.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client that applications use, as its authors publish it for Node.js, and a script of ours that calls everything once with it. */
final class NodeClient {

    private final String published;
    private final String name;
    private final Path folder;

    /**
     * @param published name and version
     * @param name of the folder of its script among the resources, and of its folder in the build
     */
    NodeClient(String published, String name) {
        this.published = published;
        this.name = name;
        this.folder = Path.of("target", name);
    }

    /** What the script says in its last line. */
    JsonNode call(String... arguments) throws IOException, InterruptedException {
        install();
        Files.copy(Objects.requireNonNull(NodeClient.class.getResourceAsStream("/" + name + "/calls.mjs")), folder.resolve("calls.mjs"), StandardCopyOption.REPLACE_EXISTING);
        List<String> command = new ArrayList<>(List.of("node", "calls.mjs"));
        command.addAll(List.of(arguments));
        return JsonMapper.shared().readTree(run(command).lines().reduce((first, second) -> second).orElseThrow());
    }

    /** Into the build's own folder. An installation of an earlier run with the same version is good enough. */
    private void install() throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Path mark = folder.resolve(published.replace('/', '_'));
        if (!Files.exists(mark)) {
            run(List.of("npm", "install", "--prefix", ".", "--no-package-lock", "--no-save", "--no-audit", "--no-fund", published));
            Files.createFile(mark);
        }
    }

    private String run(List<String> command) throws IOException, InterruptedException {
        Path errors = folder.resolve(command.getFirst() + ".log");
        Process process;
        try {
            process = new ProcessBuilder(command).directory(folder.toFile()).redirectError(errors.toFile()).start();
        } catch (IOException e) {
            throw new AssertionError("This test needs Node.js 20 or later with npm, to run the client that applications use: install it"
                    + " (Debian, Ubuntu: apt-get install nodejs npm; macOS: brew install node) and try again. There is no " + command.getFirst() + ".", e);
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(command + " ends").isTrue();
        assertThat(process.exitValue()).as(() -> command.getFirst() + " said: " + said + read(errors)).isZero();
        return said;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
