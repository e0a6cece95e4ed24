package dev.penstock.platform.tenant;

import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.RegistryApi;
import dev.penstock.contract.quota.TenantRegistration;
import dev.penstock.frame.BackgroundThread;
import dev.penstock.frame.live.LiveFeed;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Tells quota-service of every tenant, as a whole and with a version, until it confirms. What is left to tell stands in the table, so an
 * outage or a restart on either side loses nothing; several replicas telling the same do no harm.
 */
@Component
class RegistryPublisher implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(RegistryPublisher.class);

    private final RegistrationTable table;
    private final RegistryApi registry;
    private final RegistrySettings settings;
    private final Clock clock;
    private final Counter failures;
    private final AtomicInteger behind = new AtomicInteger();
    private final Semaphore wake = new Semaphore(0);
    private final Map<TenantId, Failing> failing = new HashMap<>();
    private @Nullable BackgroundThread thread;
    private volatile boolean running;

    RegistryPublisher(RegistrationTable table, RegistryApi registry, RegistrySettings settings, Clock clock, LiveFeed feed, MeterRegistry metrics) {
        this.table = table;
        this.registry = registry;
        this.settings = settings;
        this.clock = clock;
        this.failures = Counter.builder("penstock.registry.failures").description("Registrations that quota-service did not confirm").register(metrics);
        Gauge.builder("penstock.registry.behind", behind, AtomicInteger::get).description("Tenants quota-service has yet to confirm").register(metrics);
        feed.onChange(wake::release);
    }

    /** Something changed; look now. */
    void wake() {
        wake.release();
    }

    @Override
    public void start() {
        running = true;
        thread = BackgroundThread.start("registry-publisher", this::publish);
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

    private void publish() {
        while (running) {
            try {
                publishDue();
            } catch (RuntimeException e) {
                if (running) {
                    log.warn("looking for tenants to register failed, trying again: {}", e.getMessage());
                }
            }
            pause();
        }
    }

    private void publishDue() {
        List<TenantId> left = table.unconfirmed();
        behind.set(left.size());
        failing.keySet().retainAll(left);
        for (TenantId tenant : left) {
            Failing before = failing.get(tenant);
            if (before == null || !clock.instant().isBefore(before.notBefore())) {
                publish(tenant, before == null ? 0 : before.times());
            }
        }
    }

    private void publish(TenantId tenant, int failedBefore) {
        try {
            TenantRegistration registration = table.read(tenant);
            registry.register(tenant, registration);
            table.confirm(tenant, registration.version());
            behind.decrementAndGet();
            failing.remove(tenant);
        } catch (RuntimeException e) {
            int times = failedBefore + 1;
            failures.increment();
            failing.put(tenant, new Failing(times, clock.instant().plus(settings.backOff(times))));
            log.warn("registering tenant {} at quota-service failed {} times in a row: {}", tenant, times, e.getMessage());
        }
    }

    /** Until a signal, the poll, or the end of the shortest back-off. */
    private void pause() {
        Instant now = clock.instant();
        long left = failing.values().stream()
                .mapToLong(failed -> Math.max(1, Duration.between(now, failed.notBefore()).toMillis()))
                .min()
                .orElse(Long.MAX_VALUE);
        try {
            if (wake.tryAcquire(Math.min(left, settings.poll().toMillis()), TimeUnit.MILLISECONDS)) {
                wake.drainPermits();
            }
        } catch (InterruptedException e) {
            running = false;
            Thread.currentThread().interrupt();
        }
    }

    private record Failing(int times, Instant notBefore) {}
}
