package dev.penstock.quota.settlement;

import dev.penstock.contract.TenantId;
import dev.penstock.quota.journal.Attempt;
import dev.penstock.quota.journal.Ended;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Ends of many, settled by tenant: all of one together, and if the database refuses them, one by one, so that one that cannot be settled keeps nobody
 * else from it.
 */
@Component
class TenantBatches {

    private static final Logger log = LoggerFactory.getLogger(TenantBatches.class);

    /** What becomes of the ends. */
    interface Outcome {

        /** @param settled how many of them had not been settled before */
        void done(List<Ended> ends, int settled);

        /** It cannot be settled, now or later. Somebody has to look. */
        void stuck(Ended end);
    }

    /** By what ends of one tenant are settled: {@link Settling#apply}, or that with patience. */
    @FunctionalInterface
    interface Applying {

        int apply(TenantId tenant, Collection<Ended> ends);
    }

    private final SettlementMetrics metrics;
    /** Told already: who looks for open attempts finds them again and again. */
    private final Set<Attempt> stuck = ConcurrentHashMap.newKeySet();

    TenantBatches(SettlementMetrics metrics) {
        this.metrics = metrics;
    }

    /** @throws RuntimeException that goes by itself, from {@code applying}: of the ends of which nothing was told, some may be settled and some not */
    void settle(Collection<Ended> ends, Applying applying, Outcome outcome) {
        ends.stream().collect(Collectors.groupingBy(end -> end.attempt().tenant())).forEach((tenant, ofTenant) -> settle(tenant, ofTenant, applying, outcome));
    }

    private void settle(TenantId tenant, List<Ended> ends, Applying applying, Outcome outcome) {
        int settled;
        try {
            settled = applying.apply(tenant, ends);
        } catch (RuntimeException e) {
            if (Failures.goByThemselves(e)) {
                throw e;
            }
            oneByOne(tenant, ends, e, applying, outcome);
            return;
        }
        if (!stuck.isEmpty()) {
            ends.forEach(end -> stuck.remove(end.attempt()));
        }
        outcome.done(ends, settled);
    }

    private void oneByOne(TenantId tenant, List<Ended> ends, RuntimeException failure, Applying applying, Outcome outcome) {
        if (ends.size() == 1) {
            if (stuck.add(ends.getFirst().attempt())) {
                log.error("attempt {} cannot be settled and stays open", ends.getFirst().attempt(), failure);
                metrics.stuck();
            }
            outcome.stuck(ends.getFirst());
        } else {
            ends.forEach(end -> settle(tenant, List.of(end), applying, outcome));
        }
    }
}
