package dev.penstock.quota.gateway;

import dev.penstock.quota.route.Route;
import dev.penstock.quota.upstream.Upstream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many calls each upstream has from this replica, and that none gets more than it may. Safe for use by many threads. */
final class UpstreamSlots {

    /** By the upstream's name. */
    private final Map<String, Integer> underWay = new ConcurrentHashMap<>();

    /** False: it has as many as it may; then it must not be left. An engine of ours says itself when it has enough. */
    boolean enter(Route route) {
        Upstream upstream = route.upstream();
        if (upstream == null) {
            return true;
        }
        int now = underWay.merge(upstream.name(), 1, Integer::sum);
        if (now > upstream.mostUnderWay()) {
            leave(route);
            return false;
        }
        return true;
    }

    void leave(Route route) {
        Upstream upstream = route.upstream();
        if (upstream != null) {
            underWay.computeIfPresent(upstream.name(), (name, calls) -> calls == 1 ? null : calls - 1);
        }
    }
}
