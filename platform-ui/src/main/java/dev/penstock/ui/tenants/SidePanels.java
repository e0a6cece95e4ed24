package dev.penstock.ui.tenants;

import com.vaadin.flow.component.Component;
import dev.penstock.contract.platform.Me;
import dev.penstock.contract.platform.SharesApi;
import dev.penstock.contract.platform.SliceProfilesApi;
import dev.penstock.contract.platform.TenantsApi;
import dev.penstock.contract.quota.CallableModel;
import dev.penstock.contract.quota.DataClassesApi;
import dev.penstock.contract.quota.GatewayApi;
import dev.penstock.contract.quota.KeyView;
import dev.penstock.contract.quota.KeysApi;
import dev.penstock.contract.quota.LimitsApi;
import dev.penstock.contract.quota.UsageApi;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Facts;
import dev.penstock.ui.base.Icon;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.NewIds;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.PersonTime;
import dev.penstock.ui.base.Roles;
import dev.penstock.ui.base.Segments;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What stands at the side of the tree: limits, members, share of the fleet, policy and facts of the chosen line. */
final class SidePanels {

    static final String LIMITS = "limits";
    static final String MEMBERS = "members";
    static final String KEYS = "keys";
    static final String DATA = "data";
    static final String PEOPLE = "people";
    static final String SHARE = "share";
    static final String POLICY = "policy";
    static final String ABOUT = "about";

    private final TenantsApi tenants;
    private final LimitsApi limits;
    private final SharesApi shares;
    private final SliceProfilesApi profiles;
    private final KeysApi keys;
    private final GatewayApi gateway;
    private final UsageApi usage;
    private final DataClassesApi classes;
    private final NewIds ids;
    private final Clock clock;
    private final Runnable whenChanged;
    private final Consumer<Address> go;

    SidePanels(
            TenantsApi tenants, LimitsApi limits, SharesApi shares, SliceProfilesApi profiles, KeysApi keys, GatewayApi gateway, UsageApi usage, DataClassesApi classes, NewIds ids,
            Clock clock,
            Runnable whenChanged, Consumer<Address> go) {
        this.tenants = tenants;
        this.limits = limits;
        this.shares = shares;
        this.profiles = profiles;
        this.keys = keys;
        this.gateway = gateway;
        this.usage = usage;
        this.classes = classes;
        this.ids = ids;
        this.clock = clock;
        this.whenChanged = whenChanged;
        this.go = go;
    }

    Panel panel(Node node, Address address, Me me) {
        var panel = new Panel(node.name()).hint(hint(node));
        panel.actions(TenantsView.close(address));
        var tabs = new Segments(node.name(), address, TenantsView.TAB, LIMITS)
                .asTabs()
                .segment(LIMITS, "Limits", count(node.limits().size()));
        if (!node.isBelowProject()) {
            tabs.segment(MEMBERS, "Members", count(MembersTab.of(node).size()));
        }
        if (node.project() != null && !node.isBelowProject()) {
            tabs.segment(PEOPLE, "People").segment(KEYS, "Keys").segment(DATA, "Data");
        }
        if (node.project() == null) {
            tabs.segment(SHARE, "Share").segment(POLICY, "Approval").segment(ABOUT, "About");
        }
        boolean manages = me.tenants().stream()
                .filter(tenant -> tenant.id().equals(node.tenant().id()))
                .anyMatch(tenant -> Roles.manages(me, tenant));
        manages = manages || Roles.isAdministrator(me);
        panel.wide(Markup.of("div", "sidetabs", tabs));
        panel.body(switch (address.get(TenantsView.TAB, LIMITS)) {
            case MEMBERS -> new MembersTab(node, tenants, ids, manages, whenChanged);
            case SHARE -> new ShareTab(node.tenant(), shares, profiles.list(), Roles.isAdministrator(me), whenChanged);
            case POLICY -> new PolicyTab(node.tenant(), tenants, Roles.isAdministrator(me), whenChanged);
            case ABOUT -> about(node);
            case KEYS -> keysOf(node, address);
            case DATA -> new DataTab(node, classes, Roles.isAdministrator(me), whenChanged);
            case PEOPLE -> new PeopleTab(node, usage, clock.instant(), address, Roles.isAdministrator(me), go);
            default -> new LimitsTab(node, limits, profiles, () -> models(node), ids, Roles.isAdministrator(me), whenChanged);
        });
        if (node.project() == null && manages) {
            panel.foot(new Link(
                    address.with(Address.DO, "new-project").with(TenantsView.TENANT, node.tenant().id().toString()),
                    Icon.PLUS.decorative(),
                    Markup.plain(" New project")));
        }
        if (node.project() != null && !node.isBelowProject() && Roles.isAdministrator(me)) {
            panel.foot(new Link(address.with(Address.DO, "move-project"), Markup.plain("Move to another tenant…")));
        }
        return panel;
    }

    private static String count(int number) {
        return number == 0 ? "" : String.valueOf(number);
    }

    private static String hint(Node node) {
        var project = node.project();
        if (project == null) {
            return "tenant";
        }
        return node.key() != null ? "key of " + project.name()
                : node.person() != null ? "person in " + project.name() : "project of " + node.tenant().title();
    }

    /** What calls that count here can name: of a tenant, what any of its projects may call. */
    private List<String> models(Node node) {
        return node.tenant().projects().stream()
                .filter(project -> node.project() == null || project.id().equals(node.projectId()))
                .flatMap(project -> gateway.get(node.tenant().id(), project.id()).models().stream())
                .map(CallableModel::model)
                .distinct()
                .sorted()
                .toList();
    }

    /** Each opens with its limits. */
    private Component keysOf(Node node, Address address) {
        List<KeyView> active = keys.list(node.tenant().id(), node.projectId()).stream().filter(key -> key.state() == KeyView.State.ACTIVE).toList();
        if (active.isEmpty()) {
            return Markup.text("p", "quiet", "The project has no active key.");
        }
        var list = Markup.of("ul", "people");
        active.forEach(key -> list.add(Markup.of(
                "li",
                "",
                new Link(key.name(), address.without(TenantsView.TAB, TenantsView.LIMIT).with(TenantsView.KEY, key.id().toString())),
                Markup.text("span", "hint mono", key.start() + "…"))));
        return list;
    }

    private static Component about(Node node) {
        var tenant = node.tenant();
        return new Facts()
                .code("Name", tenant.name())
                .fact("Time zone", tenant.timeZone())
                .fact("Currency", tenant.currency())
                .fact("Cost centre", tenant.costCentres().stream().map(each -> each.code() + " from " + each.from()).collect(Collectors.joining(", ")))
                .fact("Projects", String.valueOf(tenant.projects().size()))
                .fact("Created", PersonTime.exact(tenant.createdAt()))
                .code("Id", tenant.id().toString());
    }
}
