package dev.penstock.standalone.postgres;

import com.sun.security.auth.module.UnixSystem;
import dev.penstock.standalone.machine.StartFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs {@code initdb} and {@code pg_ctl}. PostgreSQL refuses to run as root; for root each program is started in a user namespace of its
 * own, in which it is nobody.
 */
final class PostgresPrograms {

    private static final Duration LONGEST = Duration.ofSeconds(120);
    private static final List<String> AS_NOBODY = List.of("unshare", "-U");

    private final Path folder;
    private final List<String> prefix;

    private PostgresPrograms(Path folder, List<String> prefix) {
        this.folder = folder;
        this.prefix = prefix;
    }

    /** @throws StartFailure if PostgreSQL cannot run here as this user */
    static PostgresPrograms unpackedInto(Path folder) {
        Path unpacked = Unpacking.unpackInto(folder);
        boolean root = new UnixSystem().getUid() == 0;
        if (root && !mayBecomeNobody()) {
            throw new StartFailure("PostgreSQL does not run as root, and this machine does not let root step down (unshare -U): "
                    + "run ./penstock as an ordinary user with a data folder of that user's.");
        }
        return new PostgresPrograms(unpacked, root ? AS_NOBODY : List.of());
    }

    /** Runs one program to its end. */
    Outcome run(String program, List<String> arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.add(folder.resolve("bin").resolve(program).toString());
        command.addAll(arguments);
        return run(command);
    }

    private static boolean mayBecomeNobody() {
        try {
            List<String> command = new ArrayList<>(AS_NOBODY);
            command.add("true");
            return run(command).succeeded();
        } catch (StartFailure noUnshare) {
            return false;
        }
    }

    private static Outcome run(List<String> command) {
        String name = Path.of(command.getLast()).getFileName().toString();
        Path output = null;
        try {
            // A file, not a pipe: the server that pg_ctl leaves behind keeps a pipe open, and reading it to its end would wait for ever.
            output = Files.createTempFile("penstock", ".out");
            Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
            process.getOutputStream().close();
            if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new StartFailure(command + " did not end within " + LONGEST.toSeconds() + " s: try again.");
            }
            return new Outcome(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            throw StartFailure.of("running " + name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("Stopped while running " + name + ".", e);
        } finally {
            deleteQuietly(output);
        }
    }

    private static void deleteQuietly(@Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // A few bytes in the temp folder; not worth a failed start.
        }
    }

    /** @param output both streams */
    record Outcome(int code, String output) {
        boolean succeeded() {
            return code == 0;
        }
    }
}
