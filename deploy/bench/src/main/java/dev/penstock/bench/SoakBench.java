package dev.penstock.bench;

import dev.penstock.bench.load.Address;
import dev.penstock.bench.load.ClosedLoop;
import dev.penstock.bench.load.OpenLoop;
import dev.penstock.bench.load.Outcome;
import dev.penstock.bench.load.Script;
import dev.penstock.bench.load.Work;
import dev.penstock.bench.measure.Cpu;
import dev.penstock.bench.measure.GcLog;
import dev.penstock.bench.measure.Memory;
import dev.penstock.bench.subject.Heap;
import dev.penstock.bench.subject.Penstock;
import dev.penstock.bench.subject.Subject;
import dev.penstock.bench.subject.UpstreamProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.HdrHistogram.Histogram;

/** Half of what a core can do, whole calls and streams together, for half an hour: whether memory stays as it is, what is allocated, how long collections take. */
final class SoakBench {

    private static final int SECONDS = 30 * 60;
    private static final int WARM_UP_SECONDS = 15;
    private static final Duration FIND_OUT = Duration.ofSeconds(20);
    private static final Duration WINDOW = Duration.ofMinutes(2);

    private static final int CONNECTIONS = 32;
    private static final int MOST_CONNECTIONS = 400;
    private static final int CHUNKS = 100;
    private static final double STREAMS_A_SECOND = 50;
    private static final Script SCRIPT = new Script(600, Duration.ZERO, CHUNKS, Duration.ofMillis(20));

    /** Of the core, for each of the two kinds of load. */
    private static final double QUARTER = 0.25;
    private static final double MICROS_OF_A_SECOND = 1e6;
    private static final double NANOS_OF_A_MILLI = 1e6;

    private final Stage stage;
    private final Work chat = Work.chat(Penstock.MODEL);
    private final Work stream = Work.stream(Penstock.MODEL);

    SoakBench(Stage stage) {
        this.stage = stage;
    }

    /** @param bytesACall allocated, of whole calls; and of each chunk of a stream, whose beginning and end are a call's */
    private record Costs(double callsASecond, double streamsASecond, double bytesACall, double bytesAChunk) {}

    /**
     * A few minutes of it.
     *
     * @param live bytes of reachable objects at its end
     * @param share of the core that was used
     */
    private record Window(int number, Outcome calls, Outcome streams, long live, long resident, double share, GcLog collections) {

        Map<String, Object> figures() {
            List<Double> millis = collections.millis();
            return Map.of(
                    "minutesUntilItsEnd", number * WINDOW.toMinutes(), "calls", calls.answered(), "chunks", streams.chunks(), "chunksLost", streams.chunksLost(),
                    "p99Millis", p99(calls), "liveHeapBytes", live, "residentBytes", resident, "coreShare", share, "pauses", millis.size(),
                    "longestPauseMillis", millis.isEmpty() ? 0 : millis.getLast());
        }
    }

    void play() throws IOException {
        Duration warmUp = Duration.ofSeconds(stage.options().warmUp(WARM_UP_SECONDS));
        int windows = Math.toIntExact(Math.max(1, stage.options().seconds(SECONDS) / WINDOW.toSeconds()));
        stage.say("machine: %s", Machine.read());
        UpstreamProcess upstream = UpstreamProcess.start(stage.run(), SCRIPT);
        Penstock penstock = stage.penstock(List.of());
        Path log = stage.run().logs().resolve("gc.log");
        Subject subject = stage.full(penstock, upstream, List.of(GcLog.option(log)));
        Address address = subject.address();

        // 1. As fast as it becomes.
        stage.say("warm-up: calls and streams by turns, %s", WarmUp.words(warmUp));
        WarmUp.until(
                warmUp, subject,
                slice -> ClosedLoop.run(address, chat, CONNECTIONS, slice),
                slice -> OpenLoop.run(address, stream, STREAMS_A_SECOND, MOST_CONNECTIONS, slice));

        // 2. What half a core is.
        Costs costs = costs(subject, log);
        stage.say("half a core: %,.0f calls and %,.1f streams of %d chunks a second; a call allocates %,.1f KB, a chunk %,.2f KB",
                costs.callsASecond(), costs.streamsASecond(), CHUNKS, costs.bytesACall() / 1024, costs.bytesAChunk() / 1024);

        // 3. For long.
        List<Window> all = new ArrayList<>();
        GcLog before = GcLog.read(log);
        for (int number = 1; number <= windows; number++) {
            stage.run().requireAlive();
            GcLog began = GcLog.read(log);
            Window window = window(number, subject, costs, log, began);
            all.add(window);
            say(window);
        }
        tell(costs, all, GcLog.read(log).since(before));
    }

