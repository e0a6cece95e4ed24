package dev.penstock.standalone;

import dev.penstock.standalone.machine.DataFolder;
import dev.penstock.standalone.machine.Secrets;
import dev.penstock.standalone.machine.StartFailure;
import dev.penstock.standalone.program.SharedLog;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running installation on this machine. Closing it stops every part and gives the data folder back. */
public final class Standalone implements AutoCloseable {

    private final DataFolder folder;
    private final RunningParts running;
    private final RunFile runFile;
    private final Installation installation;
    private @Nullable Start present;

    private Standalone(DataFolder folder, RunningParts running, RunFile runFile, Installation installation) {
        this.folder = folder;
        this.running = running;
        this.runFile = runFile;
        this.installation = installation;
    }

    public static void main(String[] args) {
        try {
            List<String> words = List.of(args);
            String command = words.isEmpty() ? "up" : words.getFirst();
            List<String> further = words.isEmpty() ? words : words.subList(1, words.size());
            switch (command) {
                case "up" -> up(Options.parse(further));
                case "demo" -> System.exit(Math.min(new DemoRun(System.out).play(further), 1));
                case "down" -> Down.stop(Options.parse(further), System.out);
                default -> throw new StartFailure("There is no command " + command + ": ./penstock help lists them.");
            }
        } catch (StartFailure failure) {
            System.err.println("\npenstock: " + failure.getMessage());
            System.exit(1);
        }
    }

    /** Runs until it is told to stop: by Ctrl-C, by SIGTERM, or by {@code down}. */
    private static void up(Options options) {
        long begin = System.nanoTime();
        Progress progress = new Progress(System.out);
        Standalone standalone = open(options);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            long stop = System.nanoTime();
            progress.stopReporting();
            progress.say("\nStopping …");
            standalone.close();
            progress.say("Stopped after %.1f s. Data stay in %s".formatted(Progress.seconds(stop), standalone.folder.root()));
        }, "stop"));
        try {
            standalone.run(options, progress).finish();
            progress.say(Announcement.of(standalone.installation, standalone.runFile.file(), Progress.seconds(begin)));
            standalone.running.awaitStopped();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (StartFailure failure) {
            // When a stop cut the start short, that is what was asked for and no failure.
            if (standalone.running.stopping().getCount() > 0) {
                throw failure;
            }
        }
    }

    /**
     * Starts an installation within this process: its own parts. Programs that are left out are somebody else's to start, with the
     * settings in the folder {@code run}.
     *
     * @param out where progress is told
     * @throws StartFailure if it cannot; then nothing of it runs any more
     */
    public static Standalone start(Options options, PrintStream out) {
        Standalone standalone = open(options);
        try {
            standalone.present = standalone.run(options, new Progress(out));
            return standalone;
        } catch (RuntimeException e) {
            standalone.close();
            throw e;
        }
    }

    /**
     * Waits until every program is healthy, also those of somebody else, and writes the development tenants.
     *
     * @throws StartFailure if a program of this process does not become healthy
     */
    public void awaitReady() {
        Objects.requireNonNull(present, "started").finish();
    }

    /** What scripts read: addresses, logins, clients. */
    public Path runFile() {
        return runFile.file();
    }

    /** Returns when somebody stopped it. */
    void awaitStopped() {
        try {
            running.awaitStopped();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Standalone open(Options options) {
        DataFolder folder = DataFolder.open(options.data());
        logInto(folder.logs());
        Installation installation = new Installation(folder, options.ports(), new Secrets(folder.secrets(), new SecureRandom()), options.tokenLife());
        return new Standalone(folder, new RunningParts(), new RunFile(installation, Clock.systemUTC().instant()), installation);
    }

    /** Once, and before several threads log: what is logged while logging is being set up goes to the console. */
    private static void logInto(Path logs) {
        System.setProperty("penstock.logs", logs.toString());
        SharedLog.install();
        log().info("the launcher starts as process {}", ProcessHandle.current().pid());
    }

    private Start run(Options options, Progress progress) {
        progress.say("Penstock starts, with its data in " + folder.root());
        try {
            Clone.sweepOldCopies(folder);
            Start start = new Start(options, installation, running, runFile, progress, Clone.find());
            start.run();
            return start;
        } catch (StartFailure e) {
            log().error("the start failed", e);
            throw e;
        }
    }

    private static Logger log() {
        return LoggerFactory.getLogger(Standalone.class);
    }

    @Override
    public void close() {
        running.stop((part, why) -> log().warn("stopping {}", part, why));
        try {
            runFile.delete();
            folder.close();
        } catch (IOException e) {
            log().warn("giving the data folder back", e);
        }
    }
}
