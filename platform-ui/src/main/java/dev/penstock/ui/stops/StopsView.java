package dev.penstock.ui.stops;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.router.Route;
import dev.penstock.contract.Change;
import dev.penstock.contract.platform.EndpointView;
import dev.penstock.contract.platform.EndpointsApi;
import dev.penstock.contract.platform.TenantsApi;
import dev.penstock.contract.quota.AliasView;
import dev.penstock.contract.quota.AliasesApi;
import dev.penstock.contract.quota.StopView;
import dev.penstock.contract.quota.StopsApi;
import dev.penstock.contract.quota.UpstreamModel;
import dev.penstock.contract.quota.UpstreamsApi;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Badge;
import dev.penstock.ui.base.Cells;
import dev.penstock.ui.base.Destination;
import dev.penstock.ui.base.EmptyState;
import dev.penstock.ui.base.Icon;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Moment;
import dev.penstock.ui.base.NewIds;
import dev.penstock.ui.base.PageHead;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.PersonTime;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Roles;
import dev.penstock.ui.base.Screen;
import dev.penstock.ui.base.Segments;
import dev.penstock.ui.base.Table;
import dev.penstock.ui.base.Tone;
import dev.penstock.ui.base.Viewer;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is stopped, why, and how soon it held everywhere. */
@Route(Destination.Paths.STOPS)
@PermitAll
class StopsView extends Screen {

    private static final long serialVersionUID = 1L;
    private static final String STOP = "stop";
    private static final String LIFT = "lift-";
    private static final String SHOW = "show";
    private static final String STANDING = "standing";
    private static final String ALL = "all";

    private final transient StopsApi stops;
    private final transient TenantsApi tenants;
    private final transient EndpointsApi endpoints;
    private final transient AliasesApi aliases;
    private final transient UpstreamsApi upstreams;
    private final transient NewIds ids;
    private final transient Clock clock;
    private final Markup list = Markup.of("div", "stack");

