package dev.penstock.quota.underway;

import dev.penstock.contract.EndpointId;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * Names moments of which all replicas then say what they had under way.
 *
 * <pre>
 * replica                     as_of ── looks ── tells
 * somebody    reads engines ── T ── waits ──────────── looks at the database
 * </pre>
 *
 * <p>If every life has told as of T or later that nothing is under way, then whatever began before T is in the ledger, and whoever sees those words
 * sees it there: an attempt counts from before its intent, so before its engine works; it stops counting after its settlement has committed, and
 * the words are committed after that. What is not seen in the ledger began after T, so it is booked after T. A life is known before its
 * first attempt begins: one that is not seen either begins after the look, or is over and everything in its journal was settled before.
 */
@Component
public class Moments {

    private static final Duration POLL = Duration.ofMillis(50);

    private final JobTransactions transactions;
    private final LifeTable table;
    private final UnderWaySettings settings;

    Moments(JobTransactions transactions, LifeTable table, UnderWaySettings settings) {
        this.transactions = transactions;
        this.table = table;
        this.settings = settings;
    }

    /** What time it is in the database. */
    public Instant clock(Actor actor) {
        return transactions.acrossTenants(Job.ORG, actor, table::now);
    }

    /**
     * Names this moment, by the database's clock, and waits until all have told of it, but no longer than is set. Who is silent already is not waited
     * for; whether all have told is asked of {@link #at}.
     */
    public Instant now(Actor actor) {
        Instant moment = clock(actor);
        long polls = settings.patience().dividedBy(POLL);
        for (long poll = 0; poll < polls && anyUntold(actor, moment); poll++) {
            pause();
        }
        return moment;
    }

    /** In the running transaction, which is to see the ledger as of the same moment as this. */
    public AtEndpoint at(EndpointId endpoint, Instant moment) {
        return table.at(endpoint, moment, settings.lostAfter());
    }

    /** Those silent for so long that nobody will settle what they had. */
    public int forget(Duration age) {
        return table.forget(age);
    }

    private boolean anyUntold(Actor actor, Instant moment) {
        return transactions.acrossTenants(Job.ORG, actor, () -> table.anyUntold(moment, settings.patience()));
    }

    private static void pause() {
        try {
            new Semaphore(0).tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while replicas say what they have under way", e);
        }
    }
}
