package dev.penstock.bench;

import dev.penstock.bench.load.Address;
import dev.penstock.bench.load.ClosedLoop;
import dev.penstock.bench.load.OpenLoop;
import dev.penstock.bench.load.Outcome;
import dev.penstock.bench.load.Script;
import dev.penstock.bench.load.Work;
import dev.penstock.bench.measure.Cpu;
import dev.penstock.bench.subject.Direct;
import dev.penstock.bench.subject.Penstock;
import dev.penstock.bench.subject.Proxy;
import dev.penstock.bench.subject.Subject;
import dev.penstock.bench.subject.UpstreamProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a call and a chunk cost behind each subject, how many it carries, and what it adds to a single one. Subjects take turns, so that whatever else the
 * machine does meets them alike; what is compared is compared within a round.
 */
final class GatewayBench {

    private static final int ROUNDS = 7;
    private static final int SECONDS = 5;
    private static final int WARM_UP_SECONDS = 15;

    private static final Duration IDLE = Duration.ofSeconds(5);

    private static final int CONNECTIONS = 32;
    private static final double CALLS_A_SECOND_ALONE = 200;

    /** 50 streams begin in each second and last 2 seconds: 100 are alive, with 50 chunks a second each. More would be all that the slowest can do. */
    private static final Script SCRIPT = new Script(600, Duration.ZERO, 100, Duration.ofMillis(20));
    private static final double STREAMS_A_SECOND = 50;
    private static final int MOST_STREAMS = 400;

    private final Stage stage;
    private final Options options;
    private final Work chat = Work.chat(Penstock.MODEL);
    private final Work stream = Work.stream(Penstock.MODEL);
    private @Nullable Penstock penstock;

    GatewayBench(Stage stage) {
        this.stage = stage;
        this.options = stage.options();
    }

    void play() throws IOException {
        int rounds = options.rounds(ROUNDS);
        Duration howLong = Duration.ofSeconds(options.seconds(SECONDS));
        stage.say("machine: %s", Machine.read());

        // 1. What everything ends at, and who stands before it.
        List<Subject> subjects = subjects(UpstreamProcess.start(stage.run(), SCRIPT));
        Duration before = Duration.ofSeconds(options.warmUp(WARM_UP_SECONDS));
        String warmUp = "calls, streams and calls one at a time by turns, " + WarmUp.words(before);
        stage.say("warm-up: %s", warmUp);
        for (Subject subject : subjects) {
            warmUp(subject, before);
            stage.run().requireAlive();
        }
        sayIdle(subjects);

        // 2. By turns.
        List<Map<String, Measured>> all = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            Map<String, Measured> one = new LinkedHashMap<>();
            for (Subject subject : subjects) {
                stage.run().requireAlive();
                one.put(subject.name(), measure(subject, howLong));
            }
            all.add(one);
            stage.say("%nround %d of %d%n%s", round, rounds, GatewayTable.of(List.of(one)));
        }

        // 3. What it comes to.
        stage.say("%nmedians of %d rounds%n%s", rounds, GatewayTable.of(all));
        Map<String, Object> report = stage.report();
        report.put("rounds", rounds);
        report.put("warmUp", warmUp);
        report.put("durability", penstock == null ? "none" : penstock.durability().toString());
        GatewayFigures figures = new GatewayFigures(all, SettlementFigure.in(stage.results()));
        figures.all().forEach((name, value) -> stage.say("%-28s median %.2f, low %.2f, high %.2f", name, value.median(), value.low(), value.high()));
        figures.absent().forEach(name -> stage.say("%-28s absent: who it compares did not take part, or ./penstock bench settlement has not run here", name));
        report.putAll(figures.all());
        stage.write("gateway", report);
    }

    private List<Subject> subjects(UpstreamProcess upstream) {
        List<Subject> subjects = new ArrayList<>();
        add(subjects, Direct.NAME, upstream::direct);
        add(subjects, Proxy.HAPROXY, () -> Proxy.haproxy(stage.run(), upstream));
        add(subjects, Proxy.NGINX, () -> Proxy.nginx(stage.run(), upstream));
        add(subjects, Proxy.SPRING_CLOUD_GATEWAY, () -> Proxy.springCloudGateway(stage.run(), upstream, stage.home()));
        add(subjects, Proxy.VERTX, () -> Proxy.vertx(stage.run(), upstream, stage.home(), stage.jvm()));
        if (options.has(Penstock.FULL) || options.has(Penstock.UNMETERED)) {
            Penstock started = stage.penstock(List.of());
            penstock = started;
            Subject full = stage.full(started, upstream);
            add(subjects, Penstock.FULL, () -> full);
            add(subjects, Penstock.UNMETERED, () -> started.unmetered(full));
        }
        return subjects;
    }

    private void add(List<Subject> subjects, String name, Supplier<Subject> start) {
        if (options.has(name)) {
            subjects.add(start.get());
        }
    }

    private void warmUp(Subject subject, Duration howLong) throws IOException {
        Duration took = WarmUp.until(
                howLong, subject,
                slice -> ClosedLoop.run(subject.address(), chat, CONNECTIONS, slice),
                slice -> OpenLoop.run(subject.address(), stream, STREAMS_A_SECOND, MOST_STREAMS, slice),
                slice -> OpenLoop.run(subject.address(), chat, CALLS_A_SECOND_ALONE, 1, slice));
        stage.say("warm-up: %-22s %d s", subject.name(), took.toSeconds());
    }

    /** What those that are not called take from the one that is. */
    private void sayIdle(List<Subject> subjects) {
        List<Duration> before = subjects.stream().map(GatewayBench::used).toList();
        LockSupport.parkNanos(IDLE.toNanos());
        for (int i = 0; i < subjects.size(); i++) {
            stage.say("idle: %-22s %.1f %% of a core", subjects.get(i).name(), 100.0 * used(subjects.get(i)).minus(before.get(i)).toNanos() / IDLE.toNanos());
        }
    }

    private static Duration used(Subject subject) {
        return subject.pids().length == 0 ? Duration.ZERO : Cpu.of(subject.pids()).used();
    }

    private Measured measure(Subject subject, Duration howLong) throws IOException {
        Address address = subject.address();
        Long postgres = penstock != null && subject.name().equals(Penstock.FULL) ? penstock.postgresPid() : null;
        Spent closed = Spent.by(subject, postgres, () -> ClosedLoop.run(address, chat, CONNECTIONS, howLong));
        Spent streams = Spent.by(subject, postgres, () -> OpenLoop.run(address, stream, STREAMS_A_SECOND, MOST_STREAMS, howLong));
        Outcome alone = OpenLoop.run(address, chat, CALLS_A_SECOND_ALONE, 1, howLong);
        return Measured.of(closed, streams, alone);
    }
}
