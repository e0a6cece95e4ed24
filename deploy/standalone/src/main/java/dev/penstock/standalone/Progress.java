package dev.penstock.standalone;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;

/** What the person at the terminal sees while things start and stop: one line per step with the time it took. */
final class Progress {

    private final PrintStream out;
    private final AtomicBoolean quiet = new AtomicBoolean();

    Progress(PrintStream out) {
        this.out = out;
    }

    void done(String what, String outcome, long startedNanos) {
        if (!quiet.get()) {
            out.printf(Locale.ROOT, "  %-20s %-9s %5.1f s%n", what, outcome, seconds(startedNanos));
        }
    }

    void say(String line) {
        out.println(line);
    }

    /** From now on only what is said counts: the steps of a start that was stopped are of no interest. */
    void stopReporting() {
        quiet.set(true);
    }

    static double seconds(long startedNanos) {
        return (System.nanoTime() - startedNanos) / 1e9;
    }
}
