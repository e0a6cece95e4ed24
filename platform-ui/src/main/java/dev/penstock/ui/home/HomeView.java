package dev.penstock.ui.home;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.router.Route;
import dev.penstock.contract.Change;
import dev.penstock.contract.GpuTime;
import dev.penstock.contract.platform.EndpointView;
import dev.penstock.contract.platform.EndpointsApi;
import dev.penstock.contract.platform.FleetApi;
import dev.penstock.contract.platform.IdlenessApi;
import dev.penstock.contract.platform.Me;
import dev.penstock.contract.platform.NodeView;
import dev.penstock.contract.platform.OrganisationRole;
import dev.penstock.contract.platform.SliceState;
import dev.penstock.contract.platform.SliceView;
import dev.penstock.contract.platform.SlicesApi;
import dev.penstock.contract.quota.AuditApi;
import dev.penstock.contract.quota.LimitView;
import dev.penstock.contract.quota.LimitsApi;
import dev.penstock.contract.quota.StatementView;
import dev.penstock.contract.quota.StatementsApi;
import dev.penstock.contract.quota.UsageApi;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Destination;
import dev.penstock.ui.base.EmptyState;
import dev.penstock.ui.base.Icon;
import dev.penstock.ui.base.Idleness;
import dev.penstock.ui.base.KeyFigures;
import dev.penstock.ui.base.LimitRows;
import dev.penstock.ui.base.Limits;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.PacedScreen;
import dev.penstock.ui.base.PageHead;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Roles;
import dev.penstock.ui.base.SliceTable;
import dev.penstock.ui.base.TimeAxis;
import dev.penstock.ui.base.Viewer;
import dev.penstock.ui.inbox.Inbox;
import dev.penstock.ui.inbox.Need;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What needs me, what I hold, what is left. */
@Route(Destination.Paths.HOME)
@PermitAll
class HomeView extends PacedScreen {

    private static final long serialVersionUID = 1L;

    /** Rows of a list on this screen; the rest is one click away. */
    private static final int MOST = 8;
    private static final int MOST_LIMITS = 6;

    /** Usage changes many times a second under load; nobody reads that fast. */
    private static final Duration LEAST_BETWEEN_DRAWINGS = Duration.ofSeconds(2);

    private final transient SlicesApi slicesApi;
    private final transient IdlenessApi idlenessApi;
    private final transient LimitsApi limitsApi;
    private final transient FleetApi fleetApi;
    private final transient AuditApi auditApi;
    private final transient EndpointsApi endpointsApi;
    private final transient UsageApi usageApi;
    private final transient StatementsApi statementsApi;
    private final transient Inbox inbox;
    private final transient Clock clock;

    HomeView(
            Viewer viewer, SlicesApi slices, IdlenessApi idleness, LimitsApi limits, FleetApi fleet, AuditApi audit, EndpointsApi endpoints, UsageApi usage,
            StatementsApi statements, Inbox inbox, Clock clock) {
        super("Home", viewer, LEAST_BETWEEN_DRAWINGS, clock);
        this.slicesApi = slices;
        this.idlenessApi = idleness;
        this.limitsApi = limits;
        this.fleetApi = fleet;
        this.auditApi = audit;
        this.endpointsApi = endpoints;
        this.usageApi = usage;
        this.statementsApi = statements;
        this.inbox = inbox;
        this.clock = clock;
    }

    @Override
    protected boolean concerns(Change change) {
        return isAbout(change, "slice", "slice-request", "delegation", "limit", "fleet", "tenant", "audit", "endpoint", "usage") && inScope(change);
    }

    @Override
    protected void redraw() {
        show();
    }

    @Override
    protected void show() {
        Me me = me();
        List<Need> needs = inbox.needs(me, scope().tenantId(), scope().projectId());
        List<LimitView> limits = limits();
        List<SliceView> slices = Destination.SLICES.isFor(me) ? slicesApi.list(scope().tenantId(), scope().projectId()) : List.of();
        List<SliceView> live = slices.stream().filter(slice -> slice.state().live()).toList();
        List<NodeView> nodes = Roles.seesAllTenants(me) ? fleetApi.nodes() : List.of();

        List<EndpointView> endpoints =
                Destination.ENDPOINTS.isFor(me) ? endpointsApi.list(scope().tenantId(), scope().projectId()) : List.of();
        List<StatementView.Summary> statements =
                me.is(OrganisationRole.FINANCE) ? statementsApi.list(scope().tenantId()) : List.of();
        Spend spend = Destination.USAGE.isFor(me) ? spend(me, limits) : null;

        removeAll();
        add(head(me));
        if (me.is(OrganisationRole.AUDITOR)) {
            add(new SealFigures(auditApi.seal(), clock.instant()));
        } else {
            add(figures(me, live, limits, needs, nodes, spend));
        }
        var left = Markup.of("div", "stack", needsPanel(needs));
        var right = Markup.of("div", "stack");
        if (spend != null) {
            right.add(spend.againstBudget(), spend.tokensPerDay(address()));
        }
        right.add(limitsPanel(limits));
        if (me.is(OrganisationRole.FINANCE)) {
            left.add(StatementsPanel.of(statements, MOST, address()));
        }
        if (Destination.ENDPOINTS.isFor(me)) {
            left.add(EndpointsPanel.of(endpoints, MOST, address(), Roles.works(me), clock.instant()));
        }
        if (!nodes.isEmpty()) {
            right.add(new FleetPanel(nodes));
        }
        if (Destination.SLICES.isFor(me)) {
            left.add(slicesPanel(live));
        }
        add(Markup.of("div", "cols", left, right).style("--cols", "minmax(0,1.9fr) minmax(0,1fr)"));
    }

