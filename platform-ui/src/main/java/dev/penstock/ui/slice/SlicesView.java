package dev.penstock.ui.slice;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.Route;
import dev.penstock.contract.Change;
import dev.penstock.contract.platform.IdlenessApi;
import dev.penstock.contract.platform.RequestState;
import dev.penstock.contract.platform.SliceRequestView;
import dev.penstock.contract.platform.SliceRequestsApi;
import dev.penstock.contract.platform.SliceState;
import dev.penstock.contract.platform.SliceView;
import dev.penstock.contract.platform.SlicesApi;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Badge;
import dev.penstock.ui.base.Cells;
import dev.penstock.ui.base.Destination;
import dev.penstock.ui.base.EmptyState;
import dev.penstock.ui.base.Fields;
import dev.penstock.ui.base.Icon;
import dev.penstock.ui.base.Idleness;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Moment;
import dev.penstock.ui.base.PageHead;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.PersonTime;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.RequestFacts;
import dev.penstock.ui.base.Roles;
import dev.penstock.ui.base.Screen;
import dev.penstock.ui.base.Search;
import dev.penstock.ui.base.Segments;
import dev.penstock.ui.base.SliceTable;
import dev.penstock.ui.base.Table;
import dev.penstock.ui.base.Viewer;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** The slices one holds, and the requests that become slices. */
@Route(Destination.Paths.SLICES)
@PermitAll
class SlicesView extends Screen {

    private static final long serialVersionUID = 1L;
    private static final String SHOW = "show";
    private static final String LIVE = "live";
    private static final String ENDED = "ended";
    private static final String ALL = "all";

    private final transient SlicesApi slices;
    private final transient IdlenessApi idleness;
    private final transient SliceRequestsApi requests;
    private final transient Clock clock;
    private final TextField search = Fields.search("Find a slice", this::found);
    private final Markup lists = Markup.of("div", "stack");

    SlicesView(Viewer viewer, SlicesApi slices, IdlenessApi idleness, SliceRequestsApi requests, Clock clock) {
        super("Slices", viewer);
        this.slices = slices;
        this.idleness = idleness;
        this.requests = requests;
        this.clock = clock;
    }

    @Override
    protected boolean concerns(Change change) {
        return isAbout(change, "slice", "slice-request", "queue") && inScope(change);
    }

    @Override
    protected void show() {
        removeAll();
        PageHead head = listHead();
        if (Roles.works(me())) {
            head.actions(Link.button(Icon.PLUS, "New slice", address().to(Destination.Paths.NEW_SLICE)).css("primary"));
        }
        search.setValue(Search.of(address()).words());
        add(head, Markup.of("div", "filters", search, segments()), lists);
        refresh();
    }

    @Override
    protected void refresh() {
        List<SliceView> all = slices.list(scope().tenantId(), scope().projectId());
        List<SliceRequestView> waiting = requests.list(scope().tenantId(), scope().projectId(), RequestState.SUBMITTED);
        Search search = Search.of(address());
        List<SliceView> shown = all.stream()
                .filter(slice -> isShown(slice.state()))
                .filter(slice -> search.finds(slice.name(), slice.profile(), slice.projectName(), slice.holder()))
                .toList();
        lists.removeAll();
        if (!waiting.isEmpty() && !address().is(SHOW, ENDED)) {
            lists.add(waitingPanel(waiting));
        }
        List<SliceView> toCome = shown.stream()
                .filter(slice -> SliceTable.isToCome(slice, clock.instant()))
                .sorted(Comparator.comparing(SliceView::startsAt).thenComparing(SliceView::name))
                .toList();
        if (!toCome.isEmpty()) {
            lists.add(reservedPanel(toCome));
        }
        lists.add(slicesPanel(shown.stream().filter(slice -> !toCome.contains(slice)).toList(), new Idleness(idleness.list(scope().tenantId(), scope().projectId())), all.isEmpty()));
    }

    private Component segments() {
        return new Segments("Which slices", address(), SHOW, LIVE)
                .segment(LIVE, "Live")
                .segment(ENDED, "Ended")
                .segment(ALL, "All");
    }

    private boolean isShown(SliceState state) {
        return switch (address().get(SHOW, LIVE)) {
            case ENDED -> !state.live();
            case ALL -> true;
            default -> state.live();
        };
    }

    private Panel slicesPanel(List<SliceView> shown, Idleness known, boolean none) {
        var panel = new Panel("Slices").hint(shown.isEmpty() ? null : Quantities.count(shown.size()));
        if (shown.isEmpty()) {
            return panel.wide(none ? first() : nothingFound());
        }
        var table = new SliceTable("Slices", clock, known, slice -> address().to(Destination.Paths.SLICES + "/" + slice.tenant() + "/" + slice.id()));
        table.show(shown);
        return panel.wide(table.component());
    }

    private Component first() {
        var empty = new EmptyState(
                Icon.SLICE,
                "No slices yet",
                "A slice is a part of a GPU that is yours for a while: memory and compute cut in hardware, counted in GPU-hours.");
        if (Roles.works(me())) {
            empty.add(Link.button(Icon.PLUS, "New slice", address().to(Destination.Paths.NEW_SLICE)));
        }
        return empty;
    }

    private Component nothingFound() {
        Address all = address().without(Search.PARAMETER).with(SHOW, ALL);
        return new EmptyState(
                Icon.SEARCH, "Nothing here matches", "No slice matches what is chosen above.", Link.button("Show all", all));
    }

    /** What is to come, in the order in which it begins. */
    private Panel reservedPanel(List<SliceView> toCome) {
        var table = new Table<SliceView>("Reservations to come", "")
                .column("From", slice -> Cells.text(PersonTime.dayAndTime(start(slice))))
                .column("Until", slice -> Cells.text(PersonTime.dayAndTime(start(slice).plusSeconds(slice.leaseSeconds()))))
                .column("Slice", slice -> Cells.named(
                        slice.name(), address().to(Destination.Paths.SLICES + "/" + slice.tenant() + "/" + slice.id()),
                        slice.profile() + " · " + slice.projectName() + " of " + slice.tenantName()))
                .column("Held by", "minor extra", slice -> Cells.text(slice.holder()))
                .number("Begins in", slice -> Moment.until(start(slice), clock.instant()));
        table.show(toCome);
        return new Panel("Reserved").hint(Quantities.count(toCome.size())).wide(table);
    }

    private static Instant start(SliceView slice) {
        return Objects.requireNonNull(slice.startsAt());
    }

    private Panel waitingPanel(List<SliceRequestView> waiting) {
        var table = new Table<SliceRequestView>("Requests that wait for approval", "")
                .column("State", request -> Badge.bare(Badge.tone(request.state()), "Waits"))
                .column("Request", request -> Cells.named(
                        request.name(),
                        address().to(Destination.Paths.REQUESTS + "/" + request.tenant() + "/" + request.id()),
                        RequestFacts.inShort(request)))
                .column("Asked by", "minor", request -> Cells.text(request.requestedBy()))
                .column("Lease", "num minor", request -> Cells.text(Quantities.duration(Duration.ofSeconds(request.leaseSeconds()))))
                .number("Would use", request -> Cells.gpuHours(request.gpuTime()))
                .number("Waits", request -> Moment.since(request.requestedAt(), clock.instant()));
        table.show(waiting);
        return new Panel("Wait for approval").hint(Quantities.count(waiting.size())).wide(table);
    }
}
