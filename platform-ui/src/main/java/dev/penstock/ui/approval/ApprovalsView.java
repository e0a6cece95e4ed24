package dev.penstock.ui.approval;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.router.Route;
import dev.penstock.contract.Change;
import dev.penstock.contract.DelegationId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.DelegationSpec;
import dev.penstock.contract.platform.DelegationsApi;
import dev.penstock.contract.platform.Me;
import dev.penstock.contract.platform.RequestState;
import dev.penstock.contract.platform.SliceProfilesApi;
import dev.penstock.contract.platform.SliceRequestView;
import dev.penstock.contract.platform.SliceRequestsApi;
import dev.penstock.contract.platform.TenantView;
import dev.penstock.contract.platform.TenantsApi;
import dev.penstock.contract.quota.LimitRequestView;
import dev.penstock.contract.quota.LimitRequestsApi;
import dev.penstock.contract.quota.LimitsApi;
import dev.penstock.contract.quota.PrincipalKind;
import dev.penstock.ui.base.Action;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Destination;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.NewIds;
import dev.penstock.ui.base.PageHead;
import dev.penstock.ui.base.PersonTime;
import dev.penstock.ui.base.Roles;
import dev.penstock.ui.base.Screen;
import dev.penstock.ui.base.SeenRequests;
import dev.penstock.ui.base.Segments;
import dev.penstock.ui.base.Toast;
import dev.penstock.ui.base.Viewer;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Requests to decide, one by one or many at once, and who does it in whose place. */
@Route(Destination.Paths.APPROVALS)
@PermitAll
class ApprovalsView extends Screen {

    static final String REQUEST = "request";

    private static final long serialVersionUID = 1L;
    private static final String SHOW = "show";
    private static final String WAITING = "waiting";
    private static final String DECIDED = "decided";
    private static final String DELEGATE = "delegate";

    private final transient SliceRequestsApi requests;
    private final transient DelegationsApi delegations;
    private final transient TenantsApi tenants;
    private final transient NewIds ids;
    private final transient Clock clock;
    private final transient DecisionFacts facts;
    private final transient Deciding deciding;
    private final Markup heading = Markup.of("div", "");
    private final Markup lists = Markup.of("div", "stack");
    private final Markup body = Markup.of("div", "cols", lists);
    private final DelegationsPanel given;
    private final MoreOfLimits more;
    private final transient LimitRequestsApi limitRequests;
    private @Nullable RequestList list;
    private @Nullable Component panel;
    private transient @Nullable SliceRequestView open;

    ApprovalsView(
            Viewer viewer,
            SliceRequestsApi requests,
            DelegationsApi delegations,
            TenantsApi tenants,
            LimitsApi limits,
            LimitRequestsApi limitRequests,
            SliceProfilesApi profiles,
            NewIds ids,
            Clock clock) {
        super("Approvals", viewer);
        this.requests = requests;
        this.delegations = delegations;
        this.tenants = tenants;
        this.ids = ids;
        this.clock = clock;
        this.facts = new DecisionFacts(limits, profiles, clock);
        this.deciding = new Deciding(requests, this::decided);
        this.given = new DelegationsPanel(delegations, this::refresh);
        this.limitRequests = limitRequests;
        this.more = new MoreOfLimits(limitRequests, clock, this::refresh);
    }

    @Override
    protected boolean concerns(Change change) {
        return isAbout(change, "delegation") || isAbout(change, "slice-request", "limit", "limit-request") && inScope(change);
    }

    @Override
    protected void show() {
        if (body.getParent().isEmpty()) {
            begin();
        }
        drawHead();
        refresh();
        if (address().is(Address.DO, DELEGATE) && Roles.decides(me())) {
            openDelegating();
        }
        askedForMore().stream()
                .filter(request -> request.mayDecide() && address().is(Address.DO, MoreOfLimits.LIMIT + request.id()))
                .findFirst()
                .ifPresent(request -> opened(more.dialog(request, currency(request.tenant()), address()), Address.DO));
    }

    private List<LimitRequestView> askedForMore() {
        return limitRequests.list(scope().tenantId()).stream()
                .filter(request -> scope().projectId() == null || request.project().equals(scope().projectId()))
                .toList();
    }

