package dev.penstock.quota.gateway;

import dev.penstock.contract.quota.Egress;
import dev.penstock.quota.admission.Ask;
import dev.penstock.quota.admission.Verdict;
import dev.penstock.quota.gateway.wire.CallBody;
import dev.penstock.quota.gateway.wire.ModelFacts;
import dev.penstock.quota.gateway.wire.Operation;
import dev.penstock.quota.gateway.wire.Retelling;
import dev.penstock.quota.gateway.wire.TokenBounds;
import dev.penstock.quota.grant.Holder;
import dev.penstock.quota.route.Route;
import org.jspecify.annotations.Nullable;

/** How far a call has come. Each is only made from the one before. */
sealed interface Stage {

    /**
     * We know who asks, and what.
     *
     * @param retelling how the answer is told; null: as the engine says it
     */
    record Asked(Operation operation, Holder holder, CallBody body, @Nullable Retelling retelling) implements Stage {}

    /**
     * We know who answers, and what it costs at most.
     *
     * @param egress that it leaves the house; null: it stays
     */
    record Located(Asked asked, Route route, TokenBounds bounds, @Nullable Egress egress) implements Stage {

        ModelFacts facts() {
            return facts(route);
        }

        static ModelFacts facts(Route route) {
            return new ModelFacts(route.contextTokens(), route.maxOutputTokens(), route.maxTokensPerByte());
        }
    }

    /** It is set aside, and the intent is durable: from here on there will be a settlement. */
    record Admitted(Located located, Ask ask, Verdict.Admitted verdict) implements Stage {}
}
