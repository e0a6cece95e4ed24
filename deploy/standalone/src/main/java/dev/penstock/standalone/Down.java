package dev.penstock.standalone;

import dev.penstock.standalone.machine.DataFolder;
import dev.penstock.standalone.machine.Secrets;
import dev.penstock.standalone.machine.StartFailure;
import dev.penstock.standalone.postgres.PostgresServer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Stops the installation of a data folder, or what a killed one left. */
final class Down {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Down() {}

    static void stop(Options options, PrintStream out) {
        try {
            if (!Files.isDirectory(options.data())) {
                out.println("Nothing runs: there is no data folder " + options.data().toAbsolutePath().normalize() + ".");
                return;
            }
            // The process that holds the lock wrote its number there. Nobody else can be meant, whatever the numbers are by now.
            Optional<Long> holder = DataFolder.holder(options.data());
            if (holder.isPresent()) {
                terminate(ProcessHandle.of(holder.get()).orElseThrow(), out);
            } else {
                out.println(stopLeftBehind(options) ? "Stopped the PostgreSQL that a killed run left." : "Nothing runs with " + options.data().toAbsolutePath().normalize() + ".");
            }
        } catch (IOException e) {
            throw StartFailure.of("looking for what runs with " + options.data(), e);
        }
    }

    private static void terminate(ProcessHandle process, PrintStream out) {
        long begin = System.nanoTime();
        process.destroy();
        try {
            process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            out.printf(Locale.ROOT, "Stopped process %d after %.1f s.%n", process.pid(), Progress.seconds(begin));
        } catch (TimeoutException e) {
            throw new StartFailure("Process " + process.pid() + " did not stop within " + PATIENCE.toSeconds() + " s: end it with kill -9 " + process.pid()
                    + "; the next start takes over what is left and loses nothing.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean stopLeftBehind(Options options) throws IOException {
        try (DataFolder folder = DataFolder.open(options.data())) {
            Installation installation = new Installation(folder, options.ports(), new Secrets(folder.secrets(), new SecureRandom()), options.tokenLife());
            return Files.exists(installation.postgres().programs()) && PostgresServer.prepare(installation.postgres()).stopLeftBehind();
        }
    }
}
