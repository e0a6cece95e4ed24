package dev.penstock.quota.settlement;

import dev.penstock.quota.admission.Replica;
import dev.penstock.quota.journal.Journal;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Before the gateway listens: this life's epoch, and what the journal tells of the ones before is in the books. If the database does not answer
 * by then, calls are refused until it does, and the worker settles what waits; the start does not wait for it.
 */
@Component
class Recovery implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Recovery.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** After the worker and before the gateway. */
    private static final int PHASE = 10;

    private final Replica replica;
    private final Journal journal;
    private volatile boolean running;

    Recovery(Replica replica, Journal journal) {
        this.replica = replica;
        this.journal = journal;
    }

    @Override
    public void start() {
        running = true;
        try {
            log.info("replica {} begins its epoch {}", replica.name(), replica.epoch());
        } catch (RuntimeException e) {
            log.warn("no epoch for replica {}: the database does not answer, and no call is admitted until it does", replica.name(), e);
            return;
        }
        if (!journal.awaitRecovered(PATIENCE)) {
            log.warn("what an earlier life left in the journal is not settled yet; it goes on beside the calls");
        }
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
