package dev.penstock.quota.settlement;

import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.quota.admission.Replica;
import dev.penstock.quota.journal.Attempt;
import dev.penstock.quota.journal.Ended;
import dev.penstock.quota.journal.Journal;
import dev.penstock.quota.journal.Settlement;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
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
    private final TenantBatches batches;
    private final SettlementSettings settings;
    private final SettlementMetrics metrics;
    private final Clock clock;
    private volatile @Nullable Instant connectedSince;

    Sweep(
            JobTransactions transactions, Replica replica, Journal journal, OpenAttempts open, Settling settling, TenantBatches batches,
            SettlementSettings settings, SettlementMetrics metrics, Clock clock) {
        this.transactions = transactions;
        this.replica = replica;
        this.journal = journal;
        this.open = open;
        this.settling = settling;
        this.batches = batches;
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
        Recovered recovered = new Recovered();
        List<Attempt> page = find(before, judgesOthers, null);
        while (!page.isEmpty()) {
            batches.settle(neverToldHere(page), settling::apply, recovered);
            // Goes on behind them: one that cannot be settled is found once in a turn, and keeps nobody else from being found.
            page = page.size() < settings.batch() ? List.of() : find(before, judgesOthers, page.getLast());
        }
        if (recovered.attempts > 0) {
            log.warn("{} attempts that nobody settled were settled at their bound", recovered.attempts);
            metrics.recovered(recovered.attempts);
        }
        return recovered.attempts;
    }

    private List<Attempt> find(Instant before, boolean judgesOthers, @Nullable Attempt after) {
        long epoch = replica.epoch();
        return transactions.acrossTenants(
                Job.SETTLE, ACTOR, () -> open.leftBehind(replica.name(), epoch, before, judgesOthers, after, settings.batch()));
    }

    private List<Ended> neverToldHere(List<Attempt> attempts) {
        return attempts.stream().filter(attempt -> !journal.holds(attempt)).map(attempt -> new Ended(Settlement.neverSettled(attempt), null)).toList();
    }

    private static final class Recovered implements TenantBatches.Outcome {

        private int attempts;

        @Override
        public void done(List<Ended> ends, int settled) {
            attempts += settled;
        }

        /** It stays open, and is found again by the next turn. */
        @Override
        public void stuck(Ended end) {}
    }
}
