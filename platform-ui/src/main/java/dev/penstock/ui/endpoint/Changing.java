package dev.penstock.ui.endpoint;

import dev.penstock.contract.platform.EndpointState;
import dev.penstock.contract.platform.EndpointView;
import dev.penstock.contract.platform.EndpointsApi;
import dev.penstock.ui.base.Action;
import dev.penstock.ui.base.Confirmation;
import dev.penstock.ui.base.Markup;
import org.jspecify.annotations.Nullable;

/** The dialogs before an endpoint is started, stopped or deleted: each says what depends on it. */
final class Changing {

    static final String START = "start";
    static final String STOP = "stop";
    static final String DELETE = "delete";

    private final EndpointsApi endpoints;
    private final Dependents dependents;
    private final Runnable afterwards;

    /** @param afterwards shows what became of it */
    Changing(EndpointsApi endpoints, Dependents dependents, Runnable afterwards) {
        this.endpoints = endpoints;
        this.dependents = dependents;
        this.afterwards = afterwards;
    }

    static boolean canStart(EndpointState state) {
        return state == EndpointState.STOPPED || state == EndpointState.FAILED;
    }

    static boolean canStop(EndpointState state) {
        return switch (state) {
            case REQUESTED, QUEUED, STARTING, READY, UNHEALTHY -> true;
            case STOPPING, STOPPED, DELETING, DELETED, FAILED -> false;
        };
    }

    static boolean canDelete(EndpointState state) {
        return state != EndpointState.DELETING && state != EndpointState.DELETED;
    }

    /** The one the address names; null where it names none, or none that is possible now. */
    @Nullable Confirmation named(@Nullable String what, EndpointView endpoint) {
        EndpointState state = endpoint.state();
        if (START.equals(what) && canStart(state)) {
            return start(endpoint);
        }
        if (STOP.equals(what) && canStop(state)) {
            return stop(endpoint);
        }
        return DELETE.equals(what) && canDelete(state) ? delete(endpoint) : null;
    }

    private Confirmation start(EndpointView endpoint) {
        var confirmation = new Confirmation(
                "Start " + endpoint.name() + "?",
                Markup.text("p", "", "A slice of " + endpoint.profile() + " is asked for again, by the same rules as the first time. It costs from when it is ready."));
        return confirmation.buttons("Leave it stopped", Action.primary("Start " + endpoint.name(), () -> attempt(confirmation, () -> endpoints.start(endpoint.tenant(), endpoint.id()))));
    }

    private Confirmation stop(EndpointView endpoint) {
        var confirmation = new Confirmation(
                "Stop " + endpoint.name() + "?",
                Markup.text("p", "", "New calls are refused at once and the slice is given back. Starting again loads the weights anew, and the part may be taken by then."),
                dependents.of(endpoint));
        return confirmation.buttons(
                "Keep it running", Action.danger("Stop " + endpoint.name(), () -> attempt(confirmation, () -> endpoints.stop(endpoint.tenant(), endpoint.id()))).css("primary"));
    }

    private Confirmation delete(EndpointView endpoint) {
        var confirmation = new Confirmation(
                "Delete " + endpoint.name() + "?",
                Markup.text("p", "", "It is stopped and its name is forgotten: calls of " + endpoint.callName() + " fail from then on. What was used stays in the books."),
                dependents.of(endpoint));
        return confirmation.buttons(
                "Keep it", Action.danger("Delete " + endpoint.name(), () -> attempt(confirmation, () -> endpoints.delete(endpoint.tenant(), endpoint.id()))).css("primary"));
    }

    private void attempt(Confirmation confirmation, Runnable change) {
        confirmation.attempt(() -> {
            change.run();
            afterwards.run();
        });
    }
}
