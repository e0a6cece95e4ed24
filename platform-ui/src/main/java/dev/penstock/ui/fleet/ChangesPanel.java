package dev.penstock.ui.fleet;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.datepicker.DatePicker;
import dev.penstock.contract.platform.FleetChanges;
import dev.penstock.contract.platform.FleetChanges.Change;
import dev.penstock.contract.platform.FleetChanges.Difference;
import dev.penstock.contract.platform.FleetChanges.Gap;
import dev.penstock.contract.platform.FleetChanges.Kind;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Badge;
import dev.penstock.ui.base.Cells;
import dev.penstock.ui.base.EmptyState;
import dev.penstock.ui.base.Icon;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.PersonTime;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Table;
import dev.penstock.ui.base.Tone;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What changed between two days. */
final class ChangesPanel {

    static final String NODE = "node";

    private ChangesPanel() {}

    /** @param at where the fleet of a time is shown */
    static Component of(FleetChanges changes, ChangesSpan span, Address address, Function<Instant, Address> at) {
        var bar = Markup.of(
                "div", "filters",
                picker("From", ChangesSpan.FROM, span.first(), address.with(ChangesSpan.TO, span.last().toString())),
                picker("To", ChangesSpan.TO, span.last(), address.with(ChangesSpan.FROM, span.first().toString())));
        String node = address.get(NODE);
        if (node != null) {
            bar.with(Link.chosen("Node", node, address.without(NODE)));
        }
        var panel = new Panel("Changes").hint(hint(changes)).body(bar);
        if (changes.changes().isEmpty()) {
            panel.body(new EmptyState(Icon.FLEET, "No changes", "Nothing of " + (node == null ? "the fleet" : node) + " was seen to change on these days.").small());
        } else {
            panel.wide(table(changes, at));
        }
        String gaps = changes.gaps().stream().map(ChangesPanel::words).collect(Collectors.joining("; "));
        return gaps.isEmpty() ? panel : panel.foot(Markup.plain("Not looked at, so not known: " + gaps + "."));
    }

    private static Component table(FleetChanges changes, Function<Instant, Address> at) {
        var table = new Table<Change>("What changed of the fleet", "")
                .column("Noticed", change -> Markup.of(
                        "span", "", new Link(PersonTime.exact(change.at()), at.apply(change.at())),
                        Markup.text("span", "sub", change.since() == null ? "" : "at any time since " + PersonTime.exact(change.since()))))
                .column("Node", change -> Cells.text(change.node()))
                .column("What", change -> Badge.bare(tone(change.kind()), word(change.kind())))
                .column("Differs", change -> Markup.text("span", "wraps", change.differences().stream().map(ChangesPanel::words).collect(Collectors.joining("; "))));
        table.show(changes.changes());
        return table;
    }

    private static String hint(FleetChanges changes) {
        int count = changes.changes().size();
        return changes.more() ? "the latest " + Quantities.count(count) + ", there are more" : Quantities.count(count, "change", "changes");
    }

    private static DatePicker picker(String label, String parameter, LocalDate day, Address others) {
        var picker = new DatePicker(day);
        picker.setAriaLabel(label);
        picker.setLocale(Locale.UK);
        picker.addClassName("narrowfield");
        picker.addValueChangeListener(change -> {
            if (change.isFromClient() && change.getValue() != null) {
                others.with(parameter, change.getValue().toString()).openIn(UI.getCurrent());
            }
        });
        return picker;
    }

    private static Tone tone(Kind kind) {
        return switch (kind) {
            case APPEARED -> Tone.OK;
            case CHANGED -> Tone.BUSY;
            case VANISHED -> Tone.WARN;
        };
    }

    private static String word(Kind kind) {
        return kind.name().charAt(0) + kind.name().substring(1).toLowerCase(Locale.ROOT);
    }

    private static String words(Difference difference) {
        return difference.what() + " " + Stream.of(difference.before() == null ? "none" : difference.before(), difference.after() == null ? "none" : difference.after())
                .collect(Collectors.joining(" → "));
    }

    private static String words(Gap gap) {
        Instant from = gap.from();
        Instant until = gap.until();
        if (from == null) {
            return until == null ? "any time yet" : "before " + PersonTime.exact(until);
        }
        return until == null ? "since " + PersonTime.exact(from) : PersonTime.exact(from) + " to " + PersonTime.exact(until);
    }
}
