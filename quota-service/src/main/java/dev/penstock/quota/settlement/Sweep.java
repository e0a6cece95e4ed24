package dev.penstock.quota.settlement;

import dev.penstock.contract.TenantId;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.quota.admission.Replica;
import dev.penstock.quota.journal.Attempt;
import dev.penstock.quota.journal.Journal;
import dev.penstock.quota.journal.Settlement;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Finds attempts that nobody will settle and settles them at their bound, as estimated.
 *
 * <pre>
 * left by an earlier life of this replica      at once: that life holds nothing any more
 * of this life, past its deadline              unless its end waits in the journal
 * of another replica, past its deadline        once that one has not been seen for a while
 * </pre>
 *
 * <p>What an earlier life left in its journal is settled as the journal says, so nobody is judged before that is done.
 *
 * <p>After the database was away everybody has not been seen for a while, and holds ends that wait. So nobody judges others before having seen
 * the database itself for as long.
 */
@Component
class Sweep {

    private static final Logger log = LoggerFactory.getLogger(Sweep.class);
    private static final Actor ACTOR = Actor.system("settlement");

    private final JobTransactions transactions;
    private final Replica replica;
    private final Journal journal;
    private final OpenAttempts open;
    private final Settling settling;
    private final SettlementSettings settings;
    private final SettlementMetrics metrics;
    private final Clock clock;
    private volatile @Nullable Instant connectedSince;

    Sweep(
            JobTransactions transactions, Replica replica, Journal journal, OpenAttempts open, Settling settling, SettlementSettings settings,
            SettlementMetrics metrics, Clock clock) {
        this.transactions = transactions;
        this.replica = replica;
        this.journal = journal;
        this.open = open;
        this.settling = settling;
        this.settings = settings;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** @return how many were settled */
    int turn() {
        try {
            Instant now = clock.instant();
            replica.seen(now);
            connectedSince = connectedSince == null ? now : connectedSince;
            return journal.recovered() ? recover(now) : 0;
        } catch (RuntimeException e) {
            connectedSince = null;
            throw e;
        }
    }

    private int recover(Instant now) {
        Instant before = now.minus(settings.margin());
        Instant since = connectedSince;
        boolean judgesOthers = since != null && !since.isAfter(before);
        journal.abandon(before);
        int recovered = 0;
        List<Attempt> found = find(before, judgesOthers);
        while (!found.isEmpty()) {
            recovered += settle(found);
            found = found.size() < settings.batch() ? List.of() : find(before, judgesOthers);
        }
        if (recovered > 0) {
            log.warn("{} attempts that nobody settled were settled at their bound", recovered);
            metrics.recovered(recovered);
        }
        return recovered;
    }

    private List<Attempt> find(Instant before, boolean judgesOthers) {
        long epoch = replica.epoch();
        return transactions.acrossTenants(Job.SETTLE, ACTOR, () -> open.leftBehind(replica.name(), epoch, before, judgesOthers, settings.batch()))
                .stream().filter(attempt -> !journal.holds(attempt)).toList();
    }

    private int settle(List<Attempt> attempts) {
        Map<TenantId, List<Settlement>> byTenant = attempts.stream()
                .map(Settlement::neverSettled)
                .collect(Collectors.groupingBy(end -> end.attempt().tenant()));
        return byTenant.entrySet().stream().mapToInt(ends -> settling.apply(ends.getKey(), ends.getValue())).sum();
    }
}
