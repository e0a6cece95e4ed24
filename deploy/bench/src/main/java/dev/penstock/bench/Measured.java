package dev.penstock.bench;

import dev.penstock.bench.load.Outcome;
import java.util.ArrayList;
import java.util.List;

/**
 * What one turn of one subject came to.
 *
 * @param microsACall CPU of the subject; NaN for the upstream itself, as in what follows
 * @param postgresMicrosACall CPU of its database beside that
 * @param share of its core that it used while it was asked as much as it could do
 * @param stolen of that core, by the machine's host, meanwhile
 * @param behindSeconds how long after that it was still booking
 * @param p50Micros of calls one at a time
 * @param flaws what makes the turn worth less; empty: nothing
 */
record Measured(
        double callsPerSecond, double microsACall, double postgresMicrosACall, double microsAChunk, double p50Micros, double p99Micros, double share,
        double stolen, double behindSeconds, List<String> flaws) {

    private static final double NANOS_OF_A_MICRO = 1_000;

    static Measured of(Spent closed, Spent streams, Outcome alone) {
        List<String> flaws = new ArrayList<>();
        flaws.addAll(flaws("calls", closed.outcome()));
        flaws.addAll(flaws("streams", streams.outcome()));
        flaws.addAll(flaws("calls one at a time", alone));
        return new Measured(
                closed.outcome().callsPerSecond(), closed.microsACall(), closed.postgresMicrosACall(), streams.microsAChunk(closed.microsACall()),
                alone.latency().getValueAtPercentile(50) / NANOS_OF_A_MICRO, alone.latency().getValueAtPercentile(99) / NANOS_OF_A_MICRO,
                closed.share(), closed.stolenShare(), closed.behind().toNanos() / 1e9, flaws);
    }

    static List<String> flaws(String what, Outcome outcome) {
        List<String> flaws = new ArrayList<>();
        outcome.statuses().forEach((status, calls) -> {
            if (status != 200) {
                flaws.add("%d %s answered %d".formatted(calls, what, status));
            }
        });
        say(flaws, outcome.broken(), what + " broken");
        say(flaws, outcome.unanswered(), what + " not answered");
        say(flaws, outcome.chunksLost(), "chunks of " + what + " lost");
        say(flaws, outcome.chunksDoubled(), "chunks of " + what + " doubled");
        return flaws;
    }

    private static void say(List<String> flaws, long count, String what) {
        if (count > 0) {
            flaws.add(count + " " + what);
        }
    }
}
