package dev.penstock.ui.tenants;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HtmlContainer;
import dev.penstock.contract.quota.LimitView;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Category;
import dev.penstock.ui.base.Cells;
import dev.penstock.ui.base.Gauge;
import dev.penstock.ui.base.Limits;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Table;
import java.math.BigInteger;
import java.util.List;
import java.util.function.Predicate;

/** Tenants and their projects with use against limits at each level. */
final class TenantTree extends HtmlContainer {

    private static final long serialVersionUID = 1L;

    private final transient Address address;

    TenantTree(Address address, List<Node> nodes, Predicate<Node> chosen) {
        super("div");
        this.address = address;
        var table = new Table<Node>("Tenants and projects", "oneline")
                .column("Tenant, project", this::name)
                .column("GPU-hours this month", "num", TenantTree::time)
                .column("Used", "gauge minor", TenantTree::gauge)
                .untitled("Per cent", "num", TenantTree::percent)
                .column("Slices", "num", node -> Cells.text(Quantities.count(node.slices())))
                .column("Slice limits", "minor", TenantTree::sliceLimits)
                .column("Approved at once", "num minor", TenantTree::policy)
                .rowClass(node -> node.project() == null ? "level-0" : "level-1")
                .chosen(chosen);
        table.show(nodes);
        add(table);
    }

    private Component name(Node node) {
        Address open = address.with(TenantsView.TENANT, node.tenant().id().toString())
                .with(TenantsView.AT, node.projectId() == null ? null : String.valueOf(node.projectId()));
        var link = new Link(node.name(), open).css(node.project() == null ? "strong" : "swatch cat");
        var project = node.project();
        if (project != null) {
            link.css(Category.css(project.id().value()));
        }
        return link;
    }

    private static Component time(Node node) {
        LimitView limit = node.gpuTime();
        BigInteger amount = limit == null ? null : limit.amount();
        if (limit == null || amount == null) {
            return Cells.quiet("no limit");
        }
        return Markup.of(
                "span",
                "",
                Markup.plain(Limits.amount(limit, limit.taken())),
                Markup.text("small", "", "of " + Limits.amount(limit, amount)));
    }

    private static Component gauge(Node node) {
        LimitView limit = node.gpuTime();
        BigInteger amount = limit == null ? null : limit.amount();
        return limit == null || amount == null ? Markup.plain("") : Limits.gauge(limit, amount);
    }

    private static Component percent(Node node) {
        LimitView limit = node.gpuTime();
        BigInteger amount = limit == null ? null : limit.amount();
        if (limit == null || amount == null) {
            return Markup.plain("");
        }
        BigInteger taken = limit.taken();
        return Markup.text("span", Gauge.near(taken, amount, limit.softPercent()) ? "is-warn" : "", Quantities.percent(taken, amount) + " %");
    }

    private static Component sliceLimits(Node node) {
        List<String> words = node.limits().stream()
                .filter(limit -> limit.profile() != null)
                .map(limit -> Limits.usedOf(limit) + " " + limit.profile())
                .toList();
        if (words.isEmpty()) {
            return Cells.quiet("–");
        }
        return words.size() == 1
                ? Cells.text(words.getFirst())
                : Markup.text("span", "", words.getFirst() + " and " + (words.size() - 1) + " more").hover(String.join("\n", words));
    }

    private static Component policy(Node node) {
        if (node.project() != null) {
            return Markup.plain("");
        }
        var upTo = node.tenant().policy().approvesUpTo();
        return upTo.partSeconds() == 0 ? Cells.quiet("never") : Markup.of("span", "", Markup.plain("up to "), Cells.gpuHours(upTo));
    }
}
