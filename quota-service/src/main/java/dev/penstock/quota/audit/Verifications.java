package dev.penstock.quota.audit;

import dev.penstock.contract.quota.Verification;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.verifier.AuditVerifier;
import dev.penstock.verifier.Finding;
import dev.penstock.verifier.LogKey;
import dev.penstock.verifier.SignedCheckpoint;
import dev.penstock.verifier.UnusableInput;
import dev.penstock.verifier.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Recomputes everything from the rows, as of one moment, with the auditor's verifier. One run at a time: who asks meanwhile gets its result. */
final class Verifications {

    private static final Logger log = LoggerFactory.getLogger(Verifications.class);

    private final JobTransactions transactions;
    private final TrailRows rows;
    private final CheckpointFile file;
    private final LogKey key;
    private final Clock clock;
    private final AtomicReference<@Nullable CompletableFuture<Verification>> running = new AtomicReference<>();
    private volatile @Nullable Verification last;

    Verifications(JobTransactions transactions, TrailRows rows, CheckpointFile file, LogKey key, Clock clock) {
        this.transactions = transactions;
        this.rows = rows;
        this.file = file;
        this.key = key;
        this.clock = clock;
    }

    /** The result of the last run; null: never since the start. */
    @Nullable Verification last() {
        return last;
    }

    Verification run(Actor reader) {
        CompletableFuture<Verification> mine = new CompletableFuture<>();
        CompletableFuture<Verification> theirs = running.compareAndExchange(null, mine);
        if (theirs != null) {
            return join(theirs);
        }
        try {
            List<String> findings = new ArrayList<>();
            // Before the database is looked at: a checkpoint that is signed meanwhile would cover more than we see.
            List<SignedCheckpoint> kept = kept(findings);
            Verification result = transactions.atOneMoment(Job.ORG, reader, () -> recompute(kept, findings));
            last = result;
            mine.complete(result);
            return result;
        } catch (RuntimeException e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            running.set(null);
        }
    }

    private static Verification join(CompletableFuture<Verification> theirs) {
        try {
            return theirs.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private Verification recompute(List<SignedCheckpoint> kept, List<String> findings) {
        Instant begun = clock.instant();
        rows.takeAsLongAsItTakes();
        try (TrailCheck check = new TrailCheck(rows)) {
            List<String> verified = verify(check, kept);
            findings.addAll(check.findings());
            findings.addAll(verified);
            if (findings.isEmpty()) {
                log.info("the audit trail is intact: {} entries, {} checkpoints", check.entries(), check.checkpoints());
            } else {
                log.error("the audit trail is NOT intact: {}", findings);
            }
            Instant ended = clock.instant();
            return new Verification(findings.isEmpty(), check.entries(), check.checkpoints(), findings, ended, Duration.between(begun, ended).toMillis());
        }
    }

    private List<String> verify(TrailCheck check, List<SignedCheckpoint> kept) {
        try {
            return switch (new AuditVerifier(List.of(key)).verify(check.lines(), check.notes(), kept)) {
                case Verdict.Intact intact -> List.of();
                case Verdict.Broken broken -> broken.findings().stream().map(Finding::sentence).toList();
                case Verdict.Included included -> throw new IllegalStateException("no single entry was asked for");
            };
        } catch (UnusableInput | Contradiction e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    /** The last copy outside is enough: each of them was compared with the one before when it was signed. */
    private List<SignedCheckpoint> kept(List<String> findings) {
        try {
            return file.last().stream().toList();
        } catch (Contradiction e) {
            findings.add(e.sentence());
            return List.of();
        }
    }
}
