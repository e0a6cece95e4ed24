package dev.penstock.standalone.postgres;

import dev.penstock.standalone.machine.StartFailure;
import dev.penstock.standalone.postgres.PostgresPrograms.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The server that runs on some data, ours or one that a killed launcher left behind. PostgreSQL writes its process id beside the data;
 * after a crash of the machine that number may belong to anybody, so only a process that is a PostgreSQL is ever stopped.
 */
record LeftBehind(PostgresPrograms programs, Path data) {

    Optional<Long> pid() {
        return runningPostgres().map(ProcessHandle::pid);
    }

    /** Stops it if it runs; afterwards nothing stands in the way of a start. */
    void stop() {
        if (runningPostgres().isEmpty()) {
            removeStalePid();
            return;
        }
        if (!stop("fast", 30).succeeded()) {
            Outcome hard = stop("immediate", 30);
            if (runningPostgres().isPresent()) {
                throw new StartFailure("A PostgreSQL that an earlier run left behind (process " + pid().orElse(0L) + ") does not stop: end it with kill, then try again. "
                        + hard.output());
            }
        }
    }

    /** "fast" rolls back what is open and writes a checkpoint; "immediate" leaves recovery to the next start and loses nothing either. */
    private Outcome stop(String mode, int seconds) {
        return programs.run("pg_ctl", List.of("stop", "-w", "-t", Integer.toString(seconds), "-m", mode, "-D", data.toString()));
    }

    private Optional<ProcessHandle> runningPostgres() {
        return recordedPid().flatMap(ProcessHandle::of).filter(process -> process.info().command().map(LeftBehind::isPostgres).orElse(false));
    }

    private static boolean isPostgres(String command) {
        return command.endsWith("/postgres") || command.endsWith("/postgres (deleted)");
    }

    private Optional<Long> recordedPid() {
        try {
            return Files.exists(pidFile()) ? Files.readAllLines(pidFile()).stream().findFirst().map(line -> Long.valueOf(line.strip())) : Optional.empty();
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** With a process of somebody else's under the recorded number, PostgreSQL would refuse to start. */
    private void removeStalePid() {
        boolean reused = recordedPid().flatMap(ProcessHandle::of).flatMap(process -> process.info().command()).isPresent();
        try {
            if (reused) {
                Files.deleteIfExists(pidFile());
            }
        } catch (IOException e) {
            throw StartFailure.of("removing " + pidFile(), e);
        }
    }

    private Path pidFile() {
        return data.resolve("postmaster.pid");
    }
}
