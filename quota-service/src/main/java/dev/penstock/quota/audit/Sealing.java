package dev.penstock.quota.audit;

import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** One turn: seal what waits, publish a checkpoint if it is time. Ends for good with an alarm. For one thread. */
final class Sealing {

    /** While the alarm stands the whole trail may have to be looked through, so it is done seldom. */
    private static final Duration RECOUNT = Duration.ofMinutes(1);

    private final JobTransactions transactions;
    private final EntryQueue queue;
    private final Sealer sealer;
    private final Publisher publisher;
    private final SealAlarm alarm;
    private final Clock clock;
    private Instant counted = Instant.EPOCH;
    private volatile Instant ended;
    private volatile EntryQueue.Backlog backlog = new EntryQueue.Backlog(0, null);

    Sealing(JobTransactions transactions, EntryQueue queue, Sealer sealer, Publisher publisher, SealAlarm alarm, Clock clock) {
        this.transactions = transactions;
        this.queue = queue;
        this.sealer = sealer;
        this.publisher = publisher;
        this.alarm = alarm;
        this.clock = clock;
        this.ended = clock.instant();
    }

    /** Any other failure than a contradiction is thrown, and the next turn trusts nothing it remembers. */
    void turn() {
        try {
            if (alarm.raised() == null) {
                sealAndPublish();
                count();
            } else if (Duration.between(counted, clock.instant()).compareTo(RECOUNT) >= 0) {
                count();
            }
            ended = clock.instant();
        } catch (Contradiction e) {
            alarm.raise(e.sentence());
        } catch (RuntimeException e) {
            sealer.startOver();
            publisher.startOver();
            throw e;
        }
    }

    /** What waited when the last turn ended. */
    EntryQueue.Backlog backlog() {
        return backlog;
    }

    /** When the last turn ended that did not fail; before the first, when this was made. */
    Instant ended() {
        return ended;
    }

    /** Before anything is added to a tree it is compared with what was signed of it. */
    private void sealAndPublish() {
        if (!publisher.checked()) {
            publisher.publish();
        }
        sealer.sealAll();
        publisher.publish();
    }

    private void count() {
        backlog = transactions.acrossTenants(Job.SEAL, Sealer.ACTOR, () -> queue.backlog(sealer.horizon()));
        counted = clock.instant();
    }
}
