package dev.penstock.ui.approval;

import com.vaadin.flow.component.HtmlContainer;
import dev.penstock.contract.platform.DelegationState;
import dev.penstock.contract.platform.DelegationView;
import dev.penstock.contract.platform.DelegationsApi;
import dev.penstock.contract.platform.Me;
import dev.penstock.ui.base.Action;
import dev.penstock.ui.base.Badge;
import dev.penstock.ui.base.Confirmation;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.PersonTime;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Toast;
import dev.penstock.ui.base.Tone;
import java.util.List;

/** Who approves in whose place, as far as the person may see it: what they gave first, then what they were given, then others'. Nothing where there is none. */
final class DelegationsPanel extends HtmlContainer {

    private static final long serialVersionUID = 1L;

    private final transient DelegationsApi delegations;
    private final transient Runnable whenEnded;
    private transient List<DelegationView> shown = List.of();

    DelegationsPanel(DelegationsApi delegations, Runnable whenEnded) {
        super("div");
        this.delegations = delegations;
        this.whenEnded = whenEnded;
    }

    void show(Me me) {
        List<DelegationView> now = delegations.list();
        if (now.equals(shown)) {
            return;
        }
        shown = now;
        removeAll();
        if (now.isEmpty()) {
            return;
        }
        var panel = new Panel("Delegations").hint(Quantities.count(now.size()));
        part(panel, "Who approves in your place", now.stream().filter(each -> isMine(each, me)).toList());
        part(panel, "In whose place you approve", now.stream().filter(each -> !isMine(each, me) && isForMe(each, me)).toList());
        part(panel, "Others", now.stream().filter(each -> !isMine(each, me) && !isForMe(each, me)).toList());
        add(panel);
    }

    private void part(Panel panel, String title, List<DelegationView> some) {
        if (!some.isEmpty()) {
            var list = Markup.of("ul", "people");
            some.forEach(each -> list.add(line(each)));
            panel.body(Markup.text("h3", "", title), list);
        }
    }

    private Markup line(DelegationView delegation) {
        String time = "from " + PersonTime.dayAndTime(delegation.from()) + " until " + PersonTime.dayAndTime(delegation.until());
        var end = Markup.of("div", "row", Badge.pill(tone(delegation.state()), word(delegation.state())));
        if (delegation.mayEnd()) {
            end.add(Action.of("End", () -> ending(delegation).open()).css("small"));
        }
        return Markup.of(
                "li", "",
                Markup.of("div", "", Markup.text("span", "strong", words(delegation)), Markup.text("span", "hint block", delegation.tenantName() + " · " + time)),
                end);
    }

    private Confirmation ending(DelegationView delegation) {
        var dialog = new Confirmation(
                "End what " + words(delegation) + " may decide?",
                Markup.text("p", "", "From now on " + delegation.delegate() + " decides nothing in the place of " + delegation.delegatorName()
                        + " in " + delegation.tenantName() + ". What was decided stays."));
        return dialog.buttons("Leave it", Action.danger("End the delegation", () -> dialog.attempt(() -> {
            delegations.end(delegation.tenant(), delegation.id());
            Toast.done(words(delegation) + " has ended.");
            whenEnded.run();
        })).css("primary"));
    }

    private static boolean isMine(DelegationView delegation, Me me) {
        return delegation.delegator().equals(me.subject());
    }

    private static boolean isForMe(DelegationView delegation, Me me) {
        return delegation.delegate().equals(me.subject());
    }

    private static String words(DelegationView delegation) {
        return delegation.delegate() + " for " + delegation.delegatorName();
    }

    private static String word(DelegationState state) {
        return switch (state) {
            case COMING -> "Coming";
            case ACTIVE -> "Active";
            case WITHOUT_RIGHT -> "Without right";
            case ENDED -> "Ended";
        };
    }

    private static Tone tone(DelegationState state) {
        return switch (state) {
            case COMING -> Tone.BUSY;
            case ACTIVE -> Tone.OK;
            case WITHOUT_RIGHT -> Tone.WARN;
            case ENDED -> Tone.OFF;
        };
    }
}
