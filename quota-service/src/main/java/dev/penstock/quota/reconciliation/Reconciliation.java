package dev.penstock.quota.reconciliation;

import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.quota.route.Route;
import dev.penstock.quota.route.Routes;
import dev.penstock.quota.underway.Moments;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** One look at every engine that serves. */
@Component
class Reconciliation {

    private static final Logger log = LoggerFactory.getLogger(Reconciliation.class);

    /** The engine whose counters we know. */
    private static final String VLLM = "vllm";

    private final Routes routes;
    private final EngineReader reader;
    private final Moments moments;
    private final Comparing comparing;
    private final Posting posting;
    private final JobTransactions transactions;
    private final EngineTable engines;
    private final ComparisonTable comparisons;
    private final OpenEndTable openEnds;
    private final ReconciliationSettings settings;

    Reconciliation(
            Routes routes, EngineReader reader, Moments moments, Comparing comparing, Posting posting, JobTransactions transactions, EngineTable engines,
            ComparisonTable comparisons, OpenEndTable openEnds, ReconciliationSettings settings) {
        this.routes = routes;
        this.reader = reader;
        this.moments = moments;
        this.comparing = comparing;
        this.posting = posting;
        this.transactions = transactions;
        this.engines = engines;
        this.comparisons = comparisons;
        this.openEnds = openEnds;
        this.settings = settings;
    }

    /** All of them. What cannot be compared now is compared later; the others do not wait for it. */
    void turn() {
        turn(routes.serving().stream().filter(route -> route.engine().equalsIgnoreCase(VLLM)).toList());
    }

    void turn(List<Route> some) {
        // 1. What the engines say. First, so that whatever they counted is open or booked in what is looked at next.
        Instant begun = moments.clock(Comparing.ACTOR);
        Map<Route, EngineReader.Told> read = reader.read(some);
        // 2. What was under way at a moment after that; intents in journals are known to their replicas alone.
        Instant moment = moments.now(Comparing.ACTOR);
        read.forEach((route, told) -> {
            try {
                // 3. What the books say, and what follows.
                switch (told) {
                    case EngineReader.Told.Counters counters -> comparing.compare(route, new Comparing.Reading(counters.counters(), begun, moment));
                    case EngineReader.Told.Silence silence -> comparing.failed(route, silence.why());
                }
            } catch (RuntimeException e) {
                log.warn("comparing endpoint {} with its engine; trying again in {}", route.endpoint(), settings.every(), e);
            }
        });
        // 4. What was found, now or before somebody died.
        posting.post();
    }

    /** What nobody will look at any more. */
    void tidy() {
        transactions.acrossTenants(Job.SETTLE, Comparing.ACTOR, () -> engines.forgetUnread(settings.keepOpenEnds())
                + comparisons.forget(settings.keepHistory()) + openEnds.forget(settings.keepOpenEnds()) + moments.forget(settings.keepOpenEnds()));
    }
}
