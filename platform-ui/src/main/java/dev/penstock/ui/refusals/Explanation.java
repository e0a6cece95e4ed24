package dev.penstock.ui.refusals;

import com.vaadin.flow.component.Component;
import dev.penstock.contract.quota.RefusalView;
import dev.penstock.contract.quota.RefusedBy;
import dev.penstock.ui.base.Facts;
import dev.penstock.ui.base.Limits;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.PersonTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which rule, which number, whose it is, when it resets, and what to do. */
final class Explanation {

    private Explanation() {}

    /** @param more what can be done to have more of the limit; null: nothing */
    static Component of(RefusalView refused, @Nullable Component more) {
        var panel = new Panel("Why it was refused").hint(PersonTime.exact(refused.at()));
        panel.body(Markup.text("p", "", refused.message() == null ? "The model's server refused it or failed; its words are not kept." : refused.message()), facts(refused));
        RefusedBy rule = refused.rule();
        if (rule != null) {
            panel.body(limit(rule), Markup.text("p", "", waiting(rule)));
            if (more != null) {
                panel.body(more);
            }
        }
        return panel;
    }

    private static Facts facts(RefusalView refused) {
        return new Facts()
                .fact("Answered", refused.status() + (refused.code() == null ? "" : " " + refused.code()))
                .fact("Operation", refused.operation())
                .code("Model", refused.model())
                .fact("Project", refused.projectName())
                .fact(refused.key() == null ? "Person" : "Key", refused.key() == null ? refused.person() : Objects.requireNonNullElse(refused.keyName(), refused.key().toString()))
                .code("Call", refused.call().toString());
    }

    private static Facts limit(RefusedBy rule) {
        return new Facts()
                .fact("Limit", Limits.name(rule.meter(), rule.window(), rule.models()))
                .fact("Whose", "the " + rule.level() + " " + rule.owner())
                .fact("Allows", Limits.amount(rule.meter(), rule.amount()))
                .fact("Was used or set aside", Limits.amount(rule.meter(), rule.used()))
                .fact("The call could have used", Limits.amount(rule.meter(), rule.asked()))
                .fact("Resets", rule.resets() == null ? "" : PersonTime.exact(Objects.requireNonNull(rule.resets())));
    }

    static String waiting(RefusedBy rule) {
        return switch (rule.waiting()) {
            case NEVER -> "Waiting does not help: the call asks for more than the whole limit. A shorter prompt or a lower max_tokens asks for less.";
            case UNTIL_RESET -> "It may pass once the limit resets.";
            case UNTIL_OTHERS_END -> "It may pass in a moment: others have set aside more than they will use.";
        };
    }
}
