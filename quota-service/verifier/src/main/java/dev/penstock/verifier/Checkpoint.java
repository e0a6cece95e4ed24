package dev.penstock.verifier;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What was sealed at one moment: the first {@code size} entries, and nothing else, have this root.
 *
 * @param origin which trail: the name of the key that signs
 * @param time when it was signed; whole microseconds, what is below is cut off
 */
public record Checkpoint(String origin, long size, Hash root, Instant time) {

    public Checkpoint {
        if (!LogKey.NAME.matcher(origin).matches()) {
            throw new IllegalArgumentException(Words.quoted(origin) + " cannot name a trail");
        }
        if (size < 0 || size > CanonicalJson.SAFE) {
            throw new IllegalArgumentException("no tree has " + size + " entries");
        }
        time = time.truncatedTo(ChronoUnit.MICROS);
    }

    /** The signed text: the body of a C2SP tlog-checkpoint with the time as its one extension line. */
    public String text() {
        return origin + "\n" + size + "\n" + root.base64() + "\ntime " + Timestamp.format(time) + "\n";
    }
}
