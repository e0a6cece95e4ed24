package dev.penstock.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Window;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A gateway killed with a thousand streams open, again and again. As many of them produce as the engine has seats, which are 256; the others wait for
 * theirs.
 */
@Tag("long")
@Isolated
class ManyKillsTest {

    private static final int KILLS = Integer.getInteger("penstock.test.kills", 50);
    private static final int STREAMS = Integer.getInteger("penstock.test.streams", 1_000);
    private static final int SEATS = 256;
    private static final int LONG_ANSWER = 20_000;
    private static final int LATEST_KILL_MILLIS = 3_000;
    private static final int UNREAD_OF_A_STREAM = 5;
    private static final Duration OPEN = Duration.ofSeconds(240);
    private static final Duration RECOVERED = Duration.ofSeconds(120);

    @Test
    @Timeout(value = 3, unit = TimeUnit.HOURS)
    void whatWasReadOfAThousandStreamsIsBookedOnceHoweverOftenTheGatewayIsKilled() {
        try (ReplicatedPenstock several = ReplicatedPenstock.start(
                1, "gateway.most-calls-per-holder=" + 2 * STREAMS, "gateway.most-calls=" + 2 * STREAMS, "gateway.admission-queue=" + 2 * STREAMS,
                "gateway.most-connections=" + 2 * STREAMS, "gateway.first-byte-time=10m")) {
            Lab lab = new Lab(several.penstock(), "kills");
            String key = Objects.requireNonNull(lab.key("kills").secret());
            lab.limit(Meter.TOKENS, Window.MONTH, BigInteger.TEN.pow(15));
            Replica replica = several.replicas().getFirst();
            Random random = new Random(KILLS);
            List<RawCall> seen = new ArrayList<>();
            Map<String, EngineLog.Entry> before = new HashMap<>();
            for (int kill = 1; kill <= KILLS; kill++) {
                seen.addAll(kill(several.penstock(), replica, key, random, before));
                Books books = new Books(several.penstock(), List.of(new Books.Of(lab, seen)));
                books.awaitQuiet(RECOVERED);
                books.requireExact();
                requireFewUnread(kill, new Ledger(several.penstock(), lab.tenant()).rows(), before);
            }
            several.stopReplicas();
            new Ledger(several.penstock(), lab.tenant()).requireNothingHeld();
        }
    }

    private static List<RawCall> kill(RunningPenstock penstock, Replica replica, String key, Random random, Map<String, EngineLog.Entry> before) {
        Question question = Question.stream("Tell me everything about water.", LONG_ANSWER);
        List<Future<List<RawCall>>> streams = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int stream = 0; stream < STREAMS; stream++) {
                streams.add(callers.submit(() -> open(replica, key, question)));
            }
            try {
                Eventually.eventually("all streams are open", OPEN, () -> {
                    assertThat(streams.stream().filter(Future::isDone).map(Future::resultNow)).as("streams that ended before they were killed").isEmpty();
                    return EngineLog.atWork(penstock) == STREAMS && EngineLog.running(penstock, 1) >= Math.min(STREAMS, SEATS);
                });
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(LATEST_KILL_MILLIS)));
                before.putAll(EngineLog.read(penstock));
            } finally {
                replica.process().kill();
            }
        }
        replica.process().startAgain();
        return streams.stream().flatMap(stream -> stream.resultNow().stream()).toList();
    }

    /** All calls it took: of a thousand at once, some may have to wait too long for a program that has just started, and are told to come again. */
    private static List<RawCall> open(Replica replica, String key, Question question) throws IOException {
        List<RawCall> calls = new ArrayList<>();
        do {
            calls.add(RawCall.play(replica.gateway(), key, question.path(), question.body(), RawCall.NEVER));
        } while (calls.getLast().status() == 503);
        return calls;
    }

    /** What the engine had produced before a kill and the dead process had not read. */
    private static void requireFewUnread(int kills, List<Ledger.Row> rows, Map<String, EngineLog.Entry> before) {
        long unread = rows.stream().mapToLong(row -> Math.max(0, before.getOrDefault(row.call(), EngineLog.Entry.NOTHING).output() - row.output())).sum();
        System.out.printf("%d kills, %d streams: %d tokens settled, %d that nobody had read%n", kills, rows.size(), rows.stream().mapToLong(Ledger.Row::output).sum(), unread);
        assertThat(unread).as("on the average of the streams that were killed").isLessThanOrEqualTo((long) UNREAD_OF_A_STREAM * rows.size());
    }
}
