package dev.penstock.ui.tenants;

import com.vaadin.flow.router.Route;
import dev.penstock.contract.Change;
import dev.penstock.contract.GpuTime;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.SharesApi;
import dev.penstock.contract.platform.SliceProfilesApi;
import dev.penstock.contract.platform.SliceView;
import dev.penstock.contract.platform.SlicesApi;
import dev.penstock.contract.platform.TenantView;
import dev.penstock.contract.platform.TenantsApi;
import dev.penstock.contract.quota.DataClassesApi;
import dev.penstock.contract.quota.GatewayApi;
import dev.penstock.contract.quota.KeysApi;
import dev.penstock.contract.quota.LimitView;
import dev.penstock.contract.quota.LimitsApi;
import dev.penstock.contract.quota.UsageApi;
import dev.penstock.ui.base.Action;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Amounts;
import dev.penstock.ui.base.Confirmation;
import dev.penstock.ui.base.Destination;
import dev.penstock.ui.base.EmptyState;
import dev.penstock.ui.base.Icon;
import dev.penstock.ui.base.KeyFigures;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.NewIds;
import dev.penstock.ui.base.PageHead;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.PathIds;
import dev.penstock.ui.base.PersonTime;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Roles;
import dev.penstock.ui.base.Screen;
import dev.penstock.ui.base.Segments;
import dev.penstock.ui.base.Viewer;
import jakarta.annotation.security.PermitAll;
import java.math.BigInteger;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tree of tenants, projects, people and keys with their limits; what is chosen is edited at its side. */
@Route(Destination.Paths.TENANTS)
@PermitAll
class TenantsView extends Screen {

    static final String TENANT = "tenant";
    static final String AT = "at";
    static final String KEY = "key";
    static final String PERSON = "person";
    static final String TAB = "tab";
    static final String LIMIT = "limit";

    private static final long serialVersionUID = 1L;
    private static final String SHOW = "show";
    private static final String NEAR = "near";

    private final transient TenantsApi tenants;
    private final transient LimitsApi limits;
    private final transient SlicesApi slices;
    private final transient KeysApi keys;
    private final transient Clock clock;
    private final transient NewThings newThings;
    private final transient Moving moving;
    private final transient SidePanels sides;
    private final Markup figures = Markup.of("div", "");
    private final Markup tree = Markup.of("div", "stack");
    private final Markup side = Markup.of("div", "stack first-when-narrow");

    TenantsView(
            Viewer viewer, TenantsApi tenants, LimitsApi limits, SharesApi shares, SlicesApi slices, SliceProfilesApi profiles, KeysApi keys, GatewayApi gateway,
            UsageApi usage, DataClassesApi classes, NewIds ids, Clock clock) {
        super("Tenants and quotas", viewer);
        this.tenants = tenants;
        this.limits = limits;
        this.slices = slices;
        this.keys = keys;
        this.clock = clock;
        this.newThings = new NewThings(tenants, ids);
        this.moving = new Moving(tenants, keys, ids);
        this.sides = new SidePanels(tenants, limits, shares, profiles, keys, gateway, usage, classes, ids, clock, this::show, this::go);
    }

    @Override
    protected boolean concerns(Change change) {
        return isAbout(change, "tenant", "limit", "slice", "key", "data-class", "model-class");
    }

    @Override
    protected void show() {
        List<Node> nodes = nodes();
        removeAll();
        Node chosen = chosen(nodes);
        var body = Markup.of("div", "cols", tree).style("--cols", chosen == null ? "minmax(0,1fr)" : "minmax(0,1fr) 372px");
        if (chosen != null) {
            body.add(side);
            side.removeAll();
            side.add(sides.panel(chosen, address(), me()));
        }
        add(head(), figures, body);
        draw(nodes);
        openDialog();
    }

    /** The numbers; what is being edited at the side stays. */
    @Override
    protected void refresh() {
        draw(nodes());
    }

    private PageHead head() {
        var head = new PageHead("Tenants and quotas").beside(Markup.text("span", "quiet", PersonTime.day(clock.instant())));
        var near = new Segments("Which", address(), SHOW, "all").segment("all", "All").segment(NEAR, "Near a limit");
        if (Roles.isAdministrator(me())) {
            head.actions(near, Action.of(Icon.PLUS, "New tenant", () -> go(address().with(Address.DO, "new-tenant"))).css("primary"));
        } else {
            head.actions(near);
        }
        return head;
    }

    private List<Node> nodes() {
        Map<ProjectId, Long> live = slices.list(null, null).stream()
                .filter(slice -> slice.state().live())
                .collect(Collectors.groupingBy(SliceView::project, Collectors.counting()));
        return Node.tree(tenants.list(), limits.list(null), live);
    }

