package dev.penstock.ui.fleet;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.Route;
import dev.penstock.contract.Change;
import dev.penstock.contract.platform.FeatureView;
import dev.penstock.contract.platform.FleetApi;
import dev.penstock.contract.platform.FleetUse;
import dev.penstock.contract.platform.GpuView;
import dev.penstock.contract.platform.NodeOrderView;
import dev.penstock.contract.platform.NodeView;
import dev.penstock.contract.platform.OrganisationRole;
import dev.penstock.contract.platform.RepackView;
import dev.penstock.contract.platform.RoomView;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Confirmation;
import dev.penstock.ui.base.Destination;
import dev.penstock.ui.base.EmptyState;
import dev.penstock.ui.base.Fields;
import dev.penstock.ui.base.Gauge;
import dev.penstock.ui.base.Icon;
import dev.penstock.ui.base.KeyFigures;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.NewIds;
import dev.penstock.ui.base.PacedScreen;
import dev.penstock.ui.base.PageHead;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Search;
import dev.penstock.ui.base.Segments;
import dev.penstock.ui.base.Viewer;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which GPUs there are, how they are cut, who holds what, and how they could be cut better. */
@Route(Destination.Paths.FLEET)
@PermitAll
class FleetScreen extends PacedScreen {

    private static final long serialVersionUID = 1L;

    private static final String BY = "by";
    private static final String RECUT = "recut";
    private static final int MOST_NAMED = 4;

    /** Slices of everybody come and go, and each reading plans anew. */
    private static final Duration LEAST_BETWEEN_READINGS = Duration.ofSeconds(1);

    private final transient FleetApi fleet;
    private final transient Viewer viewer;
    private final transient NewIds ids;
    /** Stays while all around it is drawn anew, so that nobody is interrupted who types. */
    private final TextField search = Fields.search("Find a node, or who is on it", this::narrowed);
    private final Markup above = Markup.of("div", "stack");
    private final Markup below = Markup.of("div", "stack");
    private transient @Nullable Seen shown;

    private record Seen(
            List<NodeView> nodes, List<RoomView> room, RepackView repack, List<FeatureView> features, FleetUse use, List<NodeOrderView> orders) {

        /** Whether nothing but the time of looking differs. */
        boolean sameAs(@Nullable Seen other) {
            return other != null && room.equals(other.room) && repack.equals(other.repack) && features.equals(other.features) && use.equals(other.use) && orders.equals(other.orders)
                    && nodes.stream().map(Seen::timeless).toList().equals(other.nodes.stream().map(Seen::timeless).toList());
        }

        private static NodeView timeless(NodeView node) {
            return new NodeView(
                    node.name(), node.product(), node.device(), node.ready(), node.schedulable(), node.simulated(), node.resources(), node.gpus(), Instant.EPOCH,
                    node.holders(), node.order(), node.devices());
        }
    }

    FleetScreen(Viewer viewer, FleetApi fleet, NewIds ids, Clock clock) {
        super("Fleet", viewer, LEAST_BETWEEN_READINGS, clock);
        this.fleet = fleet;
        this.viewer = viewer;
        this.ids = ids;
    }

    @Override
    protected boolean concerns(Change change) {
        return isAbout(change, "fleet", "slice");
    }

    @Override
    protected void show() {
        Seen seen = read();
        search.setValue(Search.of(address()).words());
        search.setVisible(seen.nodes().size() > NodesPage.MOST);
        removeAll();
        add(above, search, below);
        draw(seen);
        Confirmation named = mayAct() ? named(seen) : null;
        if (named != null) {
            opened(named, Address.DO, NodeActions.NODE);
        }
    }

    @Override
    protected void redraw() {
        Seen read = read();
        if (!read.sameAs(shown)) {
            draw(read);
        }
    }

    private void narrowed(String words) {
        remember(address().with(Search.PARAMETER, words).without(NodesPage.PAGE));
        draw(Objects.requireNonNull(shown));
    }

    private Seen read() {
        return new Seen(fleet.nodes(), fleet.room(), fleet.repack(mostStopped()), fleet.features(), fleet.use(), fleet.orders());
    }

    private int mostStopped() {
        Integer most = address().number(RepackPanel.STOPPING);
        return most == null ? RepackPanel.NOBODY : most;
    }

    private void draw(Seen seen) {
        shown = seen;
        above.removeAll();
        below.removeAll();
        if (seen.nodes().isEmpty()) {
            above.with(new PageHead("Fleet").actions(past()), gone(seen), new EmptyState(Icon.FLEET, "No GPU nodes seen", "Nodes appear here as soon as a cluster shows some whose GPUs are labelled nvidia.com/gpu.product."));
            return;
        }
        Colours colours = new Colours(address().get(BY, Colouring.TENANT), seen.use());
        NodesPage page = NodesPage.of(seen.nodes(), address());
        Component[] aside = Stream.concat(
                        seen.room().stream().map(RoomPanel::of), Stream.of(RepackPanel.of(seen.repack(), address(), colours, consent(seen.repack())), FeaturesPanel.of(seen.features())))
                .toArray(Component[]::new);
        above.with(head(seen.nodes()), figures(seen), gone(seen));
        if (seen.nodes().size() > NodesPage.MOST) {
            below.with(page.pages(address()));
        }
        below.with(
                legend(page.shown(), seen.use(), colours),
                Markup.of(
                                "div", "cols",
                                Markup.of("div", "stack", page.shown().stream().map(node -> NodePanel.of(node, colours, actions(node))).toArray(Component[]::new)),
                                Markup.of("div", "stack", aside))
                        .style("--cols", "minmax(0, 1fr) 320px"));
    }

