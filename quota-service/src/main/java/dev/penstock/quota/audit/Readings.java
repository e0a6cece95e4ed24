package dev.penstock.quota.audit;

import dev.penstock.frame.audit.AuditEvent;
import dev.penstock.frame.audit.AuditLog;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Reading the trail stands in the trail. No entry, nothing read: both are one transaction. Whoever turns pages, or leaves the page open
 * while it follows the trail, reads the same thing again and again; that is recorded once a minute. Without it an open page would feed
 * on its own entries.
 */
@Component
class Readings {

    /** For how long the same reading by the same person is covered by one entry. Does not slide. */
    static final Duration COVERED = Duration.ofMinutes(1);

    /** Readings remembered at most; one that is forgotten is recorded again. */
    static final int REMEMBERED = 1000;

    private final JobTransactions transactions;
    private final AuditLog audit;
    private final Clock clock;
    private final Map<Reading, Instant> recorded = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Reading, Instant> eldest) {
            return size() > REMEMBERED;
        }
    };

    Readings(JobTransactions transactions, AuditLog audit, Clock clock) {
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
    }

    private record Reading(Actor reader, AuditEvent what) {}

    /** Reads in the reader's name, and records it unless the same was recorded within the last minute. */
    <T> T read(Actor reader, AuditEvent what, Supplier<T> read) {
        Reading reading = new Reading(reader, what);
        boolean covered = covered(reading);
        T result = transactions.acrossTenants(Job.ORG, reader, () -> {
            if (!covered) {
                audit.append(what);
            }
            return read.get();
        });
        if (!covered) {
            remember(reading);
        }
        return result;
    }

    /** Records what must always be recorded, in a transaction of its own: before the first byte leaves the house. */
    void record(Actor reader, AuditEvent what) {
        transactions.acrossTenants(Job.ORG, reader, () -> {
            audit.append(what);
            return true;
        });
    }

    private synchronized boolean covered(Reading reading) {
        Instant at = recorded.get(reading);
        return at != null && Duration.between(at, clock.instant()).abs().compareTo(COVERED) < 0;
    }

    private synchronized void remember(Reading reading) {
        recorded.remove(reading);
        recorded.put(reading, clock.instant());
    }
}
