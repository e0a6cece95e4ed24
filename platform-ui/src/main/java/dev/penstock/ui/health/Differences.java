package dev.penstock.ui.health;

import com.vaadin.flow.component.Component;
import dev.penstock.contract.quota.HealthView.Difference;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Quantities;

/** Tokens in and out in one cell. */
final class Differences {

    private Differences() {}

    static Component cell(Difference difference) {
        return Markup.text("span", "num", words(difference)).hover(Quantities.count(difference.input()) + " in, " + Quantities.count(difference.output()) + " out");
    }

    /** Quiet while it is nothing. */
    static Component alarm(Difference difference) {
        return difference.isZero()
                ? Markup.text("span", "quiet num", "0")
                : Markup.text("span", "num is-bad", words(difference)).hover(Quantities.count(difference.input()) + " in, " + Quantities.count(difference.output()) + " out");
    }

    static String words(Difference difference) {
        return Quantities.rounded(difference.input()) + " / " + Quantities.rounded(difference.output());
    }
}
