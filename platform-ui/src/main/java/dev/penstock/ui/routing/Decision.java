package dev.penstock.ui.routing;

import com.vaadin.flow.component.Component;
import dev.penstock.contract.quota.CallDecision;
import dev.penstock.contract.quota.CallRefused;
import dev.penstock.contract.quota.TriedLimit;
import dev.penstock.contract.quota.TriedTarget;
import dev.penstock.ui.base.Amounts;
import dev.penstock.ui.base.Badge;
import dev.penstock.ui.base.Facts;
import dev.penstock.ui.base.Limits;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.PersonTime;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Table;
import dev.penstock.ui.base.Tone;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/** What was decided of a call, as far as it came. */
final class Decision {

    private Decision() {}

    static void show(Markup place, CallDecision decision) {
        place.removeAll();
        place.add(new Panel("Decision").hint("as it was at " + PersonTime.clock(decision.at())).body(outcome(decision), facts(decision)));
        if (!decision.targets().isEmpty()) {
            place.add(new Panel("Who could answer").hint("as the replica that was asked knows them").wide(targets(decision)));
        }
        if (!decision.targets().isEmpty() && decision.targets().stream().anyMatch(target -> target.refused() == null)) {
            place.add(decision.limits().isEmpty()
                    ? new Panel("Limits that count it").body(Markup.text("p", "hint", "None does."))
                    : new Panel("Limits that count it").wide(limits(decision)));
        }
    }

    private static Component outcome(CallDecision decision) {
        CallRefused refused = decision.refused();
        return refused == null
                ? Markup.of("div", "", Badge.pill(Tone.OK, "Would be forwarded"))
                : Markup.of("div", "", Badge.pill(Tone.BAD, "Would be refused: " + word(refused)), Markup.text("p", "", refused.message()));
    }

    private static String word(CallRefused refused) {
        return refused.code() == null ? Integer.toString(refused.status()) : refused.status() + " " + refused.code();
    }

    private static Facts facts(CallDecision decision) {
        var facts = new Facts().code("Asked for", decision.asked());
        if (decision.steered() != null) {
            facts.fact("Answered otherwise", decision.steered().why());
        }
        if (decision.alias() != null) {
            facts.fact(decision.steered() == null ? "Stands for" : "By " + decision.alias(), "an alias" + (decision.strategy() == null ? "" : "; chooses " + AliasDialog.words(decision.strategy()).toLowerCase(Locale.ROOT)));
        }
        if (decision.inputTokens() > 0 || decision.outputTokens() > 0) {
            facts.fact("At most", Quantities.count(decision.inputTokens()) + " tokens in, " + Quantities.count(decision.outputTokens()) + " out");
            facts.fact("Which costs at most", decision.most() == null ? "nothing" : Amounts.of(decision.most()));
        }
        return facts;
    }

    private static Component targets(CallDecision decision) {
        var table = new Table<TriedTarget>("Who could answer", "")
                .column("Model", Decision::model)
                .column("Now", Decision::standing)
                .number("Of 100 calls", target -> Markup.plain(target.refused() == null ? Integer.toString(target.percent()) : "–"));
        table.show(decision.targets());
        return table;
    }

    private static Component model(TriedTarget target) {
        String where = target.upstream() == null ? "" : "at " + target.upstream() + ", outside of the house";
        String step = target.tier() == 0 ? "" : "asked when none before it takes calls";
        return Markup.of(
                "span", "", Markup.text("span", "mono", target.model()),
                Markup.text("span", "sub wraps", String.join("; ", Stream.of(where, step).filter(word -> !word.isEmpty()).toList())));
    }

    private static Component standing(TriedTarget target) {
        CallRefused refused = target.refused();
        if (refused != null) {
            return Markup.of("span", "", Badge.pill(Tone.OFF, "Not asked"), Markup.text("span", "sub wraps", refused.message()));
        }
        Component word = switch (target.standing()) {
            case IN -> Badge.pill(Tone.OK, "Takes calls");
            case OUT -> Badge.pill(Tone.BAD, "Left out for now");
            case TRIED -> Badge.pill(Tone.WARN, "Tried by one call");
        };
        String usual = target.usualMillis() == null ? "" : ", usually heard after " + Quantities.seconds(Duration.ofMillis(target.usualMillis())) + " s";
        return Markup.of("span", "", word, Markup.text("span", "sub wraps", Quantities.count(target.underWay()) + " under way" + usual));
    }

    private static Component limits(CallDecision decision) {
        var table = new Table<TriedLimit>("Limits", "")
                .column("Limit", limit -> Markup.of("span", "", Markup.text("span", "", Limits.name(limit.meter(), limit.window(), limit.models())),
                        Markup.text("span", "sub", limit.level() + " " + limit.owner())))
                .column("Used of", "num", Decision::used)
                .column("Asked", "num minor", limit -> Markup.plain(Limits.amount(limit.meter(), limit.asked())))
                .column("Says", Decision::says);
        table.show(decision.limits());
        return table;
    }

    private static Component used(TriedLimit limit) {
        String taken = Limits.amount(limit.meter(), limit.used().add(limit.setAside()));
        return Markup.plain(limit.amount() == null ? taken : taken + " of " + Limits.amount(limit.meter(), Objects.requireNonNull(limit.amount())));
    }

    private static Component says(TriedLimit limit) {
        Component word = switch (limit.fits()) {
            case YES -> Badge.pill(Tone.OK, limit.hard() ? "Fits" : "Only warns");
            case IF_OTHERS_GIVE_BACK -> Badge.pill(Tone.WARN, "If others give back");
            case NO -> Badge.pill(Tone.BAD, "Does not fit");
        };
        String resets = limit.resets() == null ? "" : "resets " + PersonTime.dayAndTime(Objects.requireNonNull(limit.resets()));
        return Markup.of("span", "", word, Markup.text("span", "sub", resets));
    }
}
