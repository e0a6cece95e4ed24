package dev.penstock.quota.gateway;

import dev.penstock.contract.quota.RoutingStrategy;
import dev.penstock.quota.gateway.balance.Balancer;
import dev.penstock.quota.gateway.balance.Candidate;
import dev.penstock.quota.gateway.wire.OpenAiError;
import dev.penstock.quota.gateway.wire.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Those that could answer a call, each asked at most once. Belongs to its call's event loop. */
final class Choices {

    private final Balancer balancer;
    private final UpstreamSlots slots;
    private final RoutingStrategy strategy;
    private final long session;
    private final Predicate<Stage.Placed> allowed;
    private final List<Candidate<Stage.Placed>> left;
    private final List<Stage.Asked> later;

    /**
     * @param allowed asked again before each attempt
     * @param candidates not empty
     * @param later what the call becomes where none of these answers, as far as it may become anything else
     */
    Choices(
            Balancer balancer, UpstreamSlots slots, RoutingStrategy strategy, long session,
            Predicate<Stage.Placed> allowed, List<Candidate<Stage.Placed>> candidates, List<Stage.Asked> later) {
        this.balancer = balancer;
        this.slots = slots;
        this.strategy = strategy;
        this.session = session;
        this.allowed = allowed;
        this.left = new ArrayList<>(candidates);
        this.later = later;
    }

    /** What it may become after that, in the order of preference; none: nothing else. */
    List<Stage.Asked> later() {
        return later;
    }

    boolean more() {
        left.removeIf(candidate -> !allowed.test(candidate.what()));
        return !left.isEmpty();
    }

    /**
     * The one to ask now. Its upstream's slot is taken, until {@link UpstreamSlots#leave}.
     *
     * @throws Refusal 503 if all that are left have as many calls as they may have
     */
    Stage.Placed next() {
        while (more()) {
            boolean stream = left.getFirst().what().asked().body().stream();
            Candidate<Stage.Placed> chosen = balancer.choose(left, strategy, stream, session);
            left.remove(chosen);
            if (slots.enter(chosen.what().route())) {
                return chosen.what();
            }
        }
        throw new Refusal(OpenAiError.unavailable("model_overloaded", "The model's server takes no more calls now."), Retry.AFTER_A_SECOND);
    }
}