    private Component[] actions(NodeView node) {
        return mayAct() ? actions().of(node, address()) : new Component[0];
    }

    private NodeActions actions() {
        return new NodeActions(fleet, ids, this::redraw);
    }

    private @Nullable Confirmation named(Seen seen) {
        return address().is(Address.DO, RECUT) && !seen.repack().recuts().isEmpty()
                ? new RepackDialog(fleet, ids).of(seen.repack(), mostStopped())
                : actions().named(address(), seen.nodes(), seen.orders());
    }

    private Component[] consent(RepackView repack) {
        return mayAct() && !repack.recuts().isEmpty()
                ? new Component[] {Link.button("Cut anew", address().with(Address.DO, RECUT))}
                : new Component[0];
    }

    private boolean mayAct() {
        return viewer.me().organisationRoles().contains(OrganisationRole.ADMIN);
    }

    private PageHead head(List<NodeView> nodes) {
        int gpus = nodes.stream().mapToInt(node -> node.gpus().size()).sum();
        String drawn = nodes.stream().anyMatch(node -> node.gpus().isEmpty()) ? " drawn by their slots" : "";
        var by = new Segments("Coloured", address(), BY, Address.word(Colouring.TENANT));
        for (Colouring each : Colouring.values()) {
            by.segment(Address.word(each), each.title());
        }
        return new PageHead("Fleet")
                .beside(Markup.text("span", "quiet", Quantities.count(nodes.size(), "node", "nodes") + ", " + Quantities.count(gpus, "GPU", "GPUs") + drawn))
                .actions(by, past());
    }

    private Link past() {
        return Link.button("As it was", address().to(PastFleetScreen.PATH));
    }

    /** Orders of nodes that are not here: they would be on no panel. */
    private Component gone(Seen seen) {
        List<NodeOrderView> orders = seen.orders().stream()
                .filter(order -> order.endedAt() == null && seen.nodes().stream().noneMatch(node -> node.name().equals(order.node())))
                .toList();
        return GonePanel.of(orders, order -> mayAct() ? actions().ofGone(order, address()) : new Component[0]);
    }

    private static KeyFigures figures(Seen seen) {
        Slots slots = Slots.of(seen.nodes());
        int waiting = seen.repack().served().size() + seen.repack().left();
        var figures = new KeyFigures()
                .metered(
                        "Compute slots held, of " + Quantities.count(slots.inService()) + " in service", Quantities.count(slots.held()),
                        Quantities.percent(slots.held(), Math.max(1, slots.inService())) + " %", Gauge.of(slots.held(), 0, slots.inService(), null, "Compute slots held"), null)
                .figure("Free", Quantities.count(slots.free()), "", "whole GPUs: " + Quantities.count(whole(seen.room())))
                .figure("Stranded", Quantities.count(slots.stranded()), "", "of no partition");
        if (slots.out() > 0) {
            figures.warning("Out of service", Quantities.count(slots.out()), "", names(seen.nodes()));
        }
        return figures.figure("Waiting", Quantities.count(waiting), "", waiting == 1 ? "slice in the queue" : "slices in the queue");
    }

    /** Free as they are, of every device: the first profile is the largest. */
    private static int whole(List<RoomView> room) {
        return room.stream().flatMap(device -> device.profiles().stream().limit(1)).mapToInt(RoomView.OfProfile::free).sum();
    }

    private static String names(List<NodeView> nodes) {
        List<String> out = nodes.stream().filter(node -> !node.ready() || !node.schedulable()).map(NodeView::name).toList();
        return String.join(", ", out.subList(0, Math.min(MOST_NAMED, out.size()))) + (out.size() > MOST_NAMED ? " and " + Quantities.count(out.size() - MOST_NAMED) + " more" : "");
    }

    private static Component legend(List<NodeView> nodes, FleetUse use, Colours colours) {
        Map<String, String> named = new TreeMap<>();
        if (colours.by() == Colouring.USE) {
            return legend(Arrays.stream(UseBand.values()).map(band -> Markup.text("span", "swatch " + band.css(), band.title())), use(use));
        }
        nodes.stream().flatMap(node -> node.gpus().stream()).flatMap(gpu -> gpu.partitions().stream()).forEach(partition -> {
            GpuView.@Nullable Holder holder = partition.holder();
            if (holder != null) {
                named.put(colours.name(holder), colours.css(holder));
            }
        });
        return legend(
                named.entrySet().stream().map(each -> Markup.text("span", "swatch " + each.getValue(), each.getKey())),
                "upper row: memory slots · lower row: compute slots · which GPU and slot is worked out from what each node offers");
    }

    private static Component legend(Stream<Markup> colours, String hint) {
        var legend = Markup.of("div", "legend");
        colours.forEach(legend::with);
        return legend.with(sample("starting", "part starting cat cat-10"), sample("free", "part free"), sample("stranded", "part lost"), Markup.text("span", "actions", hint));
    }

    private static String use(FleetUse use) {
        String mean = "share of the last " + Quantities.duration(Duration.ofSeconds(use.windowSeconds())) + " that the GPU of a slice worked, by DCGM; where it is not known nobody is called idle";
        return use.missing() == null ? mean : use.missing() + " " + mean;
    }

    private static Component sample(String word, String css) {
        return Markup.of("span", "sample", Markup.of("i", css)).words(word);
    }
}