    private void draw(List<Node> nodes) {
        drawFigures(nodes);
        tree.removeAll();
        boolean near = address().is(SHOW, NEAR);
        List<Node> shown = nodes.stream().filter(node -> inScope(node) && (!near || node.isNear())).toList();
        Node chosen = chosen(nodes);
        var panel = new Panel(near ? "Near a limit" : "Limits").hint("what is set aside counts as used");
        if (shown.isEmpty()) {
            panel.wide(near
                    ? new EmptyState(Icon.CHECK, "Nothing is near a limit", "Nothing has passed its soft mark.")
                    : new EmptyState(Icon.TREE, "No tenants yet", "A tenant is a team that is isolated, limited and billed. Begin with one."));
        } else {
            panel.wide(new TenantTree(address(), shown, node -> chosen != null && node.isSame(chosen)));
        }
        tree.add(panel.foot(Markup.text("span", "", "A slice or a call needs room at every level above it.")));
    }

    private void drawFigures(List<Node> nodes) {
        figures.removeAll();
        GpuTime used = nodes.stream().filter(node -> node.project() == null).map(Node::used).reduce(GpuTime.ZERO, GpuTime::plus);
        long near = nodes.stream().filter(Node::isNear).count();
        BigInteger spent = nodes.stream().filter(node -> node.project() == null).map(Node::spent).reduce(BigInteger.ZERO, BigInteger::add);
        String currency = nodes.isEmpty() ? "EUR" : nodes.getFirst().currency();
        long projects = nodes.stream().filter(node -> node.project() != null && !node.isBelowProject()).count();
        long tenantCount = nodes.stream().filter(node -> node.project() == null).count();
        var key = new KeyFigures()
                .figure("Tenants", Quantities.count(tenantCount), "", Quantities.count(projects, "project", "projects"))
                .figure("Spent this month", Amounts.component(spent, currency), "by tenants with a budget")
                .figure("GPU-hours this month", Quantities.gpuHours(used), "", "of tenants with a limit")
                .figure("Live slices", Quantities.count(nodes.stream().filter(node -> node.project() == null).mapToLong(Node::slices).sum()), "", "in all projects");
        figures.add(near == 0 ? key.figure("Near a limit", "0", "", "nothing is past its soft mark") : key.warning("Near a limit", Quantities.count(near), "", "past their soft mark"));
    }

    private boolean inScope(Node node) {
        return scope().isEverything()
                || node.project() != null && node.project().id().equals(scope().projectId())
                || node.project() == null && node.tenant().id().equals(scope().tenantId());
    }

    /** The line that is open: named by tenant, project, key and person, or by a limit, as the inbox does. */
    private @Nullable Node chosen(List<Node> nodes) {
        String limit = address().get(LIMIT);
        if (limit != null) {
            return nodes.stream()
                    .filter(node -> node.limits().stream().map(LimitView::id).anyMatch(id -> id.toString().equals(limit)))
                    .findFirst()
                    .orElse(null);
        }
        String tenant = address().get(TENANT);
        String project = address().get(AT);
        String key = address().get(KEY);
        String person = address().get(PERSON);
        List<Node> lines = nodes.stream()
                .filter(node -> node.tenant().id().toString().equals(tenant))
                .filter(node -> project == null ? node.project() == null : project.equals(Objects.toString(node.projectId())))
                .toList();
        return lines.stream()
                .filter(node -> key == null ? node.key() == null : key.equals(Objects.toString(node.keyId())))
                .filter(node -> Objects.equals(node.person(), person))
                .findFirst()
                .orElseGet(() -> key != null ? unlimited(lines, key) : person != null && project != null ? unlimitedPerson(lines, person) : null);
    }

    /** A person who has no limits yet; whether there is such a person the service says when one is set. */
    private static @Nullable Node unlimitedPerson(List<Node> lines, String person) {
        return lines.stream().findFirst().map(line -> line.withPerson(person)).orElse(null);
    }

    /** A key that has no limits yet; null where the project has no such key. */
    private @Nullable Node unlimited(List<Node> lines, String key) {
        return lines.stream()
                .flatMap(line -> keys.list(line.tenant().id(), line.projectId()).stream()
                        .filter(each -> each.id().toString().equals(key))
                        .map(each -> line.withKey(new Node.Key(each.id(), each.name()))))
                .findFirst()
                .orElse(null);
    }

    private void openDialog() {
        Confirmation dialog = switch (address().get(Address.DO, "")) {
            case "new-tenant" -> newThings.tenant(this::created);
            case "new-project" -> newThings.project(addressed(), this::created);
            case "move-project" -> moving.dialog(addressed(), PathIds.of(address().get(AT, ""), ProjectId::of), this::created);
            default -> null;
        };
        if (dialog != null) {
            opened(dialog, Address.DO);
        }
    }

    private void created(Address chosen) {
        Address to = address().without(Address.DO, LIMIT, AT, KEY, PERSON, TAB);
        for (Map.Entry<String, String> parameter : chosen.parameters().entrySet()) {
            to = to.with(parameter.getKey(), parameter.getValue());
        }
        go(to);
    }

    /** The tenant the address names. */
    private TenantView addressed() {
        return tenants.get(PathIds.of(address().get(TENANT, ""), TenantId::of));
    }

    /** Closes the side panel. */
    static Link close(Address address) {
        return new Link(address.without(TENANT, AT, KEY, PERSON, TAB, LIMIT), Icon.CLOSE.decorative()).css("iconbutton small").label("Close");
    }
}
