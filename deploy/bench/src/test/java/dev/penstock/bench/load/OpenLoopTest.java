package dev.penstock.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class OpenLoopTest {

    private static final Work CHAT = Work.chat("bench");

    @Test
    void asManyCallsAreMadeAsAreDue() throws IOException {
        try (Upstream upstream = Upstream.start(new Script(600, Duration.ZERO, 1, Duration.ZERO))) {
            Outcome outcome = OpenLoop.run(new Address(upstream.port(), null), CHAT, 1_000, 10, Duration.ofMillis(200));
            assertThat(outcome.answered()).isEqualTo(200);
            assertThat(outcome.took()).isGreaterThanOrEqualTo(Duration.ofMillis(199));
        }
    }

    /** Twenty calls, one due each 10 ms, to a subject that takes 50 ms for each and does one at a time: the i-th cannot end before 50 (i + 1) ms. */
    @Test
    void aSubjectThatIsTooSlowKeepsEverybodyWaitingWhoComesMeanwhile() throws IOException {
        try (Upstream upstream = Upstream.start(new Script(600, Duration.ofMillis(50), 1, Duration.ZERO))) {
            Outcome outcome = OpenLoop.run(new Address(upstream.port(), null), CHAT, 100, 1, Duration.ofMillis(200));
            assertThat(outcome.answered()).isEqualTo(20);
            assertThat(outcome.latency().getMinValue()).isGreaterThan(millis(49));
            assertThat(outcome.latency().getMaxValue()).isGreaterThan(millis(50 * 20 - 10 * 19 - 1));
            assertThat(outcome.latency().getMean()).isGreaterThan(millis(50 + 40 * 19 / 2 - 5));
            assertThat(outcome.late().getTotalCount()).isEqualTo(20);
            assertThat(outcome.late().getMaxValue()).isGreaterThan(millis(50 * 19 - 10 * 19 - 1));
        }
    }

    /** The first of 200 calls, one due each 2 ms, is held for 200 ms: a hundred were due before that ended, and fifty of them waited 100 ms. */
    @Test
    void oneStallIsSeenInEveryCallThatWasDueMeanwhile() throws IOException {
        String answer = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";
        try (OddServer server = new OddServer(i -> i == 0 ? after(Duration.ofMillis(200), answer) : answer)) {
            Outcome outcome = OpenLoop.run(server.address(), CHAT, 500, 1, Duration.ofMillis(400));
            assertThat(outcome.answered()).isEqualTo(200);
            assertThat(outcome.latency().getCountBetweenValues(millis(100), outcome.latency().getMaxValue())).isGreaterThanOrEqualTo(50);
        }
    }

    @Test
    void whatIsNeverAnsweredIsCountedWhetherItBeganOrNot() throws IOException {
        try (Upstream never = Upstream.start(new Script(600, Duration.ofHours(1), 1, Duration.ZERO))) {
            Address address = new Address(never.port(), null);
            Outcome outcome = Generator.run(address, CHAT, 3, new OpenLoop.Even(1e6, millis(20), Duration.ofMillis(100)), Duration.ofMillis(100), () -> {});
            assertThat(outcome.unanswered()).isEqualTo(20);
            assertThat(outcome.answered() + outcome.broken()).isZero();
        }
    }

    private static String after(Duration time, String answer) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
        return answer;
    }

    private static long millis(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
