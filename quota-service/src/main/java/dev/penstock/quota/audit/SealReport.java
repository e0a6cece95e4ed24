package dev.penstock.quota.audit;

import dev.penstock.contract.quota.SealStatus;
import dev.penstock.contract.quota.Verification;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.verifier.LogKey;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far the trail is sealed. Tells no entry, so asking is not recorded. */
final class SealReport {

    private final JobTransactions transactions;
    private final TreeTable tree;
    private final Sealing sealing;
    private final SealAlarm alarm;
    private final CheckpointFile file;
    private final LogKey key;
    private final Verifications verifications;

    SealReport(
            JobTransactions transactions, TreeTable tree, Sealing sealing, SealAlarm alarm, CheckpointFile file, LogKey key, Verifications verifications) {
        this.transactions = transactions;
        this.tree = tree;
        this.sealing = sealing;
        this.alarm = alarm;
        this.file = file;
        this.key = key;
        this.verifications = verifications;
    }

    SealStatus now(Actor reader) {
        record Sealed(long size, Optional<CheckpointRow> checkpoint) {}
        Sealed sealed = transactions.atOneMoment(Job.ORG, reader, () -> new Sealed(tree.size(), tree.lastCheckpoint()));
        return new SealStatus(
                sealed.size(), sealing.backlog().waiting(), sealed.checkpoint().map(this::checkpoint).orElse(null), key.toString(), verification(sealed.size()));
    }

    private SealStatus.Checkpoint checkpoint(CheckpointRow row) {
        return new SealStatus.Checkpoint(row.number(), row.size(), row.root().hex(), row.at(), row.note(), file.endsWith(row.note()) ? 1 : 0);
    }

    /** The alarm outranks whatever was found when somebody last verified: it is a finding of the sealer's own. */
    private @Nullable Verification verification(long size) {
        SealAlarm.Raised raised = alarm.raised();
        return raised == null ? verifications.last() : new Verification(false, size, 0, List.of(raised.sentence()), raised.at(), 0);
    }
}
