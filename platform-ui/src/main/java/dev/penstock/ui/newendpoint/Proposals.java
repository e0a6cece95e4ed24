package dev.penstock.ui.newendpoint;

import dev.penstock.contract.platform.EndpointView;
import dev.penstock.contract.platform.ModelFit;
import dev.penstock.contract.platform.ModelView;
import dev.penstock.contract.platform.SliceProfileView;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Badge;
import dev.penstock.ui.base.EmptyState;
import dev.penstock.ui.base.Facts;
import dev.penstock.ui.base.Fit;
import dev.penstock.ui.base.FitWork;
import dev.penstock.ui.base.Icon;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.offer.Offer;

/** What is proposed, and why it would or would not do. */
final class Proposals {

    private Proposals() {}

    /** The endpoint that runs already, and the way to it. */
    static Panel shared(Offer offer, Address page, Address key) {
        EndpointView runs = offer.endpoint();
        return new Panel("What we pick")
                .hint("it runs already; nothing has to be asked for")
                .actions(Badge.pill(Badge.tone(runs.state()), Badge.word(runs.state())))
                .body(
                        new Facts()
                                .fact("Endpoint", runs.name() + " of " + runs.tenantName())
                                .code("Called as", runs.callName())
                                .fact("Context", Quantities.count(runs.contextTokens()) + " tokens"),
                        Markup.of("div", "row", Link.button("How to call it", page).css("primary"), Link.button(Icon.KEY, "Make a key", key)));
    }

    static EmptyState notShared(ModelView model) {
        return new EmptyState(
                Icon.ENDPOINT,
                "Nobody shares " + model.name() + " yet",
                "Choose “" + Intent.ISOLATED.title() + "” for one of your own, or another model.");
    }

    static Panel why(ModelView model, ModelFit part, SliceProfileView profile, long contextTokens) {
        Fit fit = Fit.of(model, part, profile, contextTokens);
        return new Panel(fit.spare() >= 0 ? "Why it fits" : "Why it does not fit")
                .hint(model.precision() + " on " + part.profile())
                .actions(fit.badge())
                .body(new FitWork(model, fit, contextTokens));
    }

    /** Where no part will do. */
    static String none(ModelView model) {
        long longest = model.fits().stream().mapToLong(ModelFit::longestContext).max().orElse(0);
        return longest == 0
                ? "The model fits no part of this installation. Choose a smaller one."
                : "No part serves so long a context with this model; the longest here is " + Quantities.count(longest) + " tokens.";
    }

    static EmptyState noProject() {
        return new EmptyState(
                Icon.ENDPOINT,
                "You are not a member of a project yet",
                "An endpoint belongs to a project. Ask an owner of your tenant to add you, or one of your groups, as a member.");
    }

    static EmptyState noModels() {
        return new EmptyState(Icon.CATALOGUE, "No models yet", "An endpoint serves a model of the catalogue. An administrator adds models to it.");
    }
}