    StopsView(Viewer viewer, StopsApi stops, TenantsApi tenants, EndpointsApi endpoints, AliasesApi aliases, UpstreamsApi upstreams, NewIds ids, Clock clock) {
        super("Stops", viewer);
        this.stops = stops;
        this.tenants = tenants;
        this.endpoints = endpoints;
        this.aliases = aliases;
        this.upstreams = upstreams;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    protected boolean concerns(Change change) {
        return isAbout(change, "stop");
    }

    @Override
    protected void show() {
        removeAll();
        boolean may = Roles.isAdministrator(me());
        var head = new PageHead("Stops");
        if (may) {
            head.actions(Link.button(Icon.STOP, "Stop calls", address().with(Address.DO, STOP)).css("danger"));
        }
        add(
                head.under("Calls of a tenant or of a model are refused at once. Those under way go on to their end."),
                Markup.of("div", "filters", new Segments("Which stops", address(), SHOW, STANDING).segment(STANDING, "Standing").segment(ALL, "All")),
                list);
        List<StopView> all = refreshed();
        if (!may) {
            return;
        }
        if (address().is(Address.DO, STOP)) {
            opened(StopDialog.stop(stops, ids, tenants.list(), models(), this::refresh), Address.DO);
        }
        all.stream()
                .filter(stop -> stop.liftedAt() == null && address().is(Address.DO, LIFT + stop.id()))
                .findFirst()
                .ifPresent(stop -> opened(StopDialog.lift(stops, stop, title(stop), this::refresh), Address.DO));
    }

    @Override
    protected void refresh() {
        refreshed();
    }

    private List<StopView> refreshed() {
        List<StopView> all = stops.list();
        List<StopView> shown = all.stream().filter(stop -> address().is(SHOW, ALL) || stop.liftedAt() == null).toList();
        list.removeAll();
        var panel = new Panel("Stops").hint(shown.isEmpty() ? null : Quantities.count(shown.size()));
        list.add(panel.wide(shown.isEmpty() ? empty() : table(shown)));
        return all;
    }

    /** By the names that callers call. */
    private List<String> models() {
        return Stream.of(
                        endpoints.list(null, null).stream().map(EndpointView::callName),
                        upstreams.list().stream().flatMap(upstream -> upstream.models().stream().map(UpstreamModel::name)),
                        aliases.list().stream().filter(alias -> !alias.targets().isEmpty()).map(AliasView::name))
                .flatMap(names -> names).distinct().sorted().toList();
    }

    private Component table(List<StopView> shown) {
        var table = new Table<StopView>("Stops", "")
                .sorted(address(), this::remember)
                .column("State", StopsView::state).by(stop -> stop.liftedAt() != null)
                .column("Calls of", stop -> Markup.of("span", "", Markup.text("span", "strong", title(stop)), Markup.text("span", "sub", stop.reason()))).by(StopsView::title)
                .column("Since", "minor", this::since).by(StopView::madeAt)
                .column("Held", "minor", stop -> held(stop.reached()))
                .untitled("Let go", "num", this::liftLink);
        table.show(shown);
        return table;
    }

    private static Component state(StopView stop) {
        if (stop.liftedAt() == null) {
            return Badge.bare(Tone.BAD, "Stopped");
        }
        return Markup.of("span", "", Badge.bare(Tone.OFF, "Let go"), Markup.text("span", "sub", Objects.requireNonNullElse(stop.liftReason(), "")));
    }

    private static String title(StopView stop) {
        return stop.model() != null ? "model " + stop.model() : "tenant " + Objects.requireNonNullElse(stop.tenantName(), String.valueOf(stop.tenant()));
    }

    private Component since(StopView stop) {
        Instant lifted = stop.liftedAt();
        Markup cell = Markup.of("span", "", Moment.ago(stop.madeAt(), clock.instant()), Markup.text("span", "sub", "by " + stop.madeBy()));
        if (lifted != null) {
            cell.add(Markup.text("span", "sub", "until " + PersonTime.dayAndTime(lifted) + ", by " + stop.liftedBy()));
        }
        return cell;
    }

    /** The slowest counts; each is told on hover. */
    static Component held(List<StopView.Reached> reached) {
        List<StopView.Reached> awaited = reached.stream().filter(each -> each.millis() == null).toList();
        if (!awaited.isEmpty()) {
            return Badge.bare(Tone.WARN, "Not yet by " + awaited.stream().map(StopView.Reached::replica).collect(Collectors.joining(", ")));
        }
        List<StopView.Reached> measured = reached.stream().filter(each -> !each.fromItsStart()).toList();
        if (measured.isEmpty()) {
            return Cells.quiet(reached.isEmpty() ? "no replica was there" : "since their start");
        }
        long slowest = measured.stream().mapToLong(each -> Objects.requireNonNull(each.millis())).max().orElseThrow();
        return Markup.of(
                        "span", "", Markup.text("span", "num", "after " + seconds(slowest)),
                        Markup.text("span", "sub", "by " + Quantities.count(measured.size(), "replica", "replicas")))
                .hover(measured.stream().map(each -> each.replica() + " after " + seconds(Objects.requireNonNull(each.millis()))).collect(Collectors.joining(", ")));
    }

    private static String seconds(long millis) {
        return millis / 1000 + "." + String.format(Locale.ROOT, "%03d", millis % 1000) + " s";
    }

    private Component liftLink(StopView stop) {
        return stop.liftedAt() == null && Roles.isAdministrator(me())
                ? Link.button("Let go", address().with(Address.DO, LIFT + stop.id())).css("small").label("Let calls of " + title(stop) + " go")
                : Markup.plain("");
    }

    private Component empty() {
        return new EmptyState(Icon.STOP, "Nothing is stopped", "Calls are answered as limits, keys and grants say. Each replica notes here how soon a stop held.");
    }
}
