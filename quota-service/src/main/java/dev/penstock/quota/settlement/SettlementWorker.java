package dev.penstock.quota.settlement;

import dev.penstock.contract.TenantId;
import dev.penstock.frame.BackgroundThread;
import dev.penstock.quota.journal.Ended;
import dev.penstock.quota.journal.Journal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Carries ends from the journal to the books. While the database is away they wait, and the journal fills until nothing more is admitted; none is
 * given up for that.
 */
@Component
class SettlementWorker implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(SettlementWorker.class);
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private final Journal journal;
    private final Settling settling;
    private final SettlementSettings settings;
    private final SettlementMetrics metrics;
    private final Backlog backlog;
    private final Telling telling;
    private final Semaphore stopped = new Semaphore(0);
    private volatile boolean running;
    private @Nullable BackgroundThread thread;

    SettlementWorker(Journal journal, Settling settling, SettlementSettings settings, SettlementMetrics metrics, Backlog backlog, Telling telling) {
        this.journal = journal;
        this.settling = settling;
        this.settings = settings;
        this.metrics = metrics;
        this.backlog = backlog;
        this.telling = telling;
    }

    @Override
    public void start() {
        running = true;
        thread = BackgroundThread.start("settlement", this::run);
    }

    /** What waits is settled first, if the database answers. */
    @Override
    public void stop() {
        running = false;
        stopped.release();
        if (thread != null) {
            thread.awaitEnd();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Begins before and ends after everything that has a later phase, which is what calls come through. */
    @Override
    public int getPhase() {
        return 0;
    }

    private void run() {
        try {
            while (running || (journal.waiting() > 0 && !journal.blocked())) {
                List<Ended> batch = journal.take(settings.batch(), PATIENCE);
                backlog.waiting(journal.waiting() > 0);
                for (List<Ended> ends : batch.stream().collect(Collectors.groupingBy(end -> end.attempt().tenant())).values()) {
                    settle(ends);
                }
                telling.tell();
            }
        } catch (InterruptedException e) {
            log.warn("settlement was interrupted; {} ends stay in the journal", journal.waiting());
        }
    }

    private void settle(List<Ended> ends) throws InterruptedException {
        TenantId tenant = ends.getFirst().attempt().tenant();
        for (int failures = 1; ; failures++) {
            try {
                settling.apply(tenant, ends.stream().map(Ended::settlement).toList());
                journal.done(ends);
                return;
            } catch (RuntimeException e) {
                if (!Failures.goByThemselves(e)) {
                    oneByOne(ends, e);
                    return;
                }
                Duration pause = settings.backOff().after(failures);
                log.warn("settling {} attempts; trying again in {}", ends.size(), pause, e);
                metrics.failed();
                backlog.waiting(true);
                if (stopped.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS) || !running) {
                    log.warn("{} ends stay in the journal until the next start", ends.size() + journal.waiting());
                    return;
                }
            }
        }
    }

    /** One that cannot be settled must not keep the others from it. */
    private void oneByOne(List<Ended> ends, RuntimeException failure) throws InterruptedException {
        if (ends.size() == 1) {
            log.error("attempt {} cannot be settled and stays open", ends.getFirst().attempt(), failure);
            metrics.stuck();
            journal.giveUp(ends.getFirst());
            return;
        }
        for (Ended end : ends) {
            settle(List.of(end));
        }
    }
}
