package dev.penstock.ui.endpoint;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.Route;
import dev.penstock.contract.Change;
import dev.penstock.contract.platform.EndpointState;
import dev.penstock.contract.platform.EndpointView;
import dev.penstock.contract.platform.EndpointsApi;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Badge;
import dev.penstock.ui.base.Cells;
import dev.penstock.ui.base.Destination;
import dev.penstock.ui.base.EmptyState;
import dev.penstock.ui.base.Fields;
import dev.penstock.ui.base.Icon;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Moment;
import dev.penstock.ui.base.NodeName;
import dev.penstock.ui.base.PageHead;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Screen;
import dev.penstock.ui.base.Search;
import dev.penstock.ui.base.Table;
import dev.penstock.ui.base.Viewer;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** The endpoints of a project, and those that everybody may call. */
@Route(Destination.Paths.ENDPOINTS)
@PermitAll
class EndpointsView extends Screen {

    private static final long serialVersionUID = 1L;

    private final transient EndpointsApi endpoints;
    private final transient Clock clock;
    private final TextField search = Fields.search("Find an endpoint", this::found);
    private final Markup lists = Markup.of("div", "stack");

    EndpointsView(Viewer viewer, EndpointsApi endpoints, Clock clock) {
        super("Endpoints", viewer);
        this.endpoints = endpoints;
        this.clock = clock;
    }

    @Override
    protected boolean concerns(Change change) {
        return isAbout(change, "endpoint");
    }

    @Override
    protected void show() {
        removeAll();
        PageHead head = listHead();
        if (Destination.ENDPOINTS.isFor(me())) {
            head.actions(Link.button(Icon.PLUS, "New endpoint", address().to(Destination.Paths.NEW_ENDPOINT)).css("primary"));
        }
        search.setValue(Search.of(address()).words());
        add(head, Markup.of("div", "filters", search), lists);
        refresh();
    }

    @Override
    protected void refresh() {
        // Unfiltered: what everybody may call belongs to no project of the person's.
        List<EndpointView> all = endpoints.list(null, null).stream().filter(each -> each.shared() || isInScope(each)).toList();
        Search search = Search.of(address());
        List<EndpointView> found = all.stream().filter(each -> search.finds(each.callName(), each.modelName(), each.profile(), each.createdBy())).toList();
        List<EndpointView> own = found.stream().filter(each -> !each.shared()).toList();
        List<EndpointView> shared = found.stream().filter(EndpointView::shared).toList();
        lists.removeAll();
        if (found.isEmpty() && !all.isEmpty()) {
            lists.add(new EmptyState(Icon.SEARCH, "Nothing here matches", "No endpoint is called that, or serves that.", Link.button("Show all", address().without(Search.PARAMETER))));
            return;
        }
        lists.add(panel(scope().isEverything() ? "Of projects" : "Of this project", own, search.isEmpty()));
        if (!shared.isEmpty()) {
            lists.add(panel("For everybody", shared, false).foot(Markup.text("span", "", "Every project may call these; it pays for tokens only.")));
        }
    }

    private boolean isInScope(EndpointView endpoint) {
        return scope().isEverything() || endpoint.project().equals(scope().projectId());
    }

    private Panel panel(String title, List<EndpointView> rows, boolean explain) {
        var panel = new Panel(title).hint(rows.isEmpty() ? null : Quantities.count(rows.size()));
        if (rows.isEmpty()) {
            return panel.wide(explain ? first() : new EmptyState(Icon.SEARCH, "None here", "None of them matches.").small());
        }
        var table = new Table<EndpointView>(title, "")
                .sorted(address(), this::remember)
                .column("State", Badge::bare).by(each -> Badge.word(each.state()))
                .column("Endpoint", each -> Cells.named(each.name(), page(each), each.modelName() + " · " + each.projectName())).by(EndpointView::name)
                .column("Called as", "minor", each -> Markup.text("span", "mono", each.callName()))
                .column("Where", "minor", each -> Cells.quiet(where(each)))
                .column("Context", "num minor", each -> Cells.text(Quantities.count(each.contextTokens()))).by(EndpointView::contextTokens)
                .column("By", "minor", each -> Cells.text(each.createdBy())).by(EndpointView::createdBy)
                .number("For", each -> Moment.since(each.since(), clock.instant())).by(each -> Duration.between(each.since(), clock.instant()));
        table.show(rows);
        return panel.wide(table);
    }

    private static String where(EndpointView endpoint) {
        String reason = endpoint.reason();
        String node = endpoint.node();
        if (endpoint.state() != EndpointState.READY && reason != null) {
            return reason;
        }
        return node == null ? endpoint.profile() : endpoint.profile() + " on " + NodeName.inWords(node);
    }

    private Component first() {
        var empty = new EmptyState(
                Icon.ENDPOINT,
                "No endpoints yet",
                "An endpoint serves a model of the catalogue on a part of a GPU of your own. Programs call it like any OpenAI-compatible service.");
        empty.add(Link.button(Icon.PLUS, "New endpoint", address().to(Destination.Paths.NEW_ENDPOINT)));
        return empty;
    }

    private Address page(EndpointView endpoint) {
        return address().to(Destination.Paths.ENDPOINTS + "/" + endpoint.tenant() + "/" + endpoint.id());
    }
}
