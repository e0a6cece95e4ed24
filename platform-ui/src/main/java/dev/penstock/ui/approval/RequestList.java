package dev.penstock.ui.approval;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HtmlContainer;
import dev.penstock.contract.platform.SliceRequestView;
import dev.penstock.ui.base.Action;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Badge;
import dev.penstock.ui.base.Cells;
import dev.penstock.ui.base.EmptyState;
import dev.penstock.ui.base.Icon;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Moment;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.RequestFacts;
import dev.penstock.ui.base.SeenRequests;
import dev.penstock.ui.base.Table;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Requests that wait, to be chosen one by one or many at once, or those that were decided. What stays the same is not drawn anew: a request that comes
 * in meanwhile must not take the one that is being pressed from under the pointer.
 */
final class RequestList extends HtmlContainer {

    private static final long serialVersionUID = 1L;

    private final Address address;
    private final boolean decided;
    private final transient Clock clock;
    private final transient Deciding deciding;
    private final transient Set<String> ticked = new LinkedHashSet<>();
    private final Panel panel;
    private final Table<SliceRequestView> table;
    private transient List<SliceRequestView> shown = List.of();
    private transient @Nullable SliceRequestView open;
    private final Markup content = Markup.of("div", "");

    /** @param address that names no request */
    RequestList(Address address, boolean decided, Deciding deciding, Clock clock) {
        super("div");
        this.address = address;
        this.decided = decided;
        this.deciding = deciding;
        this.clock = clock;
        this.panel = new Panel(decided ? "Decided" : "Waiting");
        this.table = (decided ? decidedTable() : waitingTable()).chosen(request -> request.equals(open)).keepsRows();
        add(panel.wide(content));
    }

    /** Whether it is the list of this address. */
    boolean isOf(Address other) {
        return address.equals(other);
    }

    /** @param chosen whose particulars stand beside the list; null: nobody's */
    void show(List<SliceRequestView> present, @Nullable SliceRequestView chosen) {
        shown = present;
        open = chosen;
        panel.hint(present.isEmpty() ? null : Quantities.count(present.size()));
        table.show(present);
        Component now = present.isEmpty() ? empty() : table;
        if (!now.getParent().equals(Optional.of(content))) {
            content.removeAll();
            content.add(now);
        }
        if (ticked.retainAll(present.stream().map(request -> request.id().toString()).toList())) {
            offerMany();
        }
    }

    private Component empty() {
        return decided
                ? new EmptyState(Icon.APPROVE, "Nothing was decided yet", "Requests stand here once somebody, or policy, decided them.")
                : new EmptyState(Icon.CHECK, "Nobody waits for you", "Requests that policy does not approve by itself come here.");
    }

    private Table<SliceRequestView> waitingTable() {
        return new Table<SliceRequestView>("Requests that wait", "")
                .untitled("Choose", "pick", this::tick)
                .column("Request", this::named)
                .column("Asked by", "minor", request -> Cells.text(request.requestedBy()))
                .column("Lease", "num minor", request -> Cells.text(Quantities.duration(Duration.ofSeconds(request.leaseSeconds()))))
                .number("Would use", request -> Cells.gpuHours(request.gpuTime()))
                .number("Waits", request -> Moment.since(request.requestedAt(), clock.instant()))
                .column("Lapses in", "num minor", request -> Moment.until(request.lapsesAt(), clock.instant()));
    }

    private Table<SliceRequestView> decidedTable() {
        return new Table<SliceRequestView>("Requests that were decided", "")
                .column("State", request -> Badge.bare(Badge.tone(request.state()), Badge.word(request.state())))
                .column("Request", this::named)
                .column("Asked by", "minor", request -> Cells.text(request.requestedBy()))
                .column("Decided by", "minor", request -> Cells.text(request.decidedBy() == null ? null : SeenRequests.decider(request)))
                .number("When", request -> Moment.ago(Objects.requireNonNullElse(request.decidedAt(), request.requestedAt()), clock.instant()));
    }

    private Component named(SliceRequestView request) {
        String inPlace = request.decidesFor() == null ? "" : " · for " + request.decidesFor();
        return Cells.named(request.name(), address.with(ApprovalsView.REQUEST, request.id().toString()), RequestFacts.inShort(request) + inPlace);
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
            offerMany();
        });
        return box;
    }

    private void offerMany() {
        panel.actions(ticked.isEmpty() ? new Component[0] : new Component[] {
            Markup.text("span", "hint", Quantities.count(ticked.size(), "request", "requests") + " chosen"),
            Action.of("Reject", () -> deciding.rejection(ticked()).open()).css("small"),
            Action.of("Approve", () -> deciding.approve(ticked())).css("small")
        });
    }

    private List<SliceRequestView> ticked() {
        return shown.stream().filter(request -> ticked.contains(request.id().toString())).toList();
    }
}
