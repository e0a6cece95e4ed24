package dev.penstock.ui.refusals;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.Route;
import dev.penstock.contract.CallId;
import dev.penstock.contract.Change;
import dev.penstock.contract.Problem;
import dev.penstock.contract.quota.LimitRequestView;
import dev.penstock.contract.quota.LimitRequestsApi;
import dev.penstock.contract.quota.RefusalCount;
import dev.penstock.contract.quota.RefusalPage;
import dev.penstock.contract.quota.RefusalView;
import dev.penstock.contract.quota.RefusalsApi;
import dev.penstock.contract.quota.RefusedBy;
import dev.penstock.ui.backend.BackendProblem;
import dev.penstock.ui.base.Action;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Cells;
import dev.penstock.ui.base.Crumbs;
import dev.penstock.ui.base.Destination;
import dev.penstock.ui.base.EmptyState;
import dev.penstock.ui.base.Fields;
import dev.penstock.ui.base.Icon;
import dev.penstock.ui.base.KeyFigures;
import dev.penstock.ui.base.Limits;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Moment;
import dev.penstock.ui.base.NewIds;
import dev.penstock.ui.base.PageHead;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.PersonTime;
import dev.penstock.ui.base.Place;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Roles;
import dev.penstock.ui.base.Screen;
import dev.penstock.ui.base.Table;
import dev.penstock.ui.base.Viewer;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls of a project that were refused, and each one's reason. */
@Route(Destination.Paths.REFUSALS)
@PermitAll
class RefusalsView extends Screen {

    private static final long serialVersionUID = 1L;
    private static final String CALL = "call";
    private static final String BEFORE = "before";
    private static final String MORE = "more";
    private static final String LIMIT = "limit";
    private static final int LONGEST_ID = 60;

    private final transient RefusalsApi refusals;
    private final transient LimitRequestsApi requests;
    private final transient Asking asking;
    private final TextField id = Fields.text("Call", "the id in an error, or in the header x-request-id", LONGEST_ID);

    RefusalsView(Viewer viewer, RefusalsApi refusals, LimitRequestsApi requests, NewIds ids, Clock clock) {
        super("Refusals", viewer);
        this.refusals = refusals;
        this.requests = requests;
        this.asking = new Asking(requests, ids, clock, this::refresh);
    }

    @Override
    protected boolean concerns(Change change) {
        return isAbout(change, "limit-request") && inScope(change);
    }

    @Override
    protected void show() {
        RefusalView refused = draw();
        if (refused == null || refused.rule() == null || !address().is(Address.DO, MORE)) {
            return;
        }
        Place own = own(refused);
        if (own != null) {
            opened(asking.dialog(refused, refused.rule(), own.tenant().currency()), Address.DO);
        }
    }

    /** What was refused stays so; what was asked for is decided. */
    @Override
    protected void refresh() {
        draw();
    }

    /** @return the one that is explained; null: none is */
    private @Nullable RefusalView draw() {
        removeAll();
        RefusalView refused = null;
        add(
                new Crumbs().step(scope().title(), address().to("")).step("Usage", address().to(Destination.Paths.USAGE)),
                new PageHead("Refusals").under("Why a call was refused: which rule, which number, whose it is, and what to do. Kept for a week; where many come at once the first of each hour are kept and all are counted."));
        add(new Panel("One call").body(Markup.of("div", "row", id, Action.of("Explain", this::look))));
        String call = address().get(CALL);
        if (call != null) {
            id.setValue(call);
            refused = find(call);
            add(refused == null ? unknown(call) : explained(refused));
        }
        List<Place> places = Place.of(me(), scope(), Roles.seesAllTenants(me()));
        if (places.size() == 1) {
            addList(places.getFirst());
        } else if (call == null) {
            add(Place.choice(Icon.TREE, "Of which project?", "Or paste the id of a call above.", places, address()));
        }
        return refused;
    }

