package dev.penstock.quota.access;

import dev.penstock.contract.Problem;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.BackgroundThread;
import dev.penstock.frame.live.LiveFeed;
import dev.penstock.frame.problem.ProblemException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The copy of all memberships: replaced as a whole, never changed. It follows the tables on the change feed's signal, on a poll, and by
 * reading everything again from time to time. If the database cannot be reached, it serves its last state for a stated time, then nobody.
 */
@Component
class Memberships implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Memberships.class);

    private final MembershipTable table;
    private final AccessSettings settings;
    private final Clock clock;
    private final Counter corrected;
    private final Semaphore wake = new Semaphore(0);
    private volatile Copy copy = new Copy(Map.of(), Instant.EPOCH);
    private @Nullable BackgroundThread thread;
    private volatile boolean running;

    Memberships(MembershipTable table, AccessSettings settings, Clock clock, LiveFeed feed, MeterRegistry metrics) {
        this.table = table;
        this.settings = settings;
        this.clock = clock;
        this.corrected = Counter.builder("penstock.access.corrections")
                .description("Full checks that found the copy of memberships different from the tables")
                .register(metrics);
        Gauge.builder("penstock.access.staleness", this, Memberships::stalenessSeconds)
                .description("Age of the copy of memberships")
                .baseUnit("seconds")
                .register(metrics);
        feed.onChange(wake::release);
    }

    /** @throws ProblemException {@code audit_unavailable} when the copy is too old to be trusted with a decision */
    Map<TenantId, Membership> current() {
        Copy now = copy;
        if (Duration.between(now.readAt(), clock.instant()).compareTo(settings.longestStaleness()) > 0) {
            throw new ProblemException(Problem.AUDIT_UNAVAILABLE, "Who may do what could not be read from the database for too long.");
        }
        return now.tenants();
    }

    /** Reads what moved, at once: after a change of our own, so that who made it sees it. */
    synchronized void refresh() {
        Instant at = clock.instant();
        copy = new Copy(table.read(copy.tenants()), at);
    }

    /** Reads everything and counts it if the copy was wrong, which would be a mistake of ours. */
    synchronized void checkEverything() {
        refresh();
        Instant at = clock.instant();
        Map<TenantId, Membership> fresh = table.read(Map.of());
        Map<TenantId, Membership> held = copy.tenants();
        boolean wrong = fresh.values().stream().anyMatch(membership -> {
            Membership ours = held.get(membership.tenant());
            return ours != null && ours.version() == membership.version() && !ours.equals(membership);
        });
        if (wrong) {
            corrected.increment();
            log.error("the copy of memberships differed from the tables although the versions agree; it is replaced");
        }
        copy = new Copy(fresh, at);
    }

    /** Before the web server listens, so that the first request finds who may do what. */
    @Override
    public int getPhase() {
        return 0;
    }

    @Override
    public void start() {
        running = true;
        try {
            refresh();
        } catch (RuntimeException e) {
            log.warn("reading memberships at the start; nobody is let in until it succeeds", e);
        }
        thread = BackgroundThread.start("memberships", this::follow);
    }

    @Override
    public void stop() {
        running = false;
        wake.release();
        if (thread != null) {
            thread.awaitEnd();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void follow() {
        Instant nextFullCheck = clock.instant().plus(settings.fullCheck());
        boolean failing = false;
        while (running) {
            try {
                if (clock.instant().isAfter(nextFullCheck)) {
                    checkEverything();
                    nextFullCheck = clock.instant().plus(settings.fullCheck());
                } else {
                    refresh();
                }
                failing = false;
            } catch (RuntimeException e) {
                if (!failing && running) {
                    log.warn("reading memberships; serving the last state for at most {}", settings.longestStaleness(), e);
                }
                failing = true;
            }
            pause();
        }
    }

    private void pause() {
        try {
            if (wake.tryAcquire(settings.poll().toMillis(), TimeUnit.MILLISECONDS)) {
                wake.drainPermits();
            }
        } catch (InterruptedException e) {
            running = false;
            Thread.currentThread().interrupt();
        }
    }

    private double stalenessSeconds() {
        return Duration.between(copy.readAt(), clock.instant()).toMillis() / 1000.0;
    }

    private record Copy(Map<TenantId, Membership> tenants, Instant readAt) {}
}
