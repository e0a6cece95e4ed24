package dev.penstock.quota.gateway;

import dev.penstock.contract.quota.Egress;
import dev.penstock.contract.quota.Steered;
import dev.penstock.quota.admission.Ask;
import dev.penstock.quota.admission.Verdict;
import dev.penstock.quota.gateway.wire.CallBody;
import dev.penstock.quota.gateway.wire.ModelFacts;
import dev.penstock.quota.gateway.wire.Operation;
import dev.penstock.quota.gateway.wire.TokenBounds;
import dev.penstock.quota.grant.Holder;
import dev.penstock.quota.route.Route;
import org.jspecify.annotations.Nullable;

/** How far a call has come. Each is only made from the one before. */
sealed interface Stage {

    /**
     * We know who asks, and what.
     *
     * @param wordings how servers can be told it
     * @param wish what of it the project wants otherwise
     */
    record Asked(Operation operation, Holder holder, Wordings wordings, Wish wish) implements Stage {

        /** As the client asked. */
        Asked(Operation operation, Holder holder, Wordings wordings) {
            this(operation, holder, wordings, new Wish(wordings.first().body().model(), null, null, null));
        }

        /** In the client's own words, or those of chat completions where no server has the client's. */
        CallBody body() {
            return wordings.first().body();
        }

        /** Of the model or alias that is to answer. */
        String name() {
            return wish.name();
        }

        /** That this is not what was asked; null: it is. */
        @Nullable Steered steered() {
            return wish.steered();
        }

        /** Answered by another model. */
        Asked by(String other, String why) {
            return wishing(new Wish(other, because(why), wish.mostOutput(), wish.warning()));
        }

        /** Answered no longer than that. */
        Asked within(long tokens, String why) {
            return wishing(new Wish(wish.name(), because(why), wish.mostOutput() == null ? tokens : Math.min(wish.mostOutput(), tokens), wish.warning()));
        }

        /** Answered with a warning. */
        Asked warned(String warning) {
            return wishing(new Wish(wish.name(), wish.steered(), wish.mostOutput(), warning));
        }

        private Asked wishing(Wish wanted) {
            return new Asked(operation, holder, wordings, wanted);
        }

        private Steered because(String why) {
            return new Steered(body().model(), wish.steered() == null ? why : wish.steered().why() + "; " + why);
        }
    }

    /**
     * What a project wants of a call.
     *
     * @param name of the model or alias that is to answer
     * @param steered that this is not what was asked; null: it is
     * @param mostOutput tokens that an answer may have at most, below what was asked; null: as asked
     * @param warning to be told with the answer; null: none
     */
    record Wish(String name, @Nullable Steered steered, @Nullable Long mostOutput, @Nullable String warning) {}

    /**
     * We know who could answer.
     *
     * @param egress that it leaves the house; null: it stays
     */
    record Placed(Asked asked, Route route, @Nullable Egress egress) implements Stage {}

    /** We know in which words it is asked, and what it costs at most. */
    record Located(Placed placed, Wording wording, TokenBounds bounds) implements Stage {

        Asked asked() {
            return placed.asked();
        }

        Route route() {
            return placed.route();
        }

        @Nullable Egress egress() {
            return placed.egress();
        }

        ModelFacts facts() {
            return facts(asked(), route());
        }

        static ModelFacts facts(Asked asked, Route route) {
            long mostOutput = asked.wish().mostOutput() == null ? route.maxOutputTokens() : Math.min(asked.wish().mostOutput(), route.maxOutputTokens());
            return new ModelFacts(route.contextTokens(), mostOutput, route.maxTokensPerByte());
        }
    }

    /** It is set aside, and the intent is durable: from here on there will be a settlement. */
    record Admitted(Located located, Ask ask, Verdict.Admitted verdict) implements Stage {}
}
