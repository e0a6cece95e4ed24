package dev.penstock.bench;

import dev.penstock.bench.measure.Pinning;
import dev.penstock.bench.subject.BenchFailure;
import dev.penstock.bench.subject.Core;
import dev.penstock.bench.subject.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/** The program. Also the load generator, so that it runs on the core of everything else. */
public final class Bench {

    private Bench() {}

    /** Ends by itself, and with it everything that it started, also when it fails or is interrupted. */
    public static void main(String[] words) {
        try {
            Options options = Options.parse(List.of(words));
            Pinning.move(ProcessHandle.current().pid(), Core.EVERYTHING_ELSE.number());
            Path home = Path.of(System.getProperty("penstock.home", "."));
            Path results = home.resolve(".penstock").resolve("bench");
            Run run = Run.in(results.resolve("run"));
            Runtime.getRuntime().addShutdownHook(new Thread(run::close, "end"));
            play(options, new Stage(run, home, results, options, Clock.systemUTC(), UUID::randomUUID, System.out));
            System.exit(0);
        } catch (BenchFailure | IOException failure) {
            System.err.println("\npenstock: " + failure.getMessage());
            System.exit(1);
        } catch (RuntimeException | Error unforeseen) {
            // Threads of what was started would keep the process alive.
            unforeseen.printStackTrace();
            System.exit(1);
        }
    }

    private static void play(Options options, Stage stage) throws IOException {
        try {
            switch (options.command()) {
                case GATEWAY -> new GatewayBench(stage).play();
                case STREAMS -> new StreamsBench(stage).play();
                case OVERLOAD -> new OverloadBench(stage).play();
                case SOAK -> new SoakBench(stage).play();
                case CANARIES -> new CanaryBench(stage).play();
            }
        } catch (RuntimeException | IOException failure) {
            // Cut short by Ctrl-C, everything that is talked to goes away.
            if (!stage.run().isEnding()) {
                throw failure;
            }
        }
    }
}
