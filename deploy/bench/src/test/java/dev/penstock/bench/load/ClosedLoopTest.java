package dev.penstock.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClosedLoopTest {

    private static final Duration SHORT = Duration.ofMillis(150);
    private static final Work CHAT = Work.chat("bench");

    @Test
    void everyCallIsAnswered() throws IOException {
        try (Upstream upstream = Upstream.start(new Script(600, Duration.ZERO, 1, Duration.ZERO))) {
            Outcome outcome = ClosedLoop.run(new Address(upstream.port(), null), CHAT, 8, SHORT);
            assertThat(outcome.answered()).isGreaterThanOrEqualTo(8).isEqualTo(outcome.latency().getTotalCount()).isEqualTo(outcome.firstByte().getTotalCount());
            assertThat(outcome.statuses()).isEqualTo(Map.of(200, outcome.answered()));
            assertThat(outcome.broken() + outcome.unanswered() + outcome.refusals().getTotalCount()).isZero();
            assertThat(outcome.callsPerSecond()).isPositive();
        }
    }

    @Test
    void aCallerAsksAgainOnlyWhenItWasAnswered() throws IOException {
        try (Upstream upstream = Upstream.start(new Script(600, Duration.ofMillis(20), 1, Duration.ZERO))) {
            Outcome outcome = ClosedLoop.run(new Address(upstream.port(), null), CHAT, 3, SHORT);
            assertThat(outcome.answered()).isBetween(3L, 3L * 8);
            assertThat(outcome.latency().getMinValue()).isGreaterThan(Duration.ofMillis(19).toNanos());
        }
    }

    @Test
    void whereNobodyListensIsSaid() throws IOException {
        OddServer gone = new OddServer(i -> "");
        gone.close();
        assertThatThrownBy(() -> ClosedLoop.run(gone.address(), CHAT, 2, SHORT)).hasMessageMatching("connection [12] of 2 to port " + gone.address().port() + " cannot be opened: .*");
    }
}
