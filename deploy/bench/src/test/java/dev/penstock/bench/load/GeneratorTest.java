package dev.penstock.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Twenty calls on two connections, all of them due at once, to servers that do not behave. */
class GeneratorTest {

    private static final String OK = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";
    private static final String CLOSING = "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\nok";
    private static final String BUSY = "HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n";
    private static final int CALLS = 20;

    @Test
    void refusalsAreCountedApart() throws IOException {
        Outcome outcome = behind(i -> i % 2 == 0 ? OK : BUSY);
        assertThat(outcome.answered()).isEqualTo(10);
        assertThat(outcome.statuses()).isEqualTo(Map.of(200, 10L, 503, 10L));
        assertThat(outcome.latency().getTotalCount()).isEqualTo(10);
        assertThat(outcome.refusals().getTotalCount()).isEqualTo(10);
    }

    @Test
    void aConnectionThatIsClosedAfterAnAnswerIsOpenedAgain() throws IOException {
        try (OddServer server = new OddServer(i -> CLOSING)) {
            Outcome outcome = behind(server);
            assertThat(outcome.answered()).isEqualTo(CALLS);
            assertThat(outcome.broken()).isZero();
            assertThat(server.accepted()).isEqualTo(CALLS);
        }
    }

    @Test
    void anAnswerThatEndsWithItsConnectionIsWhole() throws IOException {
        Outcome outcome = behind(i -> "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\nas long as it lasts");
        assertThat(outcome.answered()).isEqualTo(CALLS);
        assertThat(outcome.broken()).isZero();
    }

    @Test
    void whatIsCutOffOrNoAnswerIsBrokenAndTheNextCallIsMade() throws IOException {
        Outcome outcome = behind(i -> switch (i % 4) {
            case 0 -> "";
            case 1 -> CLOSING.replace("length: 2", "length: 10");
            case 2 -> "what?\r\n";
            default -> OK;
        });
        assertThat(outcome.broken()).isEqualTo(15);
        assertThat(outcome.statuses()).isEqualTo(Map.of(200, 5L));
        assertThat(outcome.unanswered()).isZero();
    }

    @Test
    void moreThanAnAnswerIsBroken() throws IOException {
        Outcome outcome = behind(i -> OK + OK);
        assertThat(outcome.answered()).isZero();
        assertThat(outcome.broken()).isEqualTo(CALLS);
    }

    private static Outcome behind(IntFunction<String> answers) throws IOException {
        try (OddServer server = new OddServer(answers)) {
            return behind(server);
        }
    }

    private static Outcome behind(OddServer server) throws IOException {
        return Generator.run(server.address(), Work.chat("bench"), 2, new OpenLoop.Even(1, CALLS, Generator.PATIENCE), () -> {});
    }
}
