package dev.penstock.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Window;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** 600 requests a minute at four replicas, and as many asked as this machine can ask: each whole minute gets what it may have, and hardly less. */
@Tag("long")
@Isolated
class RateTest {

    private static final int REPLICAS = 4;
    private static final int CALLERS = 64;
    private static final int LIMIT = 600;
    private static final int LEAST = 570;
    private static final int MINUTES = 3;

    @Test
    @Timeout(900)
    void eachWholeMinuteAdmitsWhatTheLimitSaysAndHardlyLess() {
        try (ReplicatedPenstock several = ReplicatedPenstock.start(REPLICAS)) {
            Lab lab = new Lab(several.penstock(), "rate");
            String key = Objects.requireNonNull(lab.key("rate").secret());
            lab.limit(Meter.REQUESTS, Window.MINUTE, BigInteger.valueOf(LIMIT));
            Instant first = Instant.now().truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
            Instant end = first.plus(MINUTES, ChronoUnit.MINUTES);
            Queue<RawCall> seen = new ConcurrentLinkedQueue<>();
            try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
                for (int caller = 0; caller < CALLERS; caller++) {
                    SplittableRandom random = new SplittableRandom(caller);
                    callers.submit(() -> until(end, several, key, random, seen));
                }
            }
            Map<Instant, Long> asked = seen.stream().collect(Collectors.groupingBy(RateTest::minute, TreeMap::new, Collectors.counting()));
            Map<Instant, Long> admitted = seen.stream().filter(call -> call.status() == 200).collect(Collectors.groupingBy(RateTest::minute, TreeMap::new, Collectors.counting()));
            System.out.println("asked a minute: " + asked + ", admitted: " + admitted);
            for (Instant minute = first; minute.isBefore(end); minute = minute.plus(1, ChronoUnit.MINUTES)) {
                assertThat(admitted.get(minute)).as("admitted in " + minute).isBetween((long) LEAST, (long) LIMIT);
                assertThat(asked.get(minute)).as("asked in " + minute).isGreaterThan(2L * LIMIT);
            }
            Books books = new Books(several.penstock(), List.of(new Books.Of(lab, seen)));
            books.awaitQuiet(Duration.ofSeconds(30));
            books.requireExact();
        }
    }

    private static Void until(Instant end, ReplicatedPenstock several, String key, SplittableRandom random, Queue<RawCall> seen) throws IOException {
        while (Instant.now().isBefore(end)) {
            Replica replica = several.replicas().get(random.nextInt(REPLICAS));
            seen.add(RawCall.play(replica.gateway(), key, "/v1/embeddings", "{\"model\": \"" + Lab.EMBEDDINGS + "\", \"input\": \"water\"}", RawCall.NEVER));
        }
        return null;
    }

    private static Instant minute(RawCall call) {
        return CallTime.minute(call.call().orElseThrow());
    }
}
