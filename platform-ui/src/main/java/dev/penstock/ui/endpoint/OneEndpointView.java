package dev.penstock.ui.endpoint;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.router.Route;
import dev.penstock.contract.Change;
import dev.penstock.contract.EndpointId;
import dev.penstock.contract.ModelTask;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.EndpointDetail;
import dev.penstock.contract.platform.EndpointState;
import dev.penstock.contract.platform.EndpointView;
import dev.penstock.contract.platform.EndpointsApi;
import dev.penstock.contract.platform.ModelsApi;
import dev.penstock.contract.quota.GatewayApi;
import dev.penstock.contract.quota.GatewayView;
import dev.penstock.contract.quota.LimitView;
import dev.penstock.contract.quota.LimitsApi;
import dev.penstock.contract.quota.PricesApi;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Badge;
import dev.penstock.ui.base.Confirmation;
import dev.penstock.ui.base.Crumbs;
import dev.penstock.ui.base.Destination;
import dev.penstock.ui.base.LimitRows;
import dev.penstock.ui.base.Limits;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.PageHead;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.PathIds;
import dev.penstock.ui.base.Place;
import dev.penstock.ui.base.PriceList;
import dev.penstock.ui.base.ProblemPanel;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Screen;
import dev.penstock.ui.base.Viewer;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One endpoint: where it stands and why, what really happened, how to call it, what it writes. */
@Route(Destination.Paths.ENDPOINTS + "/:tenant/:endpoint")
@PermitAll
class OneEndpointView extends Screen {

    private static final long serialVersionUID = 1L;

    private final transient EndpointsApi endpoints;
    private final transient ModelsApi models;
    private final transient GatewayApi gateway;
    private final transient PricesApi prices;
    private final transient LimitsApi limits;
    private final transient Changing changing;
    private final transient Clock clock;

    OneEndpointView(
            Viewer viewer, EndpointsApi endpoints, ModelsApi models, GatewayApi gateway, PricesApi prices, LimitsApi limits, Dependents dependents, Clock clock) {
        super("Endpoint", viewer);
        this.endpoints = endpoints;
        this.models = models;
        this.gateway = gateway;
        this.prices = prices;
        this.limits = limits;
        this.clock = clock;
        this.changing = new Changing(endpoints, dependents, this::refresh);
    }

    @Override
    protected boolean concerns(Change change) {
        return isAbout(change, "limit") && inScope(change) || isAbout(change, "endpoint", "route") && address().path().endsWith(change.subject());
    }

    @Override
    protected void show() {
        EndpointView endpoint = refreshed();
        Confirmation wanted = endpoint.mayChange() ? changing.named(address().get(Address.DO), endpoint) : null;
        if (wanted != null) {
            opened(wanted, Address.DO);
        }
    }

    @Override
    protected void refresh() {
        refreshed();
    }

    private EndpointView refreshed() {
        String[] path = address().path().split("/");
        TenantId tenant = PathIds.of(path[1], TenantId::of);
        EndpointDetail detail = endpoints.get(tenant, PathIds.of(path[2], EndpointId::of));
        EndpointView endpoint = detail.endpoint();
        ModelTask task = models.get(endpoint.model()).tasks().getFirst();
        Instant now = clock.instant();
        var left = Markup.of("div", "stack");
        ProblemPanel why = EndpointParts.why(endpoint, address().to(Destination.Paths.REQUESTS + "/" + endpoint.tenant() + "/" + endpoint.request()));
        if (why != null) {
            left.add(why);
        }
        left.add(CallPanel.of(endpoint, task, gateway(endpoint), address()));
        left.add(EndpointParts.log(endpoints.log(tenant, endpoint.id())), EndpointParts.events(detail, now));
        var right = Markup.of(
                "div",
                "stack first-when-narrow",
                new Panel("Timeline").hint(took(endpoint)).body(new EndpointTimeline(detail, now)),
                EndpointParts.facts(
                        detail,
                        address().to(Destination.Paths.SLICES + "/" + endpoint.tenant() + "/" + endpoint.slice()),
                        address().to(Destination.Paths.CATALOGUE + "/" + endpoint.model())));
        List<LimitView> limited = limited(endpoint);
        if (!limited.isEmpty()) {
            right.add(new Panel("Limits").hint("that count its calls").body(new LimitRows(limited)));
        }
        removeAll();
        add(
                new Crumbs().step(endpoint.projectName(), address().to("")).step("Endpoints", address().to(Destination.Paths.ENDPOINTS)),
                head(endpoint),
                EndpointParts.figures(endpoint, PriceList.at(now, prices.list()), now),
                Markup.of("div", "cols", left, right).style("--cols", "minmax(0,1fr) 400px"));
        return endpoint;
    }

    /** Of the project that calls it; of one nobody here works in, the endpoint's own. */
    private List<LimitView> limited(EndpointView endpoint) {
        TenantId tenant = caller(endpoint).map(place -> place.tenant().id()).orElse(endpoint.tenant());
        ProjectId project = caller(endpoint).map(place -> place.project().id()).orElse(endpoint.project());
        return Limits.ofCall(limits.list(tenant), tenant, project, endpoint.callName(), me());
    }

    /** As the project that is looked at calls it, or the endpoint's own; null where the person works in neither. */
    private @Nullable GatewayView gateway(EndpointView endpoint) {
        return caller(endpoint).map(place -> gateway.get(place.tenant().id(), place.project().id())).orElse(null);
    }

    private Optional<Place> caller(EndpointView endpoint) {
        return Place.of(me(), scope(), true).stream()
                .filter(place -> endpoint.shared() || place.project().id().equals(endpoint.project()))
                .findFirst();
    }

    private PageHead head(EndpointView endpoint) {
        EndpointState state = endpoint.state();
        var head = new PageHead(endpoint.name()).beside(Badge.pill(Badge.tone(state), Badge.word(endpoint)));
        if (endpoint.shared()) {
            head.beside(Markup.text("span", "tag", "for everybody"));
        }
        if (endpoint.mayChange()) {
            var actions = new ArrayList<Component>();
            if (Changing.canStart(state)) {
                actions.add(Link.button("Start", address().with(Address.DO, Changing.START)).css("primary"));
            }
            if (Changing.canStop(state)) {
                actions.add(Link.button("Stop", address().with(Address.DO, Changing.STOP)));
            }
            if (Changing.canDelete(state)) {
                actions.add(Link.button("Delete", address().with(Address.DO, Changing.DELETE)).css("danger"));
            }
            head.actions(actions.toArray(Component[]::new));
        }
        return head.under(endpoint.modelName() + " · " + endpoint.engine() + " · " + endpoint.profile() + " · " + endpoint.projectName() + " of " + endpoint.tenantName());
    }

    private static @Nullable String took(EndpointView endpoint) {
        Instant started = endpoint.startedAt();
        Instant ready = endpoint.readyAt();
        return started == null || ready == null || ready.isBefore(started) ? null : "ready in " + Quantities.duration(Duration.between(started, ready));
    }
}