    private String currency(TenantId tenant) {
        return me().tenants().stream().filter(each -> each.id().equals(tenant)).map(Me.MyTenant::currency).findFirst().orElse("");
    }

    private void begin() {
        removeAll();
        add(heading, body);
        list = null;
        draw(null);
    }

    /** What is the same as before stays: what the person reads, and the button they are about to press. */
    @Override
    protected void refresh() {
        List<SliceRequestView> all = SeenRequests.of(requests, me(), scope().tenantId(), scope().projectId(), null);
        boolean decidedOnes = address().is(SHOW, DECIDED);
        List<SliceRequestView> now = all.stream().filter(request -> decidedOnes != (request.state() == RequestState.SUBMITTED)).toList();
        String wanted = address().get(REQUEST);
        SliceRequestView chosen = wanted == null
                ? now.stream().findFirst().orElse(null)
                : all.stream().filter(request -> request.id().toString().equals(wanted)).findFirst().orElse(null);
        list(decidedOnes).show(now, chosen);
        if (!Objects.equals(chosen, open)) {
            draw(chosen);
        }
        more.show(askedForMore(), decidedOnes, address().without(REQUEST, Address.DO));
        given.show(me());
    }

    private RequestList list(boolean decidedOnes) {
        Address present = address().without(REQUEST, Address.DO);
        RequestList known = list;
        if (known == null || !known.isOf(present)) {
            known = new RequestList(present, decidedOnes, deciding, clock);
            list = known;
            lists.removeAll();
            lists.add(known, more, given);
        }
        return known;
    }

    private void draw(@Nullable SliceRequestView chosen) {
        Component now = chosen == null ? null : facts.panel(chosen, actions(chosen));
        if (panel != null) {
            body.remove(panel);
        }
        body.style("--cols", now == null ? "minmax(0,1fr)" : "minmax(0,1fr) 400px");
        if (now != null) {
            body.add(now);
        }
        panel = now;
        open = chosen;
    }

    private void drawHead() {
        heading.removeAll();
        var segments = new Segments("Which requests", address().without(REQUEST, Address.DO), SHOW, WAITING)
                .segment(WAITING, "Waiting")
                .segment(DECIDED, "Decided");
        heading.add(Roles.decides(me())
                ? new PageHead("Approvals").actions(segments, Link.button("Delegate approvals", address().with(Address.DO, DELEGATE)))
                : new PageHead("Approvals").actions(segments));
    }

    private List<Component> actions(SliceRequestView request) {
        if (request.mayDecide()) {
            return List.of(
                    Action.primary("Approve", () -> deciding.approve(List.of(request))).css("grow"),
                    Action.danger("Reject", () -> deciding.rejection(List.of(request)).open()));
        }
        Address page = address().to(Destination.Paths.REQUESTS + "/" + request.tenant() + "/" + request.id());
        return List.of(Link.button("Open the request", page));
    }

    private void decided() {
        remember(address().without(REQUEST));
        list = null;
        refresh();
    }

    private void openDelegating() {
        var mine = me().tenants().stream().filter(tenant -> Roles.decides(me(), tenant)).toList();
        if (!mine.isEmpty()) {
            opened(new DelegateDialog(mine, this::people, clock.instant(), PersonTime.zone()).dialog(new DelegationId(ids.next()), this::give), Address.DO);
        }
    }

    /** Members by name, and who asked for something there lately. */
    private List<String> people(TenantId tenant) {
        var people = new TreeSet<String>();
        tenants.get(tenant).members().stream()
                .filter(member -> member.kind() == PrincipalKind.PERSON)
                .map(TenantView.Member::principal)
                .forEach(people::add);
        requests.list(tenant, null, null).stream().map(SliceRequestView::requestedBy).forEach(people::add);
        people.remove(me().subject());
        return List.copyOf(people);
    }

    private void give(TenantId tenant, DelegationId id, DelegationSpec spec) {
        delegations.put(tenant, id, spec);
        given.show(me());
        Toast.done(spec.delegate() + " approves in your place until " + PersonTime.dayAndTime(spec.until()) + ".");
    }
}
