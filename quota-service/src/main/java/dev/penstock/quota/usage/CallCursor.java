package dev.penstock.quota.usage;

import dev.penstock.contract.CallId;
import dev.penstock.contract.Problem;
import dev.penstock.frame.problem.ProblemException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The place of a row among all rows in the order of time. Two calls of the same millisecond are in the order of their ids.
 *
 * @param attempt of the call
 */
public record CallCursor(Instant at, CallId call, int attempt) implements Comparable<CallCursor> {

    /** As pages hand it out: opaque to whoever gets it. */
    public String text() {
        return at.toEpochMilli() + "." + call + "." + attempt;
    }

    /**
     * @return null for null: the beginning
     * @throws ProblemException {@code invalid_input} for what was not handed out
     */
    public static @Nullable CallCursor parse(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        String[] parts = text.split("\\.", -1);
        try {
            if (parts.length == 3) {
                Instant at = Instant.ofEpochMilli(Long.parseLong(parts[0]));
                if (UsageRange.isPlausible(at)) {
                    return new CallCursor(at, CallId.of(parts[1]), Short.parseShort(parts[2]));
                }
            }
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.INVALID_INPUT, "The cursor is not one of ours.", e);
        }
        throw new ProblemException(Problem.INVALID_INPUT, "The cursor is not one of ours.");
    }

    @Override
    public int compareTo(CallCursor other) {
        int byTime = at.compareTo(other.at);
        int byCall = byTime == 0 ? call.toString().compareTo(other.call.toString()) : byTime;
        return byCall == 0 ? Integer.compare(attempt, other.attempt) : byCall;
    }
}
