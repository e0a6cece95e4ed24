package dev.penstock.ui.shell;

import dev.penstock.contract.platform.EndpointState;
import dev.penstock.contract.platform.EndpointsApi;
import dev.penstock.contract.platform.Me;
import dev.penstock.contract.platform.SliceState;
import dev.penstock.contract.platform.SlicesApi;
import dev.penstock.ui.base.Destination;
import dev.penstock.ui.base.Roles;
import dev.penstock.ui.base.Scope;
import dev.penstock.ui.inbox.Inbox;
import dev.penstock.ui.inbox.Need;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The small numbers in navigation and top bar. */
final class Counts {

    private final Inbox inbox;
    private final SlicesApi slices;
    private final EndpointsApi endpoints;

    Counts(Inbox inbox, SlicesApi slices, EndpointsApi endpoints) {
        this.inbox = inbox;
        this.slices = slices;
        this.endpoints = endpoints;
    }

    /** @param needs things that need the person, over all projects */
    record Result(int needs, Map<Destination, Integer> of) {}

    Result of(Me me, Scope scope) {
        List<Need> needs = inbox.needs(me, scope.tenantId(), scope.projectId());
        var counts = new EnumMap<Destination, Integer>(Destination.class);
        if (Destination.SLICES.isFor(me)) {
            counts.put(
                    Destination.SLICES,
                    (int) slices.list(scope.tenantId(), scope.projectId()).stream()
                            .map(slice -> slice.state())
                            .filter(SliceState::live)
                            .count());
        }
        if (Destination.ENDPOINTS.isFor(me)) {
            counts.put(
                    Destination.ENDPOINTS,
                    (int) endpoints.list(scope.tenantId(), scope.projectId()).stream()
                            .filter(endpoint -> !endpoint.shared() && isLive(endpoint.state()))
                            .count());
        }
        if (Roles.approves(me)) {
            counts.put(
                    Destination.APPROVALS,
                    (int) needs.stream().filter(need -> need.path().startsWith(Destination.Paths.APPROVALS)).count());
        }
        return new Result(needs.size(), counts);
    }

    private static boolean isLive(EndpointState state) {
        return switch (state) {
            case REQUESTED, QUEUED, STARTING, READY, UNHEALTHY -> true;
            case STOPPING, STOPPED, DELETING, DELETED, FAILED -> false;
        };
    }
}
