package dev.penstock.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StreamsTest {

    private static final Work STREAM = Work.stream("bench");

    @Test
    void everyChunkOfEveryStreamComes() throws IOException {
        try (Upstream upstream = Upstream.start(new Script(600, Duration.ZERO, 10, Duration.ofMillis(5)))) {
            AtomicInteger alive = new AtomicInteger();
            Outcome outcome = Streams.open(new Address(upstream.port(), null), STREAM, 50, Duration.ofMillis(200), alive::incrementAndGet);
            assertThat(outcome.answered()).isGreaterThanOrEqualTo(50);
            assertThat(outcome.chunks()).isEqualTo(10 * outcome.answered());
            assertThat(outcome.chunksLost() + outcome.chunksDoubled() + outcome.broken() + outcome.unanswered()).isZero();
            assertThat(alive).hasValue(1);
        }
    }

    @Test
    void theFirstByteComesLongBeforeTheLast() throws IOException {
        try (Upstream upstream = Upstream.start(new Script(600, Duration.ZERO, 10, Duration.ofMillis(30)))) {
            Outcome outcome = Streams.open(new Address(upstream.port(), null), STREAM, 2, Duration.ZERO);
            assertThat(outcome.latency().getMinValue() - outcome.firstByte().getMinValue()).isGreaterThan(Duration.ofMillis(100).toNanos());
        }
    }

    @Test
    void aLostChunkIsNoticed() throws IOException {
        Outcome outcome = behind(stream(IntStream.of(0, 1, 3)) + "0\r\n\r\n");
        assertThat(outcome.chunksLost()).isEqualTo(outcome.answered()).isPositive();
    }

    @Test
    void aDoubledChunkIsNoticed() throws IOException {
        Outcome outcome = behind(stream(IntStream.of(0, 1, 1, 2, 3)) + "0\r\n\r\n");
        assertThat(outcome.chunksLost()).isZero();
        assertThat(outcome.chunksDoubled()).isEqualTo(outcome.answered()).isPositive();
    }

    @Test
    void whatIsMissingOfAStreamThatBreaksOffIsLost() throws IOException {
        Outcome outcome = behind(stream(IntStream.of(0)) + "not a chunk\r\n");
        assertThat(outcome.answered()).isZero();
        assertThat(outcome.chunksLost()).isEqualTo(3 * outcome.broken()).isPositive();
    }

    @Test
    void aStreamWithoutAChunkIsBroken() throws IOException {
        Outcome outcome = behind(stream(IntStream.empty()) + "0\r\n\r\n");
        assertThat(outcome.broken()).isPositive();
        assertThat(outcome.answered()).isZero();
    }

    private static Outcome behind(String answer) throws IOException {
        try (OddServer server = new OddServer(i -> answer)) {
            return Streams.open(server.address(), STREAM, 2, Duration.ofMillis(50));
        }
    }

    private static String stream(IntStream numbers) {
        return "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n" + numbers.mapToObj(i -> "data: {\"content\":\"" + RunningNumbers.mark(i, 4) + "\"}\n\n")
                .map(event -> Integer.toHexString(event.length()) + "\r\n" + event + "\r\n").collect(Collectors.joining());
    }
}
