package dev.penstock.quota.underway;

import dev.penstock.contract.EndpointId;
import dev.penstock.quota.journal.Attempt;
import dev.penstock.quota.journal.Ended;
import dev.penstock.quota.journal.Intent;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * What this life of the process has under way whose intents are in the journal. Under one monitor, held for a few additions: at any moment all that
 * has begun and is not settled is counted, at every endpoint. Bounded by the journal's places.
 */
@Component
public class UnderWay {

    private final Map<Attempt, EndpointId> endpoints = new HashMap<>();
    private final Map<EndpointId, EndpointLoad> loads = new HashMap<>();
    private boolean over;

    /**
     * Immediately before the intent is written, so before anybody works for it. What has begun is taken back by nothing but its settlement: if its
     * intent is refused by the disk, its end goes through the journal all the same.
     *
     * @throws IllegalStateException after the life has said that nothing begins in it any more
     */
    public synchronized void begins(Intent intent) {
        if (over) {
            throw new IllegalStateException("attempt " + intent.attempt() + " begins after the end of this life");
        }
        if (endpoints.putIfAbsent(intent.attempt(), intent.endpoint()) == null) {
            loads.computeIfAbsent(intent.endpoint(), endpoint -> new EndpointLoad()).add(intent);
        }
    }

    /**
     * They are in the ledger, committed; by whom and when does not matter. Those of former lives, or whose intents are in the database, never began
     * here and are passed over, and so are repetitions. One that cannot be settled is not told: it stays under way.
     */
    public synchronized void settled(Collection<Ended> ends) {
        for (Ended end : ends) {
            EndpointId endpoint = endpoints.remove(end.attempt());
            if (endpoint != null) {
                loads.computeIfPresent(endpoint, (id, load) -> load.isEmptyWithout(end.attempt()) ? null : load);
            }
        }
    }

    /** By endpoint; those where nothing is under way are left out. */
    synchronized Map<EndpointId, Load> loads() {
        Map<EndpointId, Load> now = new HashMap<>();
        loads.forEach((endpoint, load) -> now.put(endpoint, load.now()));
        return now;
    }

    /** From here on nothing begins. @return whether nothing is under way either, so that nobody need wait for this life */
    synchronized boolean end() {
        over = true;
        return endpoints.isEmpty();
    }
}
