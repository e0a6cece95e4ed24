package dev.penstock.bench.load;

import java.time.Duration;
import java.util.List;

/**
 * What the upstream answers, to everybody the same.
 *
 * @param answerBytes bytes of the body of a whole answer
 * @param delay       how long it waits before a whole answer, and before the first chunk of a stream
 * @param chunks      chunks with content in a stream
 * @param between     the time from one chunk to the next
 */
public record Script(int answerBytes, Duration delay, int chunks, Duration between) {

    public Script {
        if (answerBytes < 400 || answerBytes > 1_000_000) {
            throw new IllegalArgumentException("an answer has 400 to 1,000,000 bytes, not " + answerBytes);
        }
        if (chunks < 1 || chunks > Work.MOST_TOKENS) {
            throw new IllegalArgumentException("a stream has 1 to " + Work.MOST_TOKENS + " chunks, as many as were asked for at most, not " + chunks);
        }
        if (delay.isNegative() || between.isNegative()) {
            throw new IllegalArgumentException("no time runs backwards: " + delay + ", " + between);
        }
    }

    /** The arguments that make {@link Upstream} follow this script. */
    public List<String> arguments() {
        return List.of(String.valueOf(answerBytes), delay.toString(), String.valueOf(chunks), between.toString());
    }

    static Script of(String... arguments) {
        if (arguments.length != 4) {
            throw new IllegalArgumentException("expected: answer bytes, delay, chunks, time between chunks; such as 600 PT0S 100 PT0.02S");
        }
        return new Script(Integer.parseInt(arguments[0]), Duration.parse(arguments[1]), Integer.parseInt(arguments[2]), Duration.parse(arguments[3]));
    }
}
