package dev.penstock.ui.home;

import dev.penstock.contract.platform.EndpointState;
import dev.penstock.contract.platform.EndpointView;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Badge;
import dev.penstock.ui.base.Cells;
import dev.penstock.ui.base.Destination;
import dev.penstock.ui.base.EmptyState;
import dev.penstock.ui.base.Icon;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Moment;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.Table;
import java.time.Instant;
import java.util.List;

/** Models that are served, with their state. */
final class EndpointsPanel {

    private EndpointsPanel() {}

    /** @param most rows; the rest is one click away */
    static Panel of(List<EndpointView> endpoints, int most, Address here, boolean works, Instant now) {
        Address all = here.to(Destination.Paths.ENDPOINTS);
        List<EndpointView> live = endpoints.stream().filter(endpoint -> endpoint.state() != EndpointState.DELETED).toList();
        var panel = new Panel("Endpoints")
                .hint(live.isEmpty() ? null : String.valueOf(live.size()))
                .actions(new Link("All endpoints", all).css("button plain small"));
        if (live.isEmpty()) {
            var empty = new EmptyState(Icon.ENDPOINT, "No endpoints yet", "An endpoint is a model that answers calls: shared with everybody, or on a part of a GPU of your own.");
            if (works) {
                empty.add(Link.button(Icon.PLUS, "New endpoint", here.to(Destination.Paths.NEW_ENDPOINT)));
            }
            return panel.wide(empty.small());
        }
        var table = new Table<EndpointView>("Endpoints", "")
                .column("State", Badge::bare)
                .column("Endpoint", endpoint -> Cells.named(
                        endpoint.name(), here.to(all.path() + "/" + endpoint.tenant() + "/" + endpoint.id()), endpoint.modelName()))
                .column("Called as", "minor", endpoint -> Cells.quiet(endpoint.callName()))
                .column("Runs on", "minor", endpoint -> Cells.text(endpoint.shared() ? "shared" : endpoint.profile()))
                .number("Since", endpoint -> Moment.since(endpoint.since(), now));
        table.show(live.stream().limit(most).toList());
        return panel.wide(table);
    }
}
