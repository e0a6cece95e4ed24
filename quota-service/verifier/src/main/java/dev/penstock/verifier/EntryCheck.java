package dev.penstock.verifier;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Goes along the entries of one run: is each the one that belongs there, in its one form, and are the times plausible? */
final class EntryCheck {

    /** An entry is sealed when its transaction has committed, so a long one is sealed after entries that are younger. */
    private static final Duration LONGEST_TRANSACTION = Duration.ofHours(1);

    /** Clocks of two machines differ by less than this when somebody looks after them. */
    private static final Duration CLOCK_DIFFERENCE = Duration.ofSeconds(5);

    private final Findings findings;
    private long expected;
    private @Nullable EntryForm latest;

    EntryCheck(Findings findings) {
        this.findings = findings;
    }

    void check(byte[] line) {
        EntryForm entry;
        try {
            entry = EntryForm.read(line);
        } catch (IllegalArgumentException e) {
            findings.add(Finding.Kind.ENTRY_NOT_CANONICAL, expected, "Entry " + expected + " is not an entry as it is sealed: it " + e.getMessage() + ".");
            expected++;
            return;
        } catch (UnusableInput e) {
            throw new UnusableInput("Entry " + expected + " cannot be read: it " + e.getMessage() + ".", e);
        }
        place(entry.index());
        time(entry);
    }

    private void place(long index) {
        if (index > expected) {
            String missing = index == expected + 1 ? "Entry " + expected + " is" : "Entries " + expected + " to " + (index - 1) + " are";
            findings.add(Finding.Kind.ENTRY_MISPLACED, expected, missing + " missing: entry " + index + " stands in that place.");
        } else if (index < expected) {
            findings.add(Finding.Kind.ENTRY_MISPLACED, expected, "Entry " + index + " stands where entry " + expected + " belongs.");
        }
        expected = index + 1;
    }

    private void time(EntryForm entry) {
        if (latest == null || entry.at().isAfter(latest.at())) {
            latest = entry;
        } else if (entry.at().isBefore(latest.at().minus(LONGEST_TRANSACTION))) {
            findings.remark("Entry " + entry.index() + " (" + entry.at() + ") is much older than entry " + latest.index() + " (" + latest.at()
                    + ") before it: a very long transaction, or a clock was put back.");
        }
    }

    /** Nothing can be sealed before it happened. */
    void sealed(Instant time) {
        if (latest != null && latest.at().isAfter(time.plus(CLOCK_DIFFERENCE))) {
            findings.remark("Entry " + latest.index() + " (" + latest.at() + ") is younger than the checkpoint that seals it (" + time
                    + "): the clocks of the database and of the sealer differ.");
        }
    }
}