    private void look() {
        if (Fields.check(id, parsed(id.getValue()) == null ? "An id such as 0198c2f0-7c1e-7a3b-9d1f-3b6a0d1c2e4f." : "")) {
            go(address().with(CALL, id.getValue().strip()).without(BEFORE));
        }
    }

    private static @Nullable CallId parsed(String text) {
        try {
            return CallId.of(text.strip());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private @Nullable RefusalView find(String call) {
        CallId parsed = parsed(call);
        if (parsed == null) {
            return null;
        }
        try {
            return refusals.explain(parsed);
        } catch (BackendProblem problem) {
            if (problem.is(Problem.NOT_FOUND)) {
                return null;
            }
            throw problem;
        }
    }

    private static Component unknown(String call) {
        return parsed(call) == null
                ? new EmptyState(Icon.SEARCH, "That is no call's id", "It stands in the error as request_id, and in the header x-request-id.")
                : new EmptyState(Icon.SEARCH, "Nothing is known of this call",
                        "It was not refused, is older than a week, was only counted, or is of a project that you do not see. Who sent no key that we know is told nothing here.");
    }

    /** In which the reader works; null: they do not work in its project. */
    private @Nullable Place own(RefusalView refused) {
        return Place.of(me(), scope()).stream().filter(place -> place.project().id().equals(refused.project())).findFirst().orElse(null);
    }

    private Component explained(RefusalView refused) {
        RefusedBy rule = refused.rule();
        if (rule == null) {
            return Explanation.of(refused, null);
        }
        if (own(refused) != null) {
            return Explanation.of(refused, Asking.button(requests.list(refused.tenant()), rule, address(), MORE));
        }
        return Explanation.of(refused, Roles.isAdministrator(me())
                ? Markup.of("div", "row", Link.button("Open the limit", address().to(Destination.Paths.TENANTS).with(LIMIT, rule.limit().toString())))
                : null);
    }

    private void addList(Place place) {
        String before = address().get(BEFORE);
        List<LimitRequestView> asked = requests.list(place.tenant().id()).stream().filter(request -> request.project().equals(place.project().id())).toList();
        if (!asked.isEmpty()) {
            add(asking.list(asked));
        }
        RefusalPage page = refusals.list(place.tenant().id(), place.project().id(), before == null ? null : parsed(before));
        if (page.rows().isEmpty() && page.counted().isEmpty()) {
            add(new EmptyState(Icon.CHECK, "No call was refused", "Refusals of the last week are listed here."));
            return;
        }
        if (!page.counted().isEmpty()) {
            var figures = new KeyFigures();
            page.counted().stream().limit(4).forEach(count -> figures.figure(title(count), Quantities.count(count.refused()), "", "in 24 hours"));
            add(figures);
        }
        var panel = new Panel("Of " + place.project().name()).wide(table(page.rows()));
        if (page.more()) {
            panel.foot(Link.button("Older", address().with(BEFORE, page.rows().getLast().call().toString()).without(CALL)));
        }
        add(panel);
    }

    private static String title(RefusalCount count) {
        return count.code() == null ? Integer.toString(count.status()) : count.status() + " " + count.code();
    }

    private Component table(List<RefusalView> rows) {
        var table = new Table<RefusalView>("Refused calls", "")
                .column("When", row -> Moment.exactly(row.at(), PersonTime.dayAndTime(row.at())))
                .column("Answered", row -> new Link(
                        row.status() + (row.code() == null ? "" : " " + row.code()), address().with(CALL, row.call().toString())))
                .column("Model", "minor", row -> Cells.text(row.model()))
                .column("Caller", "minor", row -> row.keyName() == null ? Cells.quiet(row.person()) : Cells.text(row.keyName()))
                .column("Rule", row -> Cells.quiet(rule(row)));
        table.show(rows);
        return table;
    }

    private static String rule(RefusalView row) {
        return row.rule() == null
                ? row.message() == null ? "the model's server" : ""
                : Limits.name(row.rule().meter(), row.rule().window(), row.rule().models()) + " of the " + row.rule().level() + " " + row.rule().owner();
    }
}
