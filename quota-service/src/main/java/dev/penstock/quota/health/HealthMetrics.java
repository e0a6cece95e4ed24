package dev.penstock.quota.health;

import dev.penstock.contract.quota.HealthView;
import dev.penstock.contract.quota.HealthView.LossToday;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What an operator is woken by: every replica tells it, whichever sampled. */
@Component
class HealthMetrics {

    private static final Logger log = LoggerFactory.getLogger(HealthMetrics.class);

    private final InvariantTable invariants;
    private final BooksTable books;
    private final JobTransactions transactions;
    private volatile long broken;
    private volatile long losing;

    HealthMetrics(InvariantTable invariants, BooksTable books, JobTransactions transactions, MeterRegistry registry) {
        this.invariants = invariants;
        this.books = books;
        this.transactions = transactions;
        Gauge.builder("penstock.health.broken", () -> broken)
                .description("Invariants of the books that were found broken when last asked; 0 when all is well")
                .register(registry);
        Gauge.builder("penstock.health.losing", () -> losing)
                .description("Endpoints of which more was lost today than may be (penstock.health.most-lost); 0 when all is well")
                .register(registry);
    }

    void refresh() {
        broken = transactions.acrossTenants(Job.ORG, Sampler.ACTOR, () -> invariants.all().stream().filter(HealthView.InvariantState::broken).count());
        List<LossToday> beyond = transactions.acrossTenants(Job.ORG, Sampler.ACTOR, () -> books.lossesToday().stream().filter(LossToday::beyond).toList());
        losing = beyond.size();
        beyond.forEach(loss -> log.error("endpoint {}: {} tokens were lost today, of at most {}", loss.endpoint(), loss.tokens(), loss.most()));
    }
}
