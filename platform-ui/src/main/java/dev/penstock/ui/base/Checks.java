package dev.penstock.ui.base;

import com.vaadin.flow.component.HtmlContainer;
import dev.penstock.contract.platform.PolicyCheck;
import java.util.List;

/** What policy looked at, a line each. */
public final class Checks extends HtmlContainer {

    private static final long serialVersionUID = 1L;

    public Checks(List<PolicyCheck> checks) {
        super("ul");
        addClassName("checks");
        for (PolicyCheck check : checks) {
            String word = switch (check.result()) {
                case PASSES -> "passes";
                case NEEDS_APPROVAL -> "needs approval";
                case REFUSED -> "refused";
            };
            add(Markup.of(
                    "li",
                    "",
                    Markup.of("span", "badge bare " + Badge.tone(check.result()).css(), Markup.text("span", "sr", word)),
                    Markup.text("span", "", check.sentence()).hover("rule " + check.rule())));
        }
    }
}
