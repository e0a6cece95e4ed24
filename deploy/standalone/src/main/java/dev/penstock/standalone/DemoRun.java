package dev.penstock.standalone;

import dev.penstock.standalone.client.Directory;
import dev.penstock.standalone.demo.Demo;
import dev.penstock.standalone.machine.DataFolder;
import dev.penstock.standalone.machine.StartFailure;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/** The demo on the installation that runs with a data folder, or on one that is started for it and stopped after it. */
final class DemoRun {

    private static final String KEEP = "--keep";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    private final PrintStream out;

    DemoRun(PrintStream out) {
        this.out = out;
    }

    /**
     * @param words the command line after {@code demo}
     * @return how many steps failed
     */
    int play(List<String> words) {
        List<String> further = new ArrayList<>(words);
        boolean keep = further.remove(KEEP);
        Options options = Options.parse(further);
        return runs(options) ? onWhatRuns(options) : onOneOfItsOwn(options, keep);
    }

    private static boolean runs(Options options) {
        try {
            return Files.isDirectory(options.data()) && DataFolder.holder(options.data()).isPresent();
        } catch (IOException e) {
            throw StartFailure.of("looking for what runs with " + options.data(), e);
        }
    }

    private int onWhatRuns(Options options) {
        Directory directory = awaitReady(RunFile.in(options.data().toAbsolutePath().normalize()));
        out.println("Plays on what runs at " + directory.url("portal") + "\n");
        return play(directory);
    }

    private static Directory awaitReady(Path runFile) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(runFile) || !Directory.read(runFile).isReady()) {
            if (System.nanoTime() - end > 0) {
                throw new StartFailure("What runs with " + runFile.getParent() + " did not become ready within " + PATIENCE.toSeconds()
                        + " s: stop it with ./penstock down and try again.");
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        return Directory.read(runFile);
    }

    private int onOneOfItsOwn(Options options, boolean keep) {
        long begin = System.nanoTime();
        Standalone standalone = Standalone.start(options, out);
        Runtime.getRuntime().addShutdownHook(new Thread(standalone::close, "stop"));
        try {
            return onOneOfItsOwn(standalone, begin, keep);
        } finally {
            // Also after what nobody foresaw: the threads of the programs would keep the process alive.
            standalone.close();
        }
    }

    private int onOneOfItsOwn(Standalone standalone, long begin, boolean keep) {
        standalone.awaitReady();
        out.printf(Locale.ROOT, "Ready after %.1f s.%n%n", Progress.seconds(begin));
        int failed = play(Directory.read(standalone.runFile()));
        if (keep) {
            out.println("It goes on running: the portal is " + Directory.read(standalone.runFile()).url("portal") + ". Ctrl-C stops it.");
            standalone.awaitStopped();
        }
        return failed;
    }

    private int play(Directory directory) {
        return new Demo(directory, Clock.systemUTC(), UUID::randomUUID, out).play();
    }
}
