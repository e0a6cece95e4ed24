package dev.penstock.quota.audit;

import dev.penstock.verifier.CompactRange;
import dev.penstock.verifier.Hash;
import dev.penstock.verifier.MerkleTree;
import dev.penstock.verifier.Node;
import dev.penstock.verifier.SignedCheckpoint;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Hands the trail to the verifier, and on the way checks what only the database has: that leaves, nodes and the columns of checkpoints
 * repeat what they are made of. That tells which entry was touched, where the tree alone tells only since when. One run's worth; close it.
 */
final class TrailCheck implements AutoCloseable {

    /** Sentences of its own at most; more would tell nothing more. */
    private static final int FINDINGS = 100;

    /** In place of a line that cannot be made: no entry, which the verifier says as well. */
    private static final byte[] NO_LINE = {'{', '}'};

    private final Stream<TrailRows.Sealed> entryRows;
    private final Stream<TreeTable.Subtree> subtreeRows;
    private final Stream<CheckpointRow> checkpointRows;
    private final Iterator<TreeTable.Subtree> subtrees;
    private final CompactRange tree = new CompactRange();
    private final List<String> findings = new ArrayList<>();
    private long checkpoints;
    private boolean subtreesDiffer;

    TrailCheck(TrailRows rows) {
        entryRows = rows.entries(TrailRows.ALL);
        subtreeRows = rows.subtrees();
        checkpointRows = rows.checkpoints(TrailRows.ALL);
        subtrees = subtreeRows.iterator();
    }

    /** Lines read so far. */
    long entries() {
        return tree.size();
    }

    /** Checkpoints read so far. */
    long checkpoints() {
        return checkpoints;
    }

    /** What does not repeat what it is made of, so far; one sentence each. */
    List<String> findings() {
        return List.copyOf(findings);
    }

    Iterator<byte[]> lines() {
        Iterator<TrailRows.Sealed> rows = entryRows.iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                if (!rows.hasNext() && subtrees.hasNext()) {
                    subtreesDiffer(subtrees.next().node());
                }
                return rows.hasNext();
            }

            @Override
            public byte[] next() {
                return line(rows.next());
            }
        };
    }

    Iterator<String> notes() {
        return checkpointRows.map(this::note).iterator();
    }

    @Override
    public void close() {
        entryRows.close();
        subtreeRows.close();
        checkpointRows.close();
    }

    private byte[] line(TrailRows.Sealed row) {
        byte[] line = row.line();
        if (line == null) {
            found("Entry " + row.index() + " cannot be read. " + row.trouble());
            line = NO_LINE;
        } else if (!MerkleTree.leaf(line).equals(row.leaf())) {
            found("Entry " + row.index() + " is not what was sealed: its row or its leaf was altered.");
        }
        long index = tree.size();
        List<Hash> completed = tree.append(MerkleTree.leaf(line));
        for (int level = 1; level < completed.size(); level++) {
            compare(new TreeTable.Subtree(new Node(level, index >> level), completed.get(level)));
        }
        return line;
    }

    private void compare(TreeTable.Subtree computed) {
        if (!subtreesDiffer && !(subtrees.hasNext() && subtrees.next().equals(computed))) {
            subtreesDiffer(computed.node());
        }
    }

    /** Once they are out of step, everything after differs too, so it is said once. */
    private void subtreesDiffer(Node first) {
        if (!subtreesDiffer) {
            found("The stored hashes of the tree are not those of the entries, first at level " + first.level() + ", number " + first.index() + ".");
        }
        subtreesDiffer = true;
    }

    private String note(CheckpointRow row) {
        checkpoints++;
        if (row.number() != checkpoints) {
            found("Checkpoint " + checkpoints + " is missing: number " + row.number() + " stands in its place.");
            checkpoints = row.number();
        }
        try {
            if (!row.says(SignedCheckpoint.parse(row.note()).checkpoint())) {
                found("The row of checkpoint " + row.number() + " says other than its signed note.");
            }
        } catch (IllegalArgumentException e) {
            found("The note of checkpoint " + row.number() + " is altered: it " + e.getMessage() + ".");
        }
        return row.note();
    }

    private void found(String sentence) {
        if (findings.size() < FINDINGS) {
            findings.add(sentence);
        }
    }
}
