package dev.penstock.ui.health;

import com.vaadin.flow.component.HtmlContainer;
import dev.penstock.contract.quota.HealthView;
import dev.penstock.contract.quota.HealthView.InvariantState;
import dev.penstock.ui.base.Icon;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.PersonTime;
import dev.penstock.ui.base.Quantities;
import java.time.Instant;
import java.util.Objects;

/** The verdict in a word: balanced or not, explained or not. */
final class BalanceBanner extends HtmlContainer {

    private static final long serialVersionUID = 1L;

    BalanceBanner(HealthView health) {
        super("section");
        addClassNames("panel", "seal");
        getElement().setAttribute("aria-label", "Ledger");
        boolean asked = health.invariants().stream().anyMatch(invariant -> invariant.recent() != null);
        long broken = health.invariants().stream().filter(InvariantState::broken).count();
        if (!asked) {
            say("unknown", Icon.SHIELD, "Ledger not checked yet", "The first check begins a moment after the service starts.");
        } else if (broken > 0) {
            say("broken", Icon.WARNING, "Ledger not balanced: " + Quantities.count(broken, "invariant is broken", "invariants are broken"),
                    "What was found stands below. Nothing is repaired by itself.");
        } else if (!health.explained()) {
            say("broken", Icon.WARNING, "Ledger balanced, engines counted otherwise",
                    "Some engine counted tokens that nothing explains: somebody reaches it otherwise than by the gateway, or one of the two counts wrongly.");
        } else {
            say("", Icon.SHIELD, "Ledger balanced", checked(health));
        }
    }

    private void say(String css, Icon icon, String title, String hint) {
        add(
                Markup.of("span", ("sealmark " + css).trim(), icon.decorative()),
                Markup.of("div", "", Markup.text("b", "", title), Markup.text("span", "hint", hint)).attribute("role", "status"));
    }

    private static String checked(HealthView health) {
        String invariants = "None of " + Quantities.count(health.invariants().size(), "invariant", "invariants") + " is broken";
        return health.invariants().stream()
                .map(InvariantState::recent)
                .filter(Objects::nonNull)
                .map(HealthView.Sample::at)
                .max(Instant::compareTo)
                .map(at -> invariants + ", last checked " + PersonTime.clock(at) + "; every token an engine counted is explained")
                .orElse(invariants);
    }
}
