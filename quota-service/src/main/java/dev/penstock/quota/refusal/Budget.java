package dev.penstock.quota.refusal;

import dev.penstock.contract.TenantId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** So many an hour for each tenant. Safe for use by many threads. */
final class Budget {

    private final int most;
    private final Map<TenantId, AtomicInteger> taken = new ConcurrentHashMap<>();
    private volatile Instant hour = Instant.EPOCH;

    Budget(int most) {
        this.most = most;
    }

    /** Whether one more may be kept; then it counts. */
    boolean take(TenantId tenant, Instant now) {
        Instant present = now.truncatedTo(ChronoUnit.HOURS);
        if (!present.equals(hour)) {
            taken.clear();
            hour = present;
        }
        return taken.computeIfAbsent(tenant, first -> new AtomicInteger()).getAndUpdate(before -> Math.min(most, before + 1)) < most;
    }
}
