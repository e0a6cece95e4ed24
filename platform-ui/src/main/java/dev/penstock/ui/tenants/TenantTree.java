package dev.penstock.ui.tenants;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HtmlContainer;
import dev.penstock.contract.quota.LimitView;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Window;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Category;
import dev.penstock.ui.base.Cells;
import dev.penstock.ui.base.Limits;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Table;
import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Tenants, their projects, people and keys with use against limits at each level. */
final class TenantTree extends HtmlContainer {

    private static final long serialVersionUID = 1L;

    /** What has a column of its own. */
    private static final Set<Meter> SHOWN = Set.of(Meter.MONEY, Meter.TOKENS, Meter.GPU_TIME);

    private final transient Address address;

    TenantTree(Address address, List<Node> nodes, Predicate<Node> chosen) {
        super("div");
        this.address = address;
        var table = new Table<Node>("Tenants, projects, people and keys", "oneline")
                .column("Tenant, project, person, key", this::name)
                .column("Spent this month", "num", node -> taken(node, Meter.MONEY))
                .column("Budget used", "gauge minor", TenantTree::gauge)
                .untitled("Per cent of the budget", "num", node -> percent(node, Meter.MONEY))
                .column("Tokens this month", "num minor", node -> taken(node, Meter.TOKENS))
                .untitled("Per cent of the tokens", "num minor", node -> percent(node, Meter.TOKENS))
                .column("GPU-hours this month", "num minor", node -> taken(node, Meter.GPU_TIME))
                .untitled("Per cent of the GPU-hours", "num minor", node -> percent(node, Meter.GPU_TIME))
                .column("Slices", "num minor", node -> !node.isBelowProject() ? Cells.text(Quantities.count(node.slices())) : Markup.plain(""))
                .column("Other limits", "minor clip", TenantTree::others)
                .column("Approved at once", "num minor", TenantTree::policy)
                .rowClass(node -> node.isBelowProject() ? "level-2" : node.project() == null ? "level-0" : "level-1")
                .chosen(chosen);
        table.show(nodes);
        add(table);
    }

    private Component name(Node node) {
        Address open = address.without(TenantsView.LIMIT)
                .with(TenantsView.TENANT, node.tenant().id().toString())
                .with(TenantsView.AT, node.projectId() == null ? null : String.valueOf(node.projectId()))
                .with(TenantsView.KEY, node.keyId() == null ? null : String.valueOf(node.keyId()))
                .with(TenantsView.PERSON, node.person());
        var project = node.project();
        if (node.isBelowProject()) {
            return Markup.of("span", "", new Link(node.name(), open), Markup.text("small", "", node.key() != null ? "key" : "person"));
        }
        var link = new Link(node.name(), open).css(project == null ? "strong" : "swatch cat");
        return project == null ? link : link.css(Category.css(project.id().value()));
    }

    private static Component taken(Node node, Meter meter) {
        LimitView limit = node.monthly(meter);
        BigInteger amount = amount(limit);
        if (limit == null || amount == null) {
            return Cells.quiet(node.isBelowProject() ? "" : "no limit");
        }
        return Markup.of("span", "", Markup.plain(Limits.amount(limit, limit.taken())), Markup.text("small", "", "of " + Limits.amount(limit, amount)))
                .hover(Limits.exactly(limit));
    }

    private static Component gauge(Node node) {
        LimitView limit = node.monthly(Meter.MONEY);
        BigInteger amount = amount(limit);
        return limit == null || amount == null ? Markup.plain("") : Limits.gauge(limit, amount);
    }

    private static Component percent(Node node, Meter meter) {
        LimitView limit = node.monthly(meter);
        BigInteger amount = amount(limit);
        if (limit == null || amount == null) {
            return Markup.plain("");
        }
        return Markup.text(
                "span", Limits.isNear(limit) ? "is-warn" : "", Quantities.percent(limit.taken(), amount) + " %");
    }

    private static @Nullable BigInteger amount(@Nullable LimitView limit) {
        return limit == null ? null : limit.amount();
    }

    /** The nearest one, and how many more. */
    private static Component others(Node node) {
        List<LimitView> others = node.limits().stream()
                .filter(limit -> !SHOWN.contains(limit.meter()) || node.monthly(limit.meter()) != limit)
                .sorted(Limits.NEAREST_FIRST)
                .toList();
        if (others.isEmpty()) {
            return Cells.quiet("–");
        }
        boolean near = others.stream().anyMatch(limit -> !(limit.hard() && limit.window() == Window.NOW) && Limits.isNear(limit));
        String first = Limits.sentence(others.getFirst());
        return Markup.text("span", near ? "is-warn" : "", others.size() == 1 ? first : first + " and " + (others.size() - 1) + " more")
                .hover(others.stream().map(Limits::sentence).collect(Collectors.joining("\n")));
    }

    private static Component policy(Node node) {
        if (node.project() != null) {
            return Markup.plain("");
        }
        var upTo = node.tenant().policy().approvesUpTo();
        return upTo.partSeconds() == 0 ? Cells.quiet("never") : Markup.of("span", "", Markup.plain("up to "), Cells.gpuHours(upTo));
    }
}
