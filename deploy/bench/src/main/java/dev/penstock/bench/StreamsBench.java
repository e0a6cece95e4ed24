package dev.penstock.bench;

import dev.penstock.bench.load.ClosedLoop;
import dev.penstock.bench.load.Outcome;
import dev.penstock.bench.load.Script;
import dev.penstock.bench.load.Streams;
import dev.penstock.bench.load.Work;
import dev.penstock.bench.measure.Cpu;
import dev.penstock.bench.measure.Memory;
import dev.penstock.bench.subject.Heap;
import dev.penstock.bench.subject.OpenFiles;
import dev.penstock.bench.subject.Penstock;
import dev.penstock.bench.subject.Subject;
import dev.penstock.bench.subject.UpstreamProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Many streams alive at once, with a chunk a second each: whether one is lost, and what holding them takes. */
final class StreamsBench {

    private static final int STREAMS = 8_000;
    private static final int SECONDS = 60;
    private static final int BEGUN_A_SECOND = 1_000;

    /** A stream is two files to quota-service; some are for everything else. */
    private static final int FILES_A_STREAM = 2;
    private static final int OTHER_FILES = 500;

    /** Of whole calls; what streams need besides is compiled in their first quarter. */
    private static final int WARM_UP_SECONDS = 15;
    private static final int CONNECTIONS = 32;

    private final Stage stage;

    StreamsBench(Stage stage) {
        this.stage = stage;
    }

    void play() throws IOException {
        Duration warmUp = Duration.ofSeconds(stage.options().warmUp(WARM_UP_SECONDS));
        stage.say("machine: %s", Machine.read());
        int streams = streams();
        Duration howLong = Duration.ofSeconds(stage.options().seconds(SECONDS));
        int chunks = Math.toIntExact(howLong.toSeconds()) + streams / BEGUN_A_SECOND + 1;

        // 1. As set by default, but for how many may be there at once.
        UpstreamProcess upstream = UpstreamProcess.start(stage.run(), new Script(600, Duration.ZERO, chunks, Duration.ofSeconds(1)));
        int most = 2 * streams;
        Penstock penstock = stage.penstock(List.of(
                "penstock.gateway.most-calls=" + most, "penstock.gateway.most-calls-per-holder=" + most, "penstock.gateway.most-connections=" + most));
        Subject subject = stage.full(penstock, upstream);
        stage.say("warm-up: %s", WarmUp.words(warmUp));
        WarmUp.until(warmUp, subject, slice -> ClosedLoop.run(subject.address(), Work.chat(Penstock.MODEL), CONNECTIONS, slice));

        // 2. All of them, and a look at them while they live.
        Snapshot before = Snapshot.of(subject);
        CountDownLatch alive = new CountDownLatch(1);
        CompletableFuture<During> during = CompletableFuture.supplyAsync(() -> During.of(subject, alive, howLong, streams));
        Outcome outcome = Streams.open(subject.address(), Work.stream(Penstock.MODEL), streams, howLong, alive::countDown);
        stage.run().requireAlive();
        tell(streams, outcome, before, during.join(), penstock.turnedAway());
    }

    private int streams() {
        int asked = stage.options().streams(STREAMS);
        int possible = (OpenFiles.most() - OTHER_FILES) / FILES_A_STREAM;
        if (possible < asked) {
            stage.say("%,d streams instead of %,d: a process may have %,d files open (ulimit -n)", possible, asked, OpenFiles.most());
        }
        return Math.min(asked, possible);
    }

    private void tell(int streams, Outcome outcome, Snapshot before, During during, Map<String, Double> turnedAway) throws IOException {
        double residentEach = (during.snapshot().resident() - before.resident()) / (double) streams;
        double liveEach = (during.snapshot().live() - before.live()) / (double) streams;
        stage.say("""

                %,d streams alive at once, one chunk a second each
                chunks            %,d came, %,d lost, %,d doubled
                live heap         %,.1f MB before, %,.1f MB during: %,.1f KB a stream
                resident memory   %,.1f MB before, %,.1f MB during: %,.1f KB a stream
                CPU               %.1f %% of a core while they live, %.1f µs a chunk""",
                streams, outcome.chunks(), outcome.chunksLost(), outcome.chunksDoubled(), mb(before.live()), mb(during.snapshot().live()), liveEach / 1024,
                mb(before.resident()), mb(during.snapshot().resident()), residentEach / 1024, 100 * during.share(), during.microsAChunk());
        Measured.flaws("streams", outcome).forEach(flaw -> stage.say("! %s", flaw));
        if (!turnedAway.isEmpty()) {
            stage.say("! turned away by %s", turnedAway);
        }

        Map<String, Object> report = stage.report();
        report.put("jvm", stage.jvm().toString());
        report.put("streams", streams);
        report.put("answered", outcome.answered());
        report.put("chunks", outcome.chunks());
        report.put("chunksLost", outcome.chunksLost());
        report.put("chunksDoubled", outcome.chunksDoubled());
        report.put("liveHeapBytesPerStream", Math.round(liveEach));
        report.put("residentBytesPerStream", Math.round(residentEach));
        report.put("cpuMicrosPerChunk", during.microsAChunk());
        report.put("turnedAway", turnedAway);
        stage.write("streams", report);
    }

    private static double mb(long bytes) {
        return bytes / (1024.0 * 1024.0);
    }

    /** @param live bytes of objects that are in use, after a collection */
    private record Snapshot(long live, long resident) {

        static Snapshot of(Subject subject) {
            long pid = subject.pids()[0];
            long live = Heap.live(pid);
            return new Snapshot(live, Memory.resident(pid));
        }
    }

    /** @param share of a core that quota-service used while all were alive */
    private record During(Snapshot snapshot, double share, double microsAChunk) {

        /** In the middle half of their common life. CPU first: the look at the heap costs some. */
        static During of(Subject subject, CountDownLatch alive, Duration howLong, int streams) {
            await(alive);
            LockSupport.parkNanos(howLong.dividedBy(4).toNanos());
            Duration window = howLong.dividedBy(2);
            Duration before = Cpu.of(subject.pids()).used();
            long begin = System.nanoTime();
            LockSupport.parkNanos(window.toNanos());
            double micros = Cpu.of(subject.pids()).used().minus(before).toNanos() / 1e3;
            double seconds = (System.nanoTime() - begin) / 1e9;
            return new During(Snapshot.of(subject), micros / (seconds * 1e6), micros / (seconds * streams));
        }

        /** Streams that cannot all begin are told by their loss. */
        private static void await(CountDownLatch alive) {
            try {
                alive.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
