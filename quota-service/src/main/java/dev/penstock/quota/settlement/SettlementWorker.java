package dev.penstock.quota.settlement;

import dev.penstock.contract.TenantId;
import dev.penstock.frame.BackgroundThread;
import dev.penstock.quota.journal.Ended;
import dev.penstock.quota.journal.Journal;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
class SettlementWorker implements SmartLifecycle, TenantBatches.Outcome {

    private static final Logger log = LoggerFactory.getLogger(SettlementWorker.class);
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private final Journal journal;
    private final Settling settling;
    private final TenantBatches byTenant;
    private final GivingBack givingBack;
    private final SettlementSettings settings;
    private final SettlementMetrics metrics;
    private final Backlog backlog;
    private final Telling telling;
    private final ExecutorService hands;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean running;
    private @Nullable BackgroundThread thread;

    SettlementWorker(
            Journal journal, Settling settling, TenantBatches byTenant, GivingBack givingBack, SettlementSettings settings, SettlementMetrics metrics,
            Backlog backlog, Telling telling) {
        this.journal = journal;
        this.settling = settling;
        this.byTenant = byTenant;
        this.givingBack = givingBack;
        this.settings = settings;
        this.metrics = metrics;
        this.backlog = backlog;
        this.telling = telling;
        this.hands = Executors.newFixedThreadPool(settings.threads(), Thread.ofPlatform().name("settlement-", 1).daemon().factory());
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
        stopped.countDown();
        if (thread != null) {
            thread.awaitEnd();
        }
        hands.shutdown();
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
                List<Ended> ends = gather();
                backlog.waiting(journal.waiting() > 0);
                settleAll(batches(ends));
                givingBack.giveBackUnpriced();
                telling.tell();
            }
        } catch (InterruptedException e) {
            log.warn("settlement was interrupted; {} ends stay in the journal", journal.waiting());
        }
    }

    /**
     * A transaction costs as much as hundreds of calls, so what ends within a moment is settled together; all that wait, or a tenant of many would get one
     * for each of its calls. At once where the database holds the intents: what they set aside is nobody else's until then.
     */
    private List<Ended> gather() throws InterruptedException {
        List<Ended> ends = journal.take(journal.places(), PATIENCE);
        if (ends.isEmpty() || ends.stream().anyMatch(end -> end.intent() == null)) {
            return ends;
        }
        stopped.await(settings.linger().toMillis(), TimeUnit.MILLISECONDS);
        return Stream.concat(ends.stream(), journal.take(journal.places(), Duration.ZERO).stream()).toList();
    }

    /** Of each tenant by itself. */
    private List<List<Ended>> batches(List<Ended> ends) {
        return ends.stream().collect(Collectors.groupingBy(end -> end.attempt().tenant())).values().stream().flatMap(this::batchesOfOne).toList();
    }

    private Stream<List<Ended>> batchesOfOne(List<Ended> ofTenant) {
        return IntStream.iterate(0, from -> from < ofTenant.size(), from -> from + settings.batch())
                .mapToObj(from -> ofTenant.subList(from, Math.min(from + settings.batch(), ofTenant.size())));
    }

    /** Side by side: what two of them move in common, such as a limit, the database lets one do after the other. */
    private void settleAll(List<List<Ended>> batches) throws InterruptedException {
        if (batches.size() < 2) {
            batches.forEach(this::settle);
        } else {
            for (Future<Object> batch : hands.invokeAll(batches.stream().map(batch -> Executors.callable(() -> settle(batch))).toList())) {
                if (batch.state() == Future.State.FAILED) {
                    throw new IllegalStateException("a batch was not settled", batch.exceptionNow());
                }
            }
        }
    }

    private void settle(List<Ended> ends) {
        try {
            byTenant.settle(ends, this::applyPatiently, this);
        } catch (RuntimeException e) {
            log.warn("{} ends stay in the journal until the next start", ends.size() + journal.waiting(), e);
        }
    }

    /** @throws RuntimeException that goes by itself, when the program stops */
    private int applyPatiently(TenantId tenant, Collection<Ended> ends) {
        for (int failures = 1; ; failures++) {
            try {
                return settling.apply(tenant, ends);
            } catch (RuntimeException e) {
                Duration pause = settings.backOff().after(failures);
                if (!Failures.goByThemselves(e) || !waits(ends, pause, e)) {
                    throw e;
                }
            }
        }
    }

    /** @return false: the program stops */
    private boolean waits(Collection<Ended> ends, Duration pause, RuntimeException failure) {
        log.warn("settling {} attempts; trying again in {}", ends.size(), pause, failure);
        metrics.failed();
        backlog.waiting(true);
        try {
            return !stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void done(List<Ended> ends, int settled) {
        journal.done(ends);
    }

    @Override
    public void stuck(Ended end) {
        journal.giveUp(end);
    }
}
