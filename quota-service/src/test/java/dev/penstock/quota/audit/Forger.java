package dev.penstock.quota.audit;

import dev.penstock.frame.jobs.Job;
import dev.penstock.verifier.Checkpoint;
import dev.penstock.verifier.CompactRange;
import dev.penstock.verifier.Hash;
import dev.penstock.verifier.MerkleTree;
import dev.penstock.verifier.SignedCheckpoint;
import dev.penstock.verifier.SigningKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An intruder who knows how sealing works: makes the database agree with itself again after the entries were changed. */
final class Forger {

    private final TestTrail trail;

    Forger(TestTrail trail) {
        this.trail = trail;
    }

    /** Closes the gaps between the indexes of leaves, in their order. */
    void renumber() {
        trail.asIntruder(
                "create temporary table place as select entry_id, row_number() over (order by index) - 1 as index from audit.leaf",
                "alter table audit.leaf drop constraint if exists leaf_index_check",
                "update audit.leaf set index = -index - 1000000",
                "update audit.leaf l set index = p.index from place p where p.entry_id = l.entry_id");
    }

    /** Leaves as the entries' rows make them now. */
    void rehashLeaves() {
        List<String> updates = new ArrayList<>();
        for (TrailRows.Sealed row : rows()) {
            updates.add("update audit.leaf set hash = '\\x" + MerkleTree.leaf(row.line()).hex() + "' where index = " + row.index());
        }
        trail.asIntruder(updates.toArray(String[]::new));
    }

    /** Leaves and every node above them. */
    void rehashTree() {
        rehashLeaves();
        List<String> inserts = new ArrayList<>(List.of("truncate audit.node"));
        CompactRange range = new CompactRange();
        for (TrailRows.Sealed row : rows()) {
            List<Hash> completed = range.append(row.leaf());
            for (int level = 1; level < completed.size(); level++) {
                inserts.add("insert into audit.node values (" + level + ", " + (row.index() >> level) + ", '\\x" + completed.get(level).hex() + "')");
            }
        }
        trail.asIntruder(inserts.toArray(String[]::new));
    }

    /** Leaves, nodes and checkpoints, signed with whatever key the intruder has. */
    void rewriteEverything(SigningKey key) {
        rehashTree();
        Map<Long, Hash> roots = new HashMap<>();
        CompactRange range = new CompactRange();
        for (TrailRows.Sealed row : rows()) {
            range.append(row.leaf());
            roots.put(range.size(), range.root());
        }
        List<String> updates = new ArrayList<>();
        for (CheckpointRow row : checkpoints()) {
            Hash root = roots.get(row.size());
            SignedCheckpoint signed = key.sign(new Checkpoint(TestTrail.ORIGIN, row.size(), root, row.at()));
            updates.add("update audit.checkpoint set root = '\\x" + root.hex() + "', note = '" + signed.note() + "' where number = " + row.number());
        }
        trail.asIntruder(updates.toArray(String[]::new));
    }

    private List<TrailRows.Sealed> rows() {
        return trail.transactions().acrossTenants(Job.ORG, TestTrail.AUDITOR, () -> trail.part(TrailRows.class).entries(TrailRows.ALL).toList());
    }

    private List<CheckpointRow> checkpoints() {
        return trail.transactions().acrossTenants(Job.ORG, TestTrail.AUDITOR, () -> trail.part(TrailRows.class).checkpoints(TrailRows.ALL).toList());
    }
}
