package dev.penstock.quota.gateway;

import dev.penstock.contract.quota.RoutingStrategy;
import dev.penstock.quota.gateway.balance.Balancer;
import dev.penstock.quota.gateway.balance.Candidate;
import java.util.ArrayList;
import java.util.List;

/** Those that could answer a call, each asked at most once. Belongs to its call's event loop. */
final class Choices {

    private final Balancer balancer;
    private final RoutingStrategy strategy;
    private final long session;
    private final List<Candidate<Stage.Located>> left;

    /** @param candidates not empty */
    Choices(Balancer balancer, RoutingStrategy strategy, long session, List<Candidate<Stage.Located>> candidates) {
        this.balancer = balancer;
        this.strategy = strategy;
        this.session = session;
        this.left = new ArrayList<>(candidates);
    }

    boolean more() {
        return !left.isEmpty();
    }

    /** The one to ask now. */
    Stage.Located next() {
        boolean stream = left.getFirst().what().asked().body().stream();
        Candidate<Stage.Located> chosen = balancer.choose(left, strategy, stream, session);
        left.remove(chosen);
        return chosen.what();
    }
}