    private Spend spend(Me me, List<LimitView> limits) {
        String currency = me.tenants().isEmpty() ? "EUR" : me.tenants().getFirst().currency();
        return Spend.read(usageApi, scope(), Budget.of(limits, scope()), currency, clock.instant(), TimeAxis.zone(scope(), me));
    }

    private List<LimitView> limits() {
        return limitsApi.list(scope().tenantId()).stream()
                .filter(limit -> scope().isEverything() || limit.project() == null || limit.project().equals(scope().projectId()))
                .filter(limit -> Limits.concerns(limit, me()))
                .toList();
    }

    private Component head(Me me) {
        var head = new PageHead("Home");
        if (Roles.works(me)) {
            head.actions(
                    Link.button(Icon.SLICE, "New slice", address().to(Destination.Paths.NEW_SLICE)),
                    Link.button(Icon.PLUS, "New endpoint", address().to(Destination.Paths.NEW_ENDPOINT)).css("primary"));
        }
        return head;
    }

    private static String held(List<SliceView> live) {
        long ready = live.stream().filter(slice -> slice.state() == SliceState.READY).count();
        long suspended = live.stream().filter(slice -> slice.state() == SliceState.SUSPENDED).count();
        String coming = ready + " ready, " + (live.size() - ready - suspended) + " on the way";
        return suspended == 0 ? coming : coming + ", " + suspended + " suspended";
    }

    private KeyFigures figures(Me me, List<SliceView> live, List<LimitView> limits, List<Need> needs, List<NodeView> nodes, @Nullable Spend spend) {
        var figures = new KeyFigures();
        if (spend != null) {
            spend.addTo(figures);
        }
        MonthlyTime time = MonthlyTime.of(limits, scope());
        if (time != null) {
            time.addTo(figures);
        }
        figures.figure("Slices held", Quantities.count(live.size()), "", held(live));
        if (Roles.isAdministrator(me)) {
            long waiting = needs.stream().filter(need -> need.path().startsWith(Destination.Paths.APPROVALS)).count();
            figures.figure("Requests waiting", Quantities.count(waiting), "", waiting == 0 ? "nobody waits for you" : "for your decision");
            long near = limits.stream().filter(Limits::isNear).count();
            String of = "of " + Quantities.count(limits.size(), "limit", "limits");
            if (near == 0) {
                figures.figure("Near a limit", "0", "", of);
            } else {
                figures.warning("Near a limit", Quantities.count(near), "", of);
            }
            FleetUse.of(nodes).addTo(figures);
        } else {
            GpuTime used = live.stream().map(SliceView::gpuTime).reduce(GpuTime.ZERO, GpuTime::plus);
            figures.figure("Used by them", Quantities.gpuHours(used), "GPU-h", "since they were ready");
        }
        return figures;
    }

    private Panel needsPanel(List<Need> needs) {
        var panel = new Panel("Needs you").hint(needs.isEmpty() ? null : String.valueOf(needs.size()));
        if (needs.isEmpty()) {
            return panel.wide(new EmptyState(
                    Icon.CHECK, "Nothing needs you", "A slice that ends soon, a request that waits, a limit that is near: it would stand here.")
                            .small());
        }
        var list = Markup.of("ul", "needs");
        needs.stream().limit(MOST).forEach(need -> list.add(new NeedLine(need, address())));
        panel.wide(list);
        return needs.size() <= MOST ? panel : panel.foot(Markup.text("span", "", "and " + (needs.size() - MOST) + " more"));
    }

    private Panel slicesPanel(List<SliceView> live) {
        Address all = address().to(Destination.Paths.SLICES);
        var panel = new Panel("Slices")
                .hint(live.isEmpty() ? null : String.valueOf(live.size()))
                .actions(new Link("All slices", all).css("button plain small"));
        if (live.isEmpty()) {
            var empty = new EmptyState(
                    Icon.SLICE, "No slices yet", "A slice is a part of a GPU that is yours for a while: memory and compute cut in hardware.");
            if (Roles.works(me())) {
                empty.add(Link.button(Icon.PLUS, "New slice", address().to(Destination.Paths.NEW_SLICE)));
            }
            return panel.wide(empty);
        }
        var idleness = new Idleness(idlenessApi.list(scope().tenantId(), scope().projectId()));
        var table = new SliceTable("Slices", clock, idleness, slice -> address().to(all.path() + "/" + slice.tenant() + "/" + slice.id()));
        table.show(live.stream().limit(MOST).toList());
        return panel.wide(table.component());
    }

    /** The nearest ones first. */
    private Panel limitsPanel(List<LimitView> limits) {
        var panel = new Panel("Quota left");
        if (limits.isEmpty()) {
            return panel.body(Markup.text("p", "quiet", "No limit is set. An administrator sets them per tenant and project."));
        }
        if (Roles.seesTenants(me())) {
            panel.actions(new Link("All limits", address().to(Destination.Paths.TENANTS)).css("button plain small"));
        }
        return panel.body(new LimitRows(limits.stream().sorted(Limits.NEAREST_FIRST).limit(MOST_LIMITS).toList()));
    }
}
