package dev.penstock.quota.audit;

import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.verifier.CompactRange;
import dev.penstock.verifier.EntryLine;
import dev.penstock.verifier.Hash;
import dev.penstock.verifier.MerkleTree;
import dev.penstock.verifier.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.dao.DataIntegrityViolationException;

/** Gives new entries their places in the tree. All or nothing: leaves and the subtrees they complete are one transaction. */
final class Sealer {

    /** As whom the sealer works. */
    static final Actor ACTOR = Actor.system("audit-sealer");

    /** Entries sealed in one transaction. */
    static final int BATCH = 500;

    private final JobTransactions transactions;
    private final EntryQueue queue;
    private final TreeTable tree;
    private final Consumer<SealStep> reached;
    private volatile String horizon = EntryQueue.EVERYTHING;
    /** Leaves after the last batch. */
    private long known;

    Sealer(JobTransactions transactions, EntryQueue queue, TreeTable tree, Consumer<SealStep> reached) {
        this.transactions = transactions;
        this.queue = queue;
        this.tree = tree;
        this.reached = reached;
    }

    /** Seals until no committed entry waits. */
    void sealAll() {
        int sealed;
        do {
            Taken taken = transactions.acrossTenants(Job.SEAL, ACTOR, this::sealBatch);
            reached.accept(SealStep.SEALED);
            sealed = taken.count();
            known = taken.size();
            if (sealed < BATCH) {
                horizon = taken.horizon();
            }
        } while (sealed == BATCH);
    }

    /** Below it nothing waits. */
    String horizon() {
        return horizon;
    }

    /** Looks at all entries again: after a failure nothing remembered is certain, the server may even be another one. */
    void startOver() {
        horizon = EntryQueue.EVERYTHING;
        known = 0;
    }

    private Taken sealBatch() {
        tree.lock();
        reached.accept(SealStep.LOCKED);
        String next = queue.horizon();
        long size = tree.size();
        if (size < known) {
            throw new Contradiction("The tree in the database had " + known + " entries and has " + size + ": entries were removed.");
        }
        List<EntryLine> lines = queue.take(horizon, BATCH, (row, number) -> EntryRow.line(row, size + number));
        reached.accept(SealStep.TAKEN);
        if (!lines.isEmpty()) {
            append(size, lines);
        }
        return new Taken(lines.size(), size + lines.size(), next);
    }

    private void append(long size, List<EntryLine> lines) {
        CompactRange range = new CompactRange(size, CompactRange.edge(size).stream().map(tree::hash).toList());
        List<TreeTable.Leaf> leaves = new ArrayList<>();
        List<TreeTable.Subtree> subtrees = new ArrayList<>();
        for (EntryLine line : lines) {
            Hash leaf = MerkleTree.leaf(EntryRow.bytes(line));
            leaves.add(new TreeTable.Leaf(line.index(), line.id(), leaf));
            List<Hash> completed = range.append(leaf);
            for (int level = 1; level < completed.size(); level++) {
                subtrees.add(new TreeTable.Subtree(new Node(level, line.index() >> level), completed.get(level)));
            }
        }
        try {
            tree.addLeaves(leaves);
            reached.accept(SealStep.LEAVES_WRITTEN);
            tree.addSubtrees(subtrees);
            reached.accept(SealStep.NODES_WRITTEN);
        } catch (DataIntegrityViolationException e) {
            // Nobody else seals while we hold the lock, so somebody wrote past us.
            throw new Contradiction("Where entry " + size + " and those after it belong, the tree in the database holds something already.", e);
        }
    }

    /**
     * @param size of the tree afterwards
     * @param horizon of this taking; below it nothing is left, unless the batch was full
     */
    private record Taken(int count, long size, String horizon) {}
}
