package dev.penstock.ui.fleet;

import com.vaadin.flow.component.Component;
import dev.penstock.contract.platform.RepackView;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.EmptyState;
import dev.penstock.ui.base.Facts;
import dev.penstock.ui.base.Icon;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Segments;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How GPUs could be cut anew for those who wait. */
final class RepackPanel {

    /** How many running slices may be stopped. */
    static final String STOPPING = "stopping";

    static final int NOBODY = 0;
    private static final int FEW = 5;
    private static final int MANY = 50;

    private RepackPanel() {}

    /** @param actions to consent; none for who may not */
    static Component of(RepackView repack, Address address, Colours colours, Component... actions) {
        var budget = new Segments("How many may be stopped", address, STOPPING, String.valueOf(NOBODY))
                .segment(String.valueOf(NOBODY), "Stops nobody")
                .segment(String.valueOf(FEW), "Up to " + FEW)
                .segment(String.valueOf(MANY), "Up to " + MANY);
        var panel = new Panel("Repack").hint("a proposal");
        if (repack.recuts().isEmpty()) {
            return panel.body(budget, nothing(repack));
        }
        var facts = new Facts()
                .fact("Wins", wins(repack))
                .fact("Stops", repack.stopped().isEmpty() ? "nobody" : names(repack.stopped(), each -> each.name() + " of " + each.tenantName() + moved(each)))
                .fact("Still waiting", Quantities.count(repack.left()));
        panel.body(budget, facts);
        panel.body(repack.recuts().stream().map(recut -> Markup.of(
                "div", "stack tight",
                Markup.text("h3", "", recut.node() + ", GPU " + recut.gpu()),
                GpuCard.of(recut.after(), colours, "was " + before(recut), true))).toArray(Component[]::new));
        panel.body(actions);
        return panel.foot(Markup.plain("Nothing is cut by looking. The MIG manager cuts a node by its label nvidia.com/mig.config, and the whole node is emptied for it: everyone on it stops, also on GPUs that stay as they are."));
    }

    private static Component nothing(RepackView repack) {
        return repack.left() == 0
                ? new EmptyState(Icon.SLICE, "Nothing to win", repack.served().isEmpty() ? "Nobody waits for a part of a GPU." : "There is a partition for everyone who waits.").small()
                : new EmptyState(
                        Icon.SLICE, "Nothing to win",
                        repack.left() == 1 ? "1 waits, and no cut that stops no more than that would serve it."
                                : repack.left() + " wait, and no cut that stops no more than that would serve any of them.")
                        .small();
    }

    private static String wins(RepackView repack) {
        return names(repack.served(), each -> each.profile() + " for " + each.name() + " of " + each.tenantName());
    }

    private static String moved(RepackView.Stopped stopped) {
        return stopped.from().equals(stopped.to()) ? "" : ", goes to " + stopped.to();
    }

    private static String before(RepackView.Recut recut) {
        return recut.before().isEmpty()
                ? "not cut"
                : recut.before().entrySet().stream().map(each -> each.getValue() + " × " + each.getKey()).sorted().collect(Collectors.joining(", "));
    }

    private static <T> String names(List<T> all, Function<T, String> name) {
        return all.stream().map(name).collect(Collectors.joining("; "));
    }
}
