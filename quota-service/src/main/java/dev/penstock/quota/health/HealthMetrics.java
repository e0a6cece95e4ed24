package dev.penstock.quota.health;

import dev.penstock.contract.quota.HealthView;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/** What an operator is woken by: every replica tells it, whichever sampled. */
@Component
class HealthMetrics {

    private final InvariantTable invariants;
    private final JobTransactions transactions;
    private volatile long broken;

    HealthMetrics(InvariantTable invariants, JobTransactions transactions, MeterRegistry registry) {
        this.invariants = invariants;
        this.transactions = transactions;
        Gauge.builder("penstock.health.broken", () -> broken)
                .description("Invariants of the books that were found broken when last asked; 0 when all is well")
                .register(registry);
    }

    void refresh() {
        broken = transactions.acrossTenants(Job.ORG, Sampler.ACTOR, () -> invariants.all().stream().filter(HealthView.InvariantState::broken).count());
    }
}
