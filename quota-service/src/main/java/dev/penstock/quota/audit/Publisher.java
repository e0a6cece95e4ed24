package dev.penstock.quota.audit;

import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.live.Changes;
import dev.penstock.verifier.Checkpoint;
import dev.penstock.verifier.MerkleTree;
import dev.penstock.verifier.SignedCheckpoint;
import dev.penstock.verifier.SigningKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs checkpoints. Each is outside the database before the database has it: what an auditor is shown has a witness. The price is a copy
 * without a row after a crash between the two, which the next turn makes good; the other way round, a rewriting in between would have
 * none.
 */
final class Publisher {

    private static final Logger log = LoggerFactory.getLogger(Publisher.class);

    private final JobTransactions transactions;
    private final TreeTable tree;
    private final Continuity continuity;
    private final CheckpointFile file;
    private final SigningKey key;
    private final Changes changes;
    private final Clock clock;
    private final Duration every;
    private final Consumer<SealStep> reached;
    private boolean checked;
    /** Number of the last checkpoint that was compared; another one is another replica's, and is compared and copied too. */
    private long seen;
    private volatile @Nullable Instant last;

    Publisher(
            JobTransactions transactions, TreeTable tree, Continuity continuity, CheckpointFile file, SigningKey key, Changes changes, Clock clock,
            Duration every, Consumer<SealStep> reached) {
        this.transactions = transactions;
        this.tree = tree;
        this.continuity = continuity;
        this.file = file;
        this.key = key;
        this.changes = changes;
        this.clock = clock;
        this.every = every;
        this.reached = reached;
    }

    /** Whether the database was compared with the copies since the start or the last failure. */
    boolean checked() {
        return checked;
    }

    /** Compares again before anything else is done. */
    void startOver() {
        checked = false;
    }

    /** When the last checkpoint was signed, by whichever replica; null: none is known. */
    @Nullable Instant last() {
        return last;
    }

    /**
     * Publishes a checkpoint if entries wait for one and it is time.
     *
     * @throws Contradiction if the tree does not continue what was signed before; nothing is signed then
     */
    void publish() {
        boolean published = transactions.acrossTenants(Job.SEAL, Sealer.ACTOR, this::publishIfDue);
        if (published) {
            reached.accept(SealStep.PUBLISHED);
        }
    }

    private boolean publishIfDue() {
        tree.lock();
        long size = tree.size();
        Optional<CheckpointRow> row = tree.lastCheckpoint();
        if (checked && !due(size, row) && row.map(CheckpointRow::number).orElse(0L) == seen) {
            return false;
        }
        Optional<SignedCheckpoint> kept = file.last();
        continuity.require(size, row, kept);
        reached.accept(SealStep.CHECKED);
        row = align(row, kept);
        if (due(size, row)) {
            row = Optional.of(sign(size, row));
        }
        last = row.map(CheckpointRow::at).orElse(null);
        seen = row.map(CheckpointRow::number).orElse(0L);
        checked = true;
        return true;
    }

    /** The tree was quiet, or the last checkpoint is old enough, or a clock was set back. */
    private boolean due(long size, Optional<CheckpointRow> row) {
        return size > row.map(CheckpointRow::size).orElse(0L)
                && row.map(before -> Duration.between(before.at(), clock.instant()).abs().compareTo(every) >= 0).orElse(true);
    }

    /** A crash left the copy without its row, or another replica signed: each gets what the other has. Both were checked to agree. */
    private Optional<CheckpointRow> align(Optional<CheckpointRow> row, Optional<SignedCheckpoint> kept) {
        long inside = row.map(CheckpointRow::size).orElse(0L);
        long outside = kept.map(signed -> signed.checkpoint().size()).orElse(0L);
        if (outside > inside) {
            return kept.map(signed -> publish(signed, row));
        }
        if (inside > outside) {
            row.ifPresent(published -> file.append(SignedCheckpoint.parse(published.note())));
        }
        return row;
    }

    private CheckpointRow sign(long size, Optional<CheckpointRow> before) {
        Instant now = clock.instant();
        Instant at = before.map(CheckpointRow::at).filter(now::isBefore).orElse(now);
        SignedCheckpoint signed = key.sign(new Checkpoint(key.verifier().name(), size, MerkleTree.root(size, tree::hash), at));
        reached.accept(SealStep.SIGNED);
        file.append(signed);
        log.info("audit checkpoint of {} entries: {}", size, signed.note().replace("\n", "\\n"));
        reached.accept(SealStep.COPIED);
        return publish(signed, before);
    }

    private CheckpointRow publish(SignedCheckpoint signed, Optional<CheckpointRow> before) {
        CheckpointRow row = CheckpointRow.of(before.map(CheckpointRow::number).orElse(0L) + 1, signed);
        tree.addCheckpoint(row);
        changes.tell("audit", null, null, Long.toString(row.number()), "checkpoint");
        reached.accept(SealStep.NUMBERED);
        return row;
    }
}