    private Costs costs(Subject subject, Path log) throws IOException {
        GcLog before = GcLog.read(log);
        Spent calls = Spent.by(subject, null, () -> ClosedLoop.run(subject.address(), chat, CONNECTIONS, FIND_OUT));
        GcLog between = GcLog.read(log);
        Spent streams = Spent.by(subject, null, () -> OpenLoop.run(subject.address(), stream, STREAMS_A_SECOND, MOST_CONNECTIONS, FIND_OUT));
        GcLog after = GcLog.read(log);

        double bytesACall = between.since(before).allocatedPerSecond() / calls.outcome().callsPerSecond();
        double chunksASecond = streams.outcome().chunks() / (streams.outcome().took().toNanos() / 1e9);
        double bytesAChunk = (after.since(between).allocatedPerSecond() - streams.outcome().callsPerSecond() * bytesACall) / chunksASecond;
        double microsAStream = calls.microsACall() + CHUNKS * streams.microsAChunk(calls.microsACall());
        return new Costs(QUARTER * MICROS_OF_A_SECOND / calls.microsACall(), QUARTER * MICROS_OF_A_SECOND / microsAStream, bytesACall, bytesAChunk);
    }

    private Window window(int number, Subject subject, Costs costs, Path log, GcLog began) {
        Duration cpu = Cpu.of(subject.pids()).used();
        long begin = System.nanoTime();
        CompletableFuture<Outcome> streams = CompletableFuture.supplyAsync(() -> load(subject.address(), stream, costs.streamsASecond(), MOST_CONNECTIONS));
        Outcome calls = load(subject.address(), chat, costs.callsASecond(), CONNECTIONS);
        Outcome streamed = streams.join();
        double share = Cpu.of(subject.pids()).used().minus(cpu).toNanos() / (double) (System.nanoTime() - begin);
        GcLog collections = GcLog.read(log).since(began);
        long pid = subject.pids()[0];
        long resident = Memory.resident(pid);
        return new Window(number, calls, streamed, Heap.live(pid), resident, share, collections);
    }

    private static Outcome load(Address address, Work work, double aSecond, int connections) {
        try {
            return OpenLoop.run(address, work, aSecond, connections, WINDOW);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void say(Window window) {
        List<Double> millis = window.collections().millis();
        stage.say("minute %3d: core %2.0f %% busy, live heap %.1f MB, resident %.1f MB, calls' p50 %.1f ms and p99 %.1f ms, %d pauses, the longest %.1f ms",
                window.number() * WINDOW.toMinutes(), 100 * window.share(), mb(window.live()), mb(window.resident()), percentile(window.calls(), 50), p99(window.calls()),
                millis.size(), millis.isEmpty() ? 0 : millis.getLast());
        Measured.flaws("calls", window.calls()).forEach(flaw -> stage.say("! %s", flaw));
        Measured.flaws("streams", window.streams()).forEach(flaw -> stage.say("! %s", flaw));
    }

    private void tell(Costs costs, List<Window> all, GcLog collections) throws IOException {
        Histogram pauses = new Histogram(3);
        collections.millis().forEach(millis -> pauses.recordValue(Math.round(millis * 1_000)));
        double seconds = all.size() * (double) WINDOW.toSeconds();
        double still = collections.millis().stream().mapToDouble(Double::doubleValue).sum() / 1e3 / seconds;
        Window first = all.getFirst();
        Window last = all.getLast();
        stage.say("""

                %d minutes at half a core
                live heap      %.1f MB after the first %d minutes, %.1f MB at the end
                resident       %.1f MB, %.1f MB
                pauses         %,d: p50 %.1f ms, p99 %.1f ms, the longest %.1f ms; %.2f %% of the time""",
                all.size() * WINDOW.toMinutes(), mb(first.live()), WINDOW.toMinutes(), mb(last.live()), mb(first.resident()), mb(last.resident()),
                pauses.getTotalCount(), pauses.getValueAtPercentile(50) / 1e3, pauses.getValueAtPercentile(99) / 1e3, pauses.getMaxValue() / 1e3, 100 * still);

        Map<String, Object> report = stage.report();
        report.put("jvm", stage.jvm().toString());
        report.put("callsPerSecond", costs.callsASecond());
        report.put("streamsPerSecond", costs.streamsASecond());
        report.put("allocatedBytesPerCall", Math.round(costs.bytesACall()));
        report.put("allocatedBytesPerChunk", Math.round(costs.bytesAChunk()));
        report.put("pauseMillis", Map.of(
                "count", pauses.getTotalCount(), "p50", pauses.getValueAtPercentile(50) / 1e3, "p99", pauses.getValueAtPercentile(99) / 1e3, "most", pauses.getMaxValue() / 1e3));
        report.put("windows", all.stream().map(Window::figures).toList());
        stage.write("soak", report);
    }

    private static double p99(Outcome outcome) {
        return percentile(outcome, 99);
    }

    private static double percentile(Outcome outcome, double percent) {
        return outcome.latency().getValueAtPercentile(percent) / NANOS_OF_A_MILLI;
    }

    private static double mb(long bytes) {
        return bytes / (1024.0 * 1024.0);
    }
}
