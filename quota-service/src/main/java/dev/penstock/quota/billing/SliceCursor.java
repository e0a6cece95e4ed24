package dev.penstock.quota.billing;

import dev.penstock.contract.Problem;
import dev.penstock.contract.SliceId;
import dev.penstock.contract.quota.SliceTimeRow;
import dev.penstock.frame.problem.ProblemException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The place of a row of slice time among all in the order of time; of two slices' in the order of their ids. */
record SliceCursor(Instant from, SliceId slice, int phase) {

    static SliceCursor of(SliceTimeRow row) {
        return new SliceCursor(row.from(), row.slice(), row.phase());
    }

    /** As pages hand it out: opaque to whoever gets it. */
    String text() {
        return from.getEpochSecond() + "." + slice + "." + phase;
    }

    /**
     * @return null for null: the beginning
     * @throws ProblemException {@code invalid_input} for what was not handed out
     */
    static @Nullable SliceCursor parse(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        String[] parts = text.split("\\.", -1);
        try {
            if (parts.length == 3) {
                // Twelve digits of seconds reach far beyond any slice, and fit a timestamp.
                long seconds = Long.parseLong(parts[0]);
                if (seconds >= 0 && seconds < 1_000_000_000_000L) {
                    return new SliceCursor(Instant.ofEpochSecond(seconds), SliceId.of(parts[1]), Integer.parseInt(parts[2]));
                }
            }
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.INVALID_INPUT, "The cursor is not one of ours.", e);
        }
        throw new ProblemException(Problem.INVALID_INPUT, "The cursor is not one of ours.");
    }
}
