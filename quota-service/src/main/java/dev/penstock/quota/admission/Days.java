package dev.penstock.quota.admission;

import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.quota.usage.Partitions;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;

/** Whether there is a place for a call to be written down. Days are made ahead; this is for the first call after a start, and a clock that runs far ahead. */
@Component
class Days {

    private static final Logger log = LoggerFactory.getLogger(Days.class);
    private static final Actor ACTOR = Actor.system("admission");

    private final JobTransactions transactions;
    private final Partitions partitions;

    Days(JobTransactions transactions, Partitions partitions) {
        this.transactions = transactions;
        this.partitions = partitions;
    }

    /** From memory alone. */
    boolean areKnownToCover(Instant ts) {
        return partitions.cover(ts);
    }

    /** Makes the day if it is missing. @return false: it cannot be made */
    boolean cover(Instant ts) {
        if (partitions.cover(ts)) {
            return true;
        }
        try {
            return transactions.acrossTenants(Job.SETTLE, ACTOR, () -> {
                partitions.ensure(ts, 1);
                return true;
            });
        } catch (DataIntegrityViolationException e) {
            log.warn("there is no place for usage of {}", ts, e);
            return false;
        }
    }
}
