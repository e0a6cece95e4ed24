package dev.penstock.quota.audit;

import dev.penstock.frame.audit.AuditEvent;
import dev.penstock.frame.audit.AuditLog;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.live.Changes;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Raised once, when the database contradicts what was signed; nothing is sealed or signed after that. A restart looks again, and raises it
 * again as long as the copies outside and the database disagree: it is for an operator to find out which of them is right.
 */
final class SealAlarm {

    private static final Logger log = LoggerFactory.getLogger(SealAlarm.class);

    private final JobTransactions transactions;
    private final AuditLog audit;
    private final Changes changes;
    private final Clock clock;
    private volatile @Nullable Raised raised;

    SealAlarm(JobTransactions transactions, AuditLog audit, Changes changes, Clock clock) {
        this.transactions = transactions;
        this.audit = audit;
        this.changes = changes;
        this.clock = clock;
    }

    /** @param sentence what contradicts what */
    record Raised(String sentence, Instant at) {}

    /** Null while all is well. */
    @Nullable Raised raised() {
        return raised;
    }

    void raise(String sentence) {
        raised = new Raised(sentence, clock.instant());
        log.error("AUDIT ALARM. Nothing is sealed any more until an operator acts (docs/decisions/005-audit-sealing.md). {}", sentence);
        try {
            transactions.acrossTenants(Job.SEAL, Sealer.ACTOR, () -> {
                audit.append(new AuditEvent("audit.alarm", "audit-trail", "seal", null, null, sentence, null, Map.of("sealing", "stopped")));
                changes.tell("audit", null, null, "seal", "alarm");
                return true;
            });
        } catch (RuntimeException e) {
            log.error("the alarm could not be recorded in the trail; it stands in this log", e);
        }
    }
}
