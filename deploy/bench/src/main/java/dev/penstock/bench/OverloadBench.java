package dev.penstock.bench;

import dev.penstock.bench.load.Address;
import dev.penstock.bench.load.ClosedLoop;
import dev.penstock.bench.load.OpenLoop;
import dev.penstock.bench.load.Outcome;
import dev.penstock.bench.load.Script;
import dev.penstock.bench.load.Work;
import dev.penstock.bench.measure.Ratios;
import dev.penstock.bench.subject.Penstock;
import dev.penstock.bench.subject.Subject;
import dev.penstock.bench.subject.UpstreamProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Ten times as much as the models behind it can answer: how much is still answered, how soon the rest is turned away, and by what. */
final class OverloadBench {

    private static final int ROUNDS = 5;
    private static final int SECONDS = 10;
    private static final int WARM_UP_SECONDS = 15;

    /** As long as an answer takes, and as many at once: the most that can be answered is their quotient. */
    private static final Duration DELAY = Duration.ofMillis(200);
    private static final int MOST_CALLS = 100;

    private static final int TIMES = 10;
    private static final int MOST_CONNECTIONS = 1_000;
    private static final double NANOS_OF_A_MILLI = 1e6;

    private final Stage stage;
    private final Work work = Work.chat(Penstock.MODEL);

    OverloadBench(Stage stage) {
        this.stage = stage;
    }

    void play() throws IOException {
        int rounds = stage.options().rounds(ROUNDS);
        Duration howLong = Duration.ofSeconds(stage.options().seconds(SECONDS));
        Duration warmUp = Duration.ofSeconds(stage.options().warmUp(WARM_UP_SECONDS));
        stage.say("machine: %s", Machine.read());
        UpstreamProcess upstream = UpstreamProcess.start(stage.run(), new Script(600, DELAY, 1, Duration.ZERO));
        Penstock penstock = stage.penstock(List.of("penstock.gateway.most-calls=" + MOST_CALLS));
        Subject subject = stage.full(penstock, upstream);
        Address address = subject.address();

        double possible = MOST_CALLS / (DELAY.toMillis() / 1e3);
        stage.say("warm-up: %s, too many at once", WarmUp.words(warmUp));
        WarmUp.until(warmUp, subject, slice -> OpenLoop.run(address, work, TIMES * possible, MOST_CONNECTIONS, slice));

        List<Double> parts = new ArrayList<>();
        List<Double> refusals = new ArrayList<>();
        List<Double> answers = new ArrayList<>();
        Map<String, Double> bounds = new TreeMap<>();
        for (int round = 1; round <= rounds; round++) {
            stage.run().requireAlive();
            Outcome peak = ClosedLoop.run(address, work, MOST_CALLS, howLong);
            Map<String, Double> before = penstock.turnedAway();
            Outcome over = OpenLoop.run(address, work, TIMES * peak.callsPerSecond(), MOST_CONNECTIONS, howLong);
            penstock.turnedAway().forEach((bound, calls) -> bounds.merge(bound, calls - before.getOrDefault(bound, 0.0), Double::sum));
            parts.add(over.callsPerSecond() / peak.callsPerSecond());
            refusals.add(over.refusals().getValueAtPercentile(99) / NANOS_OF_A_MILLI);
            answers.add(over.latency().getValueAtPercentile(99) / NANOS_OF_A_MILLI);
            stage.say("round %d of %d: peak %,.0f answered/s; at %,.0f calls/s %,.0f answered/s (%.3f of the peak), p99 of answers %.1f ms, of refusals %.2f ms; %s",
                    round, rounds, peak.callsPerSecond(), TIMES * peak.callsPerSecond(), over.callsPerSecond(), parts.getLast(), answers.getLast(), refusals.getLast(),
                    over.statuses());
        }
        tell(rounds, Ratios.of(parts), Ratios.of(refusals), Ratios.of(answers), bounds);
    }

    private void tell(int rounds, Ratios parts, Ratios refusals, Ratios answers, Map<String, Double> bounds) throws IOException {
        bounds.values().removeIf(calls -> calls == 0);
        stage.say("%ngoodput at %d × the load, of the peak   median %.3f, low %.3f, high %.3f", TIMES, parts.median(), parts.low(), parts.high());
        stage.say("p99 of refusals                         median %.2f ms, low %.2f, high %.2f", refusals.median(), refusals.low(), refusals.high());
        stage.say("turned away by                          %s", bounds);

        Map<String, Object> report = stage.report();
        report.put("rounds", rounds);
        report.put("jvm", stage.jvm().toString());
        report.put("goodputOverPeak", parts);
        report.put("refusalP99Millis", refusals);
        report.put("answerP99Millis", answers);
        report.put("turnedAway", bounds);
        stage.write("overload", report);
    }
}
