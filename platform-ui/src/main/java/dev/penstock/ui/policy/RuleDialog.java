package dev.penstock.ui.policy;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import dev.penstock.contract.quota.ReplayView;
import dev.penstock.contract.quota.SteeringRule;
import dev.penstock.ui.base.Action;
import dev.penstock.ui.base.Confirmation;
import dev.penstock.ui.base.Fields;
import dev.penstock.ui.base.Markup;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Adds or changes one rule, and says beforehand what all of them would have made of last week's calls. */
final class RuleDialog {

    private static final int LONGEST_NAMES = 2_000;
    private static final int MOST_TOKENS = 100_000_000;
    private static final int MOST_COMPLEXITY = 10;
    private static final String PURPOSE = "[a-z0-9][a-z0-9-]{0,39}";

    /** Saves all rules. */
    interface Saving {

        void save(List<SteeringRule> rules, String reason);
    }

    private final List<SteeringRule> rules;
    private final int at;
    private final Saving saving;
    private final Function<List<SteeringRule>, ReplayView> replay;
    private final TextField asked = Fields.text("Calls of", "models or aliases, separated by commas; empty: any", LONGEST_NAMES);
    private final TextField purposes = Fields.text("For", "purposes that calls or their keys declare; empty: any", LONGEST_NAMES);
    private final IntegerField prompt = Fields.number("Prompt up to", "tokens", 1, MOST_TOKENS);
    private final IntegerField complexity = Fields.number("Complexity up to", "of 10", 0, MOST_COMPLEXITY);
    private final ComboBox<String> use = new ComboBox<>("Are answered by");
    private final TextField reason = Fields.text("Reason", "for the audit trail", 500);
    private final Markup replayed = Markup.of("div", "stack tight");

    /**
     * @param rules that are there now
     * @param at place of the one to change; the number of rules: another one
     */
    RuleDialog(List<SteeringRule> rules, int at, List<String> names, Saving saving, Function<List<SteeringRule>, ReplayView> replay) {
        this.rules = rules;
        this.at = at;
        this.saving = saving;
        this.replay = replay;
        use.setItems(names);
        use.setAllowCustomValue(true);
        use.addCustomValueSetListener(typed -> use.setValue(typed.getDetail()));
        use.setHelperText("a model or an alias");
        if (at < rules.size()) {
            show(rules.get(at));
        }
    }

    private void show(SteeringRule rule) {
        asked.setValue(String.join(", ", rule.asked()));
        purposes.setValue(String.join(", ", rule.purposes()));
        prompt.setValue(rule.mostPromptTokens() == null ? null : Math.toIntExact(rule.mostPromptTokens()));
        complexity.setValue(rule.mostComplexity());
        use.setValue(rule.use());
    }

    Confirmation dialog() {
        boolean added = at == rules.size();
        var dialog = new Confirmation(
                added ? "Add a rule" : "Change rule " + (at + 1),
                asked, purposes, Markup.of("div", "cols", prompt, complexity).style("gap", "12px"), use, reason, replayed,
                Markup.text("p", "hint", "The first rule that holds is taken. Where its model may not be called, or cannot answer, the next one is asked; in the end the call is answered as it asks."));
        dialog.getFooter().addComponentAsFirst(Action.of("Replay last week", () -> dialog.attemptOpen(this::tryIt, refused -> {})));
        if (!added) {
            dialog.getFooter().addComponentAsFirst(Action.danger("Remove", () -> dialog.attempt(() -> saving.save(without(), given()))));
        }
        return dialog.buttons("Leave it", Action.primary(added ? "Add rule" : "Save rule", () -> {
            List<SteeringRule> proposed = proposed();
            if (proposed != null && Fields.check(reason, reason.getValue().isBlank() ? "Why is it so?" : "")) {
                dialog.attempt(() -> saving.save(proposed, given()));
            }
        }));
    }

    private void tryIt() {
        List<SteeringRule> proposed = proposed();
        if (proposed != null) {
            replayed.removeAll();
            replayed.add(ReplayLines.of(replay.apply(proposed)));
        }
    }

    private String given() {
        return reason.getValue().isBlank() ? "removed" : reason.getValue().strip();
    }

    private List<SteeringRule> without() {
        List<SteeringRule> left = new ArrayList<>(rules);
        left.remove(at);
        return left;
    }

    /** Null: something is wrong, and said at its field. */
    private @Nullable List<SteeringRule> proposed() {
        List<String> named = RuleWords.names(purposes.getValue());
        String model = Objects.requireNonNullElse(use.getValue(), "").strip();
        boolean sound = Fields.check(purposes, named.stream().allMatch(name -> name.matches(PURPOSE)) ? "" : "Lower case letters, digits and hyphens, 40 at most.");
        use.setErrorMessage("Which model answers?");
        use.setInvalid(model.isEmpty());
        if (!sound || model.isEmpty()) {
            return null;
        }
        var rule = new SteeringRule(RuleWords.names(asked.getValue()), named, prompt.getValue() == null ? null : prompt.getValue().longValue(), complexity.getValue(), model);
        List<SteeringRule> proposed = new ArrayList<>(rules);
        if (at == rules.size()) {
            proposed.add(rule);
        } else {
            proposed.set(at, rule);
        }
        return proposed;
    }
}
