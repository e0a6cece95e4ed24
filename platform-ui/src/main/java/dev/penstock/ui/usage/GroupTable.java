package dev.penstock.ui.usage;

import com.vaadin.flow.component.Component;
import dev.penstock.contract.quota.UsageSeries;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Amounts;
import dev.penstock.ui.base.Cells;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Sums;
import dev.penstock.ui.base.Table;
import dev.penstock.ui.base.Unit;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The sums of each group; a click looks at one of them alone. */
final class GroupTable {

    private GroupTable() {}

    static Component of(List<Group> groups, Question question, Address address, Consumer<Address> remember, String currency) {
        var table = new Table<Group>("Usage by " + question.by().name().toLowerCase(Locale.ROOT), "")
                .sorted(address, remember)
                .column(title(question.by()), group -> name(group, question.by(), address)).by(Group::name)
                .number("Calls", group -> Cells.rounded(group.sums().calls())).by(group -> group.sums().calls())
                .column("Failed", "num minor", group -> Cells.rounded(group.sums().failed())).by(group -> group.sums().failed())
                .column("Input", "num minor", group -> Cells.rounded(group.sums().input())).by(group -> group.sums().input())
                .column("Cached", "num minor", group -> Cells.rounded(group.sums().cached())).by(group -> group.sums().cached())
                .column("Output", "num minor", group -> Cells.rounded(group.sums().output())).by(group -> group.sums().output())
                .column("Reasoning", "num minor", group -> Markup.text("span", "num quiet", Quantities.rounded(group.sums().reasoning())).hover("of the output, as far as engines report it"))
                .by(group -> group.sums().reasoning())
                .number("Tokens", group -> Cells.rounded(group.sums().tokens())).by(group -> group.sums().tokens())
                .column("First token", "num minor", group -> mean(group.sums().firstTokenMillis(), Unit.SECONDS)).by(group -> Show.FIRST_TOKEN.orNothing(group.sums()))
                .column("Tokens/s", "num minor", group -> mean(group.sums().tenthsPerSecond(), Unit.TENTHS_PER_SECOND)).by(group -> Show.SPEED.orNothing(group.sums()))
                .column("Estimated", "num minor", group -> Markup.text("span", "quiet", share(group.sums()))
                        .hover(Quantities.count(group.sums().estimated()) + " calls whose tokens the engine did not report: taken at their upper bound"))
                .number("Cost", group -> Amounts.component(group.sums().cost(), currency)).by(group -> group.sums().cost());
        table.show(groups);
        return table;
    }

    /** Of what was streamed. */
    private static Component mean(@Nullable BigInteger mean, Unit unit) {
        return mean == null ? Cells.quiet(null) : Markup.text("span", "num", unit.words().apply(mean)).hover("on average, " + unit.exactly().apply(mean));
    }

    static String title(UsageSeries.By by) {
        return switch (by) {
            case MODEL -> "Model";
            case KEY -> "Key";
            case PROJECT -> "Project";
            case TENANT -> "Tenant";
            case PERSON -> "Person";
        };
    }

    /** Of the calls, how many were not told their tokens; none is no per cent, few are less than one. */
    static String share(Sums sums) {
        if (sums.estimated() == 0 || sums.calls() == 0) {
            return "0 %";
        }
        int percent = Quantities.percent(sums.estimated(), sums.calls());
        return percent == 0 ? "< 1 %" : percent + " %";
    }

    private static Component name(Group group, UsageSeries.By by, Address address) {
        Address alone = alone(group.id(), by, address.without(CallsPanel.CURSOR));
        return alone == null
                ? Markup.text("span", "swatch cat " + group.colour(), group.name())
                : new Link(group.name(), alone).css("swatch cat " + group.colour());
    }

    /** Null where the service has no such filter. */
    private static @Nullable Address alone(@Nullable String id, UsageSeries.By by, Address address) {
        if (id == null) {
            return null;
        }
        return switch (by) {
            case MODEL -> address.with(Question.MODEL, id);
            case KEY -> address.with(Question.KEY, id);
            case PROJECT -> address.with(Address.PROJECT, id).without(Question.TENANT);
            case TENANT -> address.with(Question.TENANT, id).with(Question.BY, "project");
            case PERSON -> null;
        };
    }
}
