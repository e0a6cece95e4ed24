package dev.penstock.quota.reconciliation;

import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.live.Changes;
import dev.penstock.quota.route.Route;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * One engine's counters beside the books. Looks at one moment of them, decides, and writes what follows from it in one transaction, if nobody else
 * has meanwhile.
 */
@Component
class Comparing {

    private static final Logger log = LoggerFactory.getLogger(Comparing.class);
    static final Actor ACTOR = Actor.system("reconciliation");

    /**
     * @param begun before the engine was asked
     * @param moment after it was; all replicas have told of it what they had under way, or will be found not to have
     */
    record Reading(EngineCounters counters, Instant begun, Instant moment) {}

    /** What one moment showed. */
    private sealed interface Decided {
        Instant at();

        /** Somebody has looked since the engine was asked, and knows more. */
        record Overtaken(Instant at) implements Decided {}

        record Begins(Instant at, @Nullable Known known) implements Decided {}

        record Waits(Instant at, Known known, Course.Wait course) implements Decided {}

        record Says(Instant at, Known known, int quietTurns, Verdict verdict) implements Decided {}
    }

    private final JobTransactions transactions;
    private final LedgerSight ledger;
    private final EngineTable engines;
    private final ComparisonTable comparisons;
    private final OpenEndTable openEnds;
    private final Changes changes;
    private final ReconciliationSettings settings;

    Comparing(
            JobTransactions transactions, LedgerSight ledger, EngineTable engines, ComparisonTable comparisons, OpenEndTable openEnds, Changes changes,
            ReconciliationSettings settings) {
        this.transactions = transactions;
        this.ledger = ledger;
        this.engines = engines;
        this.comparisons = comparisons;
        this.openEnds = openEnds;
        this.changes = changes;
        this.settings = settings;
    }

    void compare(Route route, Reading reading) {
        EngineCounters now = reading.counters();
        Decided decided = transactions.atOneMoment(Job.ORG, ACTOR, () -> decide(route, reading));
        transactions.acrossTenants(Job.SETTLE, ACTOR, () -> {
            switch (decided) {
                case Decided.Overtaken overtaken -> log.debug("endpoint {} was compared by another replica in between", route.endpoint());
                case Decided.Begins begins -> engines.begin(route, begins.known(), now, begins.at());
                case Decided.Waits waits -> engines.waits(route, waits.known(), now, waits.at(), waits.course());
                case Decided.Says says -> write(route, now, says);
            }
            return null;
        });
    }

    void failed(Route route, String why) {
        transactions.acrossTenants(Job.SETTLE, ACTOR, () -> {
            engines.failed(route, why);
            return null;
        });
    }

    private Decided decide(Route route, Reading reading) {
        EngineCounters now = reading.counters();
        Instant moment = reading.moment();
        Known known = engines.find(route).orElse(null);
        if (known == null) {
            return new Decided.Begins(moment, null);
        }
        if (reading.begun().isBefore(known.readAt())) {
            return new Decided.Overtaken(moment);
        }
        Seen seen = ledger.look(route.endpoint(), known.mark(), known.readAt(), moment);
        return switch (Course.of(known, now, seen, settings.patience())) {
            case Course.Begin begin -> new Decided.Begins(seen.at(), known);
            case Course.Wait wait -> new Decided.Waits(seen.at(), known, wait);
            case Course.Base base -> new Decided.Says(seen.at(), known, base.quietTurns(), firstOfProcess(route, known, now, seen));
            case Course.Compare compare -> new Decided.Says(seen.at(), known, compare.quietTurns(), Verdict.since(
                    Objects.requireNonNull(known.balance(), "compared without a balance"), now, seen.booked(), explain(route, compare.fresh(), null)));
        };
    }

    /** What was booked since the last mark and not for this process was for one that is gone. */
    private Verdict firstOfProcess(Route route, Known known, EngineCounters now, Seen seen) {
        Instant since = known.startedAt();
        if (since == null || since.isBefore(known.begunAt().minus(settings.lookBack()))) {
            return Verdict.baseline(now, known.comparedBefore() ? seen.booked() : null);
        }
        Amount booked = ledger.bookedOfAttemptsSince(route.endpoint(), since);
        return Verdict.ofProcess(
                now, booked, explain(route, now.counted().minus(booked), since), known.comparedBefore() ? seen.booked().minus(booked).orNothing() : null);
    }

    private Explanation explain(Route route, Amount difference, @Nullable Instant since) {
        return difference.isNothing() ? Explanation.NONE : Explanation.of(difference, ledger.openEnds(route.endpoint(), since));
    }

    private void write(Route route, EngineCounters now, Decided.Says says) {
        if (!engines.settles(route, says.known(), now, says.at(), says.quietTurns(), says.verdict().balance())) {
            return;
        }
        says.verdict().explanation().found().forEach(openEnds::found);
        openEnds.close(route.endpoint(), says.at());
        if (comparisons.add(route, says.at(), says.verdict())) {
            changes.tell("health", null, null, "engines", null);
        }
        if (!says.verdict().unexplained().isNothing()) {
            log.error("endpoint {} counted {} tokens in and {} out that nothing explains: somebody reaches it otherwise than by the gateway, or one of the two counts wrongly",
                    route.endpoint(), says.verdict().unexplained().input(), says.verdict().unexplained().output());
        }
    }
}
