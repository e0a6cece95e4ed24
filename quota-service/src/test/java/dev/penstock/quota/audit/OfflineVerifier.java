package dev.penstock.quota.audit;

import dev.penstock.verifier.Verify;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The auditor's program, as a process of its own that has nothing else of ours on its class path. */
final class OfflineVerifier {

    /** @param exit 0 intact, 1 broken, 2 unusable */
    record Answer(int exit, String text) {}

    private OfflineVerifier() {}

    static Answer run(Path file, String... options) {
        try {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp",
                    Path.of(Verify.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toString(),
                    Verify.class.getName(), file.toString()));
            command.addAll(List.of(options));
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(process.waitFor(), text);
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
