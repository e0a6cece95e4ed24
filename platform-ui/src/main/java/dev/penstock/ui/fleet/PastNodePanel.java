package dev.penstock.ui.fleet;

import com.vaadin.flow.component.Component;
import dev.penstock.contract.platform.FleetPast;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Badge;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.PersonTime;
import dev.penstock.ui.base.Tone;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A node as it was. */
final class PastNodePanel {

    private PastNodePanel() {}

    /** @param changes where what changed of it is listed */
    static Component of(FleetPast.Node node, Address changes) {
        var header = Markup.of(
                "header", "",
                Markup.text("h2", "", node.name()),
                state(node),
                Markup.text("span", "hint", (node.gpus().isEmpty() ? "" : node.gpus().size() + " × ") + node.device() + (node.simulated() ? ", simulated" : "")),
                Markup.of("span", "actions", Markup.text("span", "hint num", span(node)), Link.button("Its changes", changes).css("small")));
        Component body = node.gpus().isEmpty()
                ? Markup.text("div", "body quiet", offered(node))
                : Markup.of("div", "body gpus", node.gpus().stream().map(GpuCard::cut).toArray(Component[]::new));
        return Markup.of("section", "panel node past", header, body).attribute("aria-label", node.name() + " as it was");
    }

    private static Component state(FleetPast.Node node) {
        if (!node.ready()) {
            return Badge.pill(Tone.OFF, "Was not ready");
        }
        return node.schedulable() ? Badge.pill(Tone.OFF, "Was in service") : Badge.pill(Tone.OFF, "Was cordoned");
    }

    private static String span(FleetPast.Node node) {
        return "seen so from " + PersonTime.dayAndTime(node.from()) + (node.until() == null ? ", and still" : " to " + PersonTime.dayAndTime(node.until()));
    }

    private static String offered(FleetPast.Node node) {
        String each = new TreeMap<>(node.offered()).entrySet().stream().filter(offer -> offer.getValue() > 0).map(offer -> offer.getValue() + " × " + offer.getKey())
                .collect(Collectors.joining("; "));
        return each.isEmpty() ? "It offered no GPUs." : "How its GPUs were cut is not known. It offered " + each + ".";
    }
}
