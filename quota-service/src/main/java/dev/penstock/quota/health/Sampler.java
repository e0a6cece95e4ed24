package dev.penstock.quota.health;

import dev.penstock.contract.quota.HealthView.Outcome;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.live.Changes;
import dev.penstock.quota.settlement.Invariant;
import dev.penstock.quota.settlement.Invariants;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.stereotype.Component;

/** Asks the invariants of the books that are in use, one after the other, each of one moment and no longer than it may take, and keeps the answers. */
@Component
class Sampler {

    private static final Logger log = LoggerFactory.getLogger(Sampler.class);
    static final Actor ACTOR = Actor.system("health");

    private record Answer(Outcome outcome, List<String> breaks) {}

    private final Invariants invariants;
    private final InvariantTable table;
    private final JobTransactions transactions;
    private final Changes changes;
    private final HealthSettings settings;
    private final Clock clock;

    Sampler(Invariants invariants, InvariantTable table, JobTransactions transactions, Changes changes, HealthSettings settings, Clock clock) {
        this.invariants = invariants;
        this.table = table;
        this.transactions = transactions;
        this.changes = changes;
        this.settings = settings;
        this.clock = clock;
    }

    void sample(Reach reach) {
        for (Invariant invariant : Invariant.values()) {
            sample(invariant, reach);
        }
        transactions.acrossTenants(Job.SETTLE, ACTOR, () -> {
            changes.tell("health", null, null, "invariants", null);
            return null;
        });
    }

    private void sample(Invariant invariant, Reach reach) {
        Instant begin = clock.instant();
        Answer answer = ask(invariant, reach, begin);
        Duration took = Duration.between(begin, clock.instant());
        if (answer.outcome() == Outcome.BROKEN) {
            log.error("the books do not hold together: {}: {}", invariant, String.join("; ", answer.breaks()));
        }
        transactions.acrossTenants(Job.SETTLE, ACTOR, () -> {
            table.put(invariant, reach, begin, took, answer.outcome(), answer.breaks());
            return null;
        });
    }

    private Answer ask(Invariant invariant, Reach reach, Instant now) {
        try {
            return invariants.breaks(ACTOR, invariant, reach.since(now, settings.recent()), settings.longest())
                    .map(breaks -> new Answer(breaks.isEmpty() ? Outcome.HOLDS : Outcome.BROKEN, breaks))
                    .orElse(new Answer(Outcome.CALLS_UNDER_WAY, List.of()));
        } catch (QueryTimeoutException e) {
            log.warn("invariant {} took longer than {} and was given up", invariant, settings.longest());
            return new Answer(Outcome.NOT_FINISHED, List.of());
        }
    }
}
