package dev.penstock.ui.fleet;

import com.vaadin.flow.component.Component;
import dev.penstock.contract.platform.GpuView;
import dev.penstock.contract.platform.NodeView;
import dev.penstock.ui.base.Badge;
import dev.penstock.ui.base.Cells;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.NodeName;
import dev.penstock.ui.base.Table;
import dev.penstock.ui.base.Tone;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A node and its GPUs. */
final class NodePanel {

    /** How the name of a resource tells a share of a card. */
    private static final Pattern CARD_SHARE = Pattern.compile("nvidia\\.com/gpu\\(gpumem=(\\d+),gpucores=(\\d+)\\)");

    private NodePanel() {}

    /** @param actions what can be done with it */
    static Component of(NodeView node, Colours colours, Component... actions) {
        var header = Markup.of(
                "header", "",
                Markup.text("h2", "", NodeName.inWords(node.name())),
                state(node),
                Markup.text("span", "hint", (node.gpus().isEmpty() ? "" : node.gpus().size() + " × ") + node.device() + (node.simulated() ? ", simulated" : "")),
                Markup.of("span", "actions", Markup.text("span", "hint num", Slots.of(List.of(node)).inWords())).with(actions));
        Component body = !node.devices().isEmpty()
                ? devices(node)
                : node.gpus().isEmpty()
                ? Markup.text("div", "body quiet", offered(node))
                : Markup.of("div", "body gpus", node.gpus().stream().map(gpu -> GpuCard.of(gpu, colours, GpuCard.inWords(gpu), node.ready())).toArray(Component[]::new));
        Component order = NodeActions.progress(node);
        return Markup.of("section", "panel node", Stream.of(header, order, body).filter(Objects::nonNull).toArray(Component[]::new)).attribute("aria-label", node.name());
    }

    private static Component state(NodeView node) {
        if (!node.ready()) {
            return Badge.pill(Tone.BAD, "Not ready");
        }
        return node.schedulable() ? Badge.pill(Tone.OK, "In service") : Badge.pill(Tone.WARN, "Cordoned");
    }

    private static Component devices(NodeView node) {
        var table = new Table<NodeView.Device>("Devices of " + node.name(), "")
                .column("Device", device -> Markup.text("span", "strong", device.name()))
                .column("Is", device -> Cells.text(device.what()))
                .column("Held by", device -> holder(device));
        table.show(node.devices());
        return table;
    }

    private static Component holder(NodeView.Device device) {
        GpuView.Holder holder = device.holder();
        if (holder != null) {
            return Markup.of("span", "", Markup.text("span", "strong", holder.name()), Markup.text("span", "sub", holder.tenantName() + ", " + holder.projectName()));
        }
        return Cells.quiet(device.claimed() ? "a claim that is not Penstock's" : "free");
    }

    private static String offered(NodeView node) {
        List<String> each = node.resources().stream().map(resource -> resource.allocatable() + " × " + words(resource.name()) + ", " + resource.inUse() + " in use").toList();
        if (each.isEmpty()) {
            return "It offers no GPUs.";
        }
        boolean shared = node.resources().stream()
                .anyMatch(resource -> (resource.name().endsWith(".shared") || CARD_SHARE.matcher(resource.name()).matches()) && resource.allocatable() > 0);
        String how = shared ? "Several slices use a GPU of it, all of one tenant at a time." : "How its GPUs are cut is not known.";
        return how + " It offers " + String.join("; ", each) + ".";
    }

    private static String words(String resource) {
        Matcher share = CARD_SHARE.matcher(resource);
        return share.matches() ? "a share of a GPU by HAMi (%s MiB, %s %% of its compute)".formatted(share.group(1), share.group(2)) : resource;
    }
}
