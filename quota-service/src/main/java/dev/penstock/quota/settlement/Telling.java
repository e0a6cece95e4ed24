package dev.penstock.quota.settlement;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.live.Changes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Tells open pages that something was booked for a project, at most once a second for each: a page adds up what it shows anew each time.
 * After the books are written and in a transaction of its own, so that nothing is booked later or not at all for it.
 */
@Component
class Telling {

    private static final Logger log = LoggerFactory.getLogger(Telling.class);
    private static final Actor ACTOR = Actor.system("settlement");
    private static final Duration LEAST_BETWEEN = Duration.ofSeconds(1);

    private record Place(TenantId tenant, ProjectId project) {}

    private final JobTransactions transactions;
    private final Changes changes;
    private final Clock clock;
    private final Set<Place> untold = ConcurrentHashMap.newKeySet();
    private final Map<Place, Instant> told = new ConcurrentHashMap<>();

    Telling(JobTransactions transactions, Changes changes, Clock clock) {
        this.transactions = transactions;
        this.changes = changes;
        this.clock = clock;
    }

    void booked(TenantId tenant, Collection<ProjectId> projects) {
        projects.forEach(project -> untold.add(new Place(tenant, project)));
    }

    /** Tells what is due; what was told lately waits for the next time this is asked. */
    void tell() {
        Instant now = clock.instant();
        told.values().removeIf(last -> last.plus(LEAST_BETWEEN).isBefore(now));
        for (Place place : untold) {
            if (!told.containsKey(place)) {
                // Before the transaction: what is booked meanwhile is told once more and not forgotten.
                untold.remove(place);
                told.put(place, now);
                tell(place);
            }
        }
    }

    private void tell(Place place) {
        try {
            transactions.inTenant(Job.SETTLE, ACTOR, place.tenant(), () -> {
                changes.tell("usage", place.tenant(), place.project(), place.project().toString(), null);
                return null;
            });
        } catch (RuntimeException e) {
            // The books are right without it; the next booking tells again.
            log.debug("open pages were not told of what was booked for project {}", place.project(), e);
        }
    }
}
