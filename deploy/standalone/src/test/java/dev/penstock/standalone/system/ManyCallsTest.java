package dev.penstock.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Many calls of every kind, a third of whose callers hang up at a random byte. For each call by itself: what the caller received, at most what the
 * ledger says, at most what the engine says it produced; and for those that nobody interrupted all three are the same.
 *
 * <p>Alone: it takes both cores for as long as it runs, and others wait for browsers meanwhile.
 */
@Order(3)
@Isolated
class ManyCallsTest {

    private static final int CALLERS = 128;
    private static final int HANG_UP_PERCENT = 30;
    private static final int LATEST_HANG_UP = 4_000;
    private static final int COME_AGAIN = 503;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final int MOST_TIMES = 30;
    private static final int MOST_TOKENS = 12;
    private static final long SEED = 20_261_121;

    @Test
    @Timeout(600)
    void tenThousandCallsAreInTheLedgerAsTheyWere() throws Exception {
        play(10_000);
    }

    @Test
    @Tag("long")
    @Timeout(1800)
    void aHundredThousandCallsAreInTheLedgerAsTheyWere() throws Exception {
        play(100_000);
    }

    private static void play(int calls) throws Exception {
        Lab lab = new Lab(RunningPenstock.shared(), "many");
        String key = Objects.requireNonNull(lab.key("many").secret());
        long begin = System.nanoTime();
        List<RawCall> seen = inParallel(IntStream.range(0, calls).<Callable<List<RawCall>>>mapToObj(number -> () -> untilAnswered(lab.gateway(), key, number)).toList());
        List<RawCall> turnedAway = seen.stream().filter(call -> call.whole() && call.status() != 200).toList();
        System.out.printf("%d calls in %.1f s, turned away: %s%n", calls, (System.nanoTime() - begin) / 1e9, turnedAway);
        Ledger ledger = new Ledger(RunningPenstock.shared(), lab.tenant());
        ledger.awaitQuiet(Duration.ofSeconds(30));
        ledger.compare(seen);
        ledger.requireInvariants();
        assertThat(turnedAway.stream().map(RawCall::status).filter(status -> status != COME_AGAIN)).as("refusals that ask nobody to come again").isEmpty();
        assertThat(turnedAway.size()).as("turned away for a while, not all the time").isLessThan(calls / 20);
        assertThat(seen.stream().filter(call -> call.whole() && call.status() == 200).count()).as("calls that were heard to their end").isGreaterThan(calls / 2);
    }

    /** A disk that stands still for seconds has calls turned away for a while, and it is what clients do: they come again. Each time is a call of its own. */
    private static List<RawCall> untilAnswered(String gateway, String key, int number) throws IOException {
        List<RawCall> seen = new ArrayList<>();
        seen.add(one(gateway, key, number));
        while (seen.getLast().status() == COME_AGAIN) {
            assertThat(seen.size()).as("times that call %s was turned away", number).isLessThan(MOST_TIMES);
            LockSupport.parkNanos(RETRY_AFTER.toNanos());
            seen.add(one(gateway, key, number));
        }
        return seen;
    }

    private static RawCall one(String gateway, String key, int number) throws IOException {
        SplittableRandom random = new SplittableRandom(SEED + number);
        int hangUp = random.nextInt(100) < HANG_UP_PERCENT ? random.nextInt(LATEST_HANG_UP) : RawCall.NEVER;
        String words = "water ".repeat(random.nextInt(1, 30));
        return switch (number % 10) {
            case 0, 1 -> RawCall.play(URI.create(gateway), key, "/v1/embeddings", """
                    {"model": "%s", "input": ["%s", "more"]}""".formatted(Lab.EMBEDDINGS, words), hangUp);
            case 2, 3, 4 -> RawCall.play(URI.create(gateway), key, "/v1/chat/completions", chat(words, random, ""), hangUp);
            case 5, 6 -> RawCall.play(URI.create(gateway), key, "/v1/chat/completions", chat(words, random, """
                    , "stream": true, "stream_options": {"include_usage": true}"""), hangUp);
            default -> RawCall.play(URI.create(gateway), key, "/v1/chat/completions", chat(words, random, ", \"stream\": true"), hangUp);
        };
    }

    private static String chat(String words, SplittableRandom random, String further) {
        return """
                {"model": "%s", "messages": [{"role": "user", "content": "%s"}], "max_tokens": %d%s}"""
                .formatted(Lab.CHAT, words, random.nextInt(1, MOST_TOKENS + 1), further);
    }

    private static <T> List<T> inParallel(List<Callable<List<T>>> calls) throws Exception {
        List<T> results = new ArrayList<>();
        try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
            for (Future<List<T>> call : callers.invokeAll(calls)) {
                results.addAll(call.get());
            }
        }
        return results;
    }
}
