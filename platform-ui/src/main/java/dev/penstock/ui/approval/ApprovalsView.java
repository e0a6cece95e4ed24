package dev.penstock.ui.approval;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.router.Route;
import dev.penstock.contract.Change;
import dev.penstock.contract.platform.RequestState;
import dev.penstock.contract.platform.SliceProfilesApi;
import dev.penstock.contract.platform.SliceRequestView;
import dev.penstock.contract.platform.SliceRequestsApi;
import dev.penstock.contract.quota.LimitsApi;
import dev.penstock.ui.base.Action;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Badge;
import dev.penstock.ui.base.Cells;
import dev.penstock.ui.base.Destination;
import dev.penstock.ui.base.EmptyState;
import dev.penstock.ui.base.Icon;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Moment;
import dev.penstock.ui.base.PageHead;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.RequestFacts;
import dev.penstock.ui.base.Screen;
import dev.penstock.ui.base.Segments;
import dev.penstock.ui.base.Table;
import dev.penstock.ui.base.Viewer;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Requests to decide, one by one or many at once. */
@Route(Destination.Paths.APPROVALS)
@PermitAll
class ApprovalsView extends Screen {

    private static final long serialVersionUID = 1L;
    private static final String REQUEST = "request";
    private static final String SHOW = "show";
    private static final String WAITING = "waiting";
    private static final String DECIDED = "decided";

    private final transient SliceRequestsApi requests;
    private final transient Clock clock;
    private final transient DecisionFacts facts;
    private final transient Deciding deciding;
    private final transient Set<String> ticked = new LinkedHashSet<>();
    private final Markup heading = Markup.of("div", "");
    private final Markup body = Markup.of("div", "cols");
    private transient List<SliceRequestView> shown = List.of();
    private transient @Nullable SliceRequestView open;

    ApprovalsView(Viewer viewer, SliceRequestsApi requests, LimitsApi limits, SliceProfilesApi profiles, Clock clock) {
        super("Approvals", viewer);
        this.requests = requests;
        this.clock = clock;
        this.facts = new DecisionFacts(limits, profiles, clock);
        this.deciding = new Deciding(requests, this::decided);
    }

    @Override
    protected boolean concerns(Change change) {
        return isAbout(change, "slice-request", "limit") && inScope(change);
    }

    @Override
    protected void show() {
        removeAll();
        add(heading, body);
        shown = List.of();
        open = null;
        load(true);
    }

    @Override
    protected void refresh() {
        load(false);
    }

    private void load(boolean anew) {
        List<SliceRequestView> all = requests.list(scope().tenantId(), scope().projectId(), null);
        boolean decidedOnes = address().is(SHOW, DECIDED);
        List<SliceRequestView> now = all.stream()
                .filter(request -> decidedOnes ? request.state() != RequestState.SUBMITTED : request.state() == RequestState.SUBMITTED)
                .toList();
        String wanted = address().get(REQUEST);
        SliceRequestView chosen = wanted == null
                ? now.stream().findFirst().orElse(null)
                : all.stream().filter(request -> request.id().toString().equals(wanted)).findFirst().orElse(null);
        if (!anew && now.equals(shown) && Objects.equals(chosen, open)) {
            return; // What the person reads, and where they are in it, stays.
        }
        shown = now;
        open = chosen;
        ticked.retainAll(now.stream().map(request -> request.id().toString()).toList());
        draw();
    }

    private void draw() {
        drawHead();
        body.removeAll();
        body.add(Markup.of("div", "stack", list()));
        SliceRequestView chosen = open;
        body.style("--cols", chosen == null ? "minmax(0,1fr)" : "minmax(0,1fr) 400px");
        if (chosen != null) {
            body.add(facts.panel(chosen, actions(chosen)));
        }
    }

    private void drawHead() {
        heading.removeAll();
        var head = new PageHead("Approvals")
                .actions(new Segments("Which requests", address().without(REQUEST), SHOW, WAITING)
                        .segment(WAITING, "Waiting")
                        .segment(DECIDED, "Decided"));
        heading.add(head);
    }

    private Panel list() {
        boolean decidedOnes = address().is(SHOW, DECIDED);
        var panel = new Panel(decidedOnes ? "Decided" : "Waiting").hint(shown.isEmpty() ? null : Quantities.count(shown.size()));
        if (shown.isEmpty()) {
            return panel.wide(
                    decidedOnes
                            ? new EmptyState(Icon.APPROVE, "Nothing was decided yet", "Requests stand here once somebody, or policy, decided them.")
                            : new EmptyState(Icon.CHECK, "Nobody waits for you", "Requests that policy does not approve by itself come here."));
        }
        if (!decidedOnes && !ticked.isEmpty()) {
            panel.actions(many());
        }
        return panel.wide(decidedOnes ? decidedTable() : waitingTable());
    }

    private Table<SliceRequestView> waitingTable() {
        var table = new Table<SliceRequestView>("Requests that wait", "")
                .untitled("Choose", "pick", this::tick)
                .column("Request", request -> named(request))
                .column("Asked by", "minor", request -> Cells.text(request.requestedBy()))
                .column("Lease", "num minor", request -> Cells.text(Quantities.duration(Duration.ofSeconds(request.leaseSeconds()))))
                .number("Would use", request -> Cells.gpuHours(request.gpuTime()))
                .number("Waits", request -> Moment.since(request.requestedAt(), clock.instant()))
                .column("Lapses in", "num minor", request -> Moment.until(request.lapsesAt(), clock.instant()))
                .chosen(request -> request.equals(open));
        table.show(shown);
        return table;
    }

    private Table<SliceRequestView> decidedTable() {
        var table = new Table<SliceRequestView>("Requests that were decided", "")
                .column("State", request -> Badge.bare(Badge.tone(request.state()), Badge.word(request.state())))
                .column("Request", request -> named(request))
                .column("Asked by", "minor", request -> Cells.text(request.requestedBy()))
                .column("Decided by", "minor", request -> Cells.text(request.decidedBy()))
                .number("When", request -> Moment.ago(Objects.requireNonNullElse(request.decidedAt(), request.requestedAt()), clock.instant()))
                .chosen(request -> request.equals(open));
        table.show(shown);
        return table;
    }

    private Component named(SliceRequestView request) {
        return Cells.named(
                request.name(), address().with(REQUEST, request.id().toString()), RequestFacts.inShort(request));
    }

    private Component tick(SliceRequestView request) {
        String id = request.id().toString();
        var box = Markup.of("input", "")
                .attribute("type", "checkbox")
                .attribute("aria-label", "Choose " + request.name());
        box.getElement().setProperty("checked", ticked.contains(id));
        box.getElement().setEnabled(request.mayDecide());
        box.getElement().addEventListener("change", change -> {
            if (!ticked.remove(id)) {
                ticked.add(id);
            }
            draw();
        });
        return box;
    }

    private Component[] many() {
        String these = Quantities.count(ticked.size(), "request", "requests");
        return new Component[] {
            Markup.text("span", "hint", these + " chosen"),
            Action.of("Reject", () -> deciding.rejection(chosen()).open()).css("small"),
            Action.of("Approve", () -> deciding.approve(chosen())).css("small")
        };
    }

    private List<SliceRequestView> chosen() {
        return shown.stream().filter(request -> ticked.contains(request.id().toString())).toList();
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
        ticked.clear();
        remember(address().without(REQUEST));
        load(true);
    }
}
