package dev.penstock.ui.keys;

import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.penstock.contract.quota.KeyCheck;
import dev.penstock.contract.quota.KeyFound;
import dev.penstock.contract.quota.KeysApi;
import dev.penstock.ui.base.Action;
import dev.penstock.ui.base.Badge;
import dev.penstock.ui.base.Confirmation;
import dev.penstock.ui.base.Fields;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Tone;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Says which of what somebody found, in a log or a repository, is a key, and whether it works. What is pasted stays in the dialog. */
final class CheckDialog {

    private static final Pattern LIKE_A_KEY = Pattern.compile("psk_[a-z0-9]{16}_[a-z0-9]{39}");
    private static final int LONGEST = 200_000;
    /** That one check reads; of more it is said that they were not. */
    private static final int MOST = 1_000;

    private final KeysApi keys;
    private final TextArea text = Fields.area("What was found", "a log, a file, a message: keys in it are looked for", LONGEST);
    private final Markup answer = Markup.of("div", "stack tight").attribute("role", "status");

    CheckDialog(KeysApi keys) {
        this.keys = keys;
        // What is pasted is here when the button is pressed.
        text.setValueChangeMode(ValueChangeMode.EAGER);
        text.setMaxHeight("40vh");
    }

    Confirmation confirmation() {
        var dialog = new Confirmation(
                "Check for leaks", text, answer, Markup.text("p", "hint", "Nothing of it is kept. Of a key that works, its tenant's audit trail keeps that it was found."));
        return dialog.buttons("Close", Action.primary("Check", () -> {
            answer.removeAll();
            dialog.attemptOpen(this::check, refused -> {});
        }));
    }

    private void check() {
        List<String> candidates = LIKE_A_KEY.matcher(text.getValue()).results().map(MatchResult::group).distinct().toList();
        List<String> read = candidates.subList(0, Math.min(MOST, candidates.size()));
        List<KeyFound> found = read.isEmpty() ? List.of() : keys.check(new KeyCheck(read));
        if (read.size() < candidates.size()) {
            answer.add(Markup.text("p", "", "Only the first " + Quantities.count(read.size()) + " of the " + Quantities.count(candidates.size())
                    + " that look like a key were read. Take what is before the rest away and check again."));
        }
        if (found.isEmpty()) {
            answer.add(Markup.text("p", "", read.isEmpty() ? "Nothing in it looks like a key." : "None of the " + Quantities.count(read.size()) + " that were read is one of ours."));
            return;
        }
        var list = Markup.of("ul", "people");
        found.forEach(key -> list.add(Markup.of(
                "li", "", Markup.text("span", "mono", key.start() + "…"), key.works() ? Badge.pill(Tone.BAD, "Works: revoke it") : Badge.pill(Tone.OFF, "Has ended"))));
        answer.add(list);
    }
}
