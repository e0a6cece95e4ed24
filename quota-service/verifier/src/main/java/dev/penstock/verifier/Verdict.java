package dev.penstock.verifier;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What checking came to. */
public sealed interface Verdict {

    /**
     * Every entry up to the last checkpoint is in its place and as it was sealed.
     *
     * @param entries how many there are
     * @param checkpoints how many were checked, besides those that the auditor kept
     * @param kept how many checkpoints the auditor kept; all are part of this history
     * @param lastCheckpoint null only when there is nothing at all
     * @param root of the tree of all {@code entries}
     * @param remarks sentences on what is odd without being an alteration, such as clocks that disagree
     */
    record Intact(long entries, long checkpoints, int kept, @Nullable Checkpoint lastCheckpoint, Hash root, List<String> remarks)
            implements Verdict {

        public Intact {
            remarks = List.copyOf(remarks);
        }

        /** Entries after the last checkpoint. Nothing is proven about them. */
        public long notYetSealed() {
            return lastCheckpoint == null ? entries : entries - lastCheckpoint.size();
        }
    }

    /**
     * A single entry is one of those that the checkpoint seals, in the place that it names.
     *
     * @param line the entry as it was sealed
     */
    record Included(long index, String line, Checkpoint checkpoint) implements Verdict {}

    /**
     * Something is not as it was sealed.
     *
     * @param findings at least one, in the order they were come upon
     * @param complete false when the search stopped at 100 findings
     */
    record Broken(List<Finding> findings, boolean complete) implements Verdict {

        public Broken {
            findings = List.copyOf(findings);
            if (findings.isEmpty()) {
                throw new IllegalArgumentException("broken, but nothing was found");
            }
        }
    }
}
