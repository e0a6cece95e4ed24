package dev.penstock.ui.base;

import com.vaadin.flow.component.Component;
import dev.penstock.contract.platform.EndpointState;
import dev.penstock.contract.platform.EndpointView;
import dev.penstock.contract.platform.PolicyCheck;
import dev.penstock.contract.platform.RequestState;
import dev.penstock.contract.platform.SliceState;
import dev.penstock.contract.platform.SliceView;
import dev.penstock.contract.quota.LimitRequestState;

/** A state in a word, with the shape that goes with it. */
public final class Badge {

    private Badge() {}

    /** In a tinted pill, beside a title. */
    public static Component pill(Tone tone, String word) {
        return Markup.text("span", "badge " + tone.css(), word);
    }

    /** Without a background, in tables and lists. */
    public static Component bare(Tone tone, String word) {
        return Markup.text("span", "badge bare " + tone.css(), word);
    }

    public static Tone tone(SliceState state) {
        return switch (state) {
            case QUEUED, RESERVED, PROVISIONING, DRAINING -> Tone.BUSY;
            case READY -> Tone.OK;
            case SUSPENDED -> Tone.WARN;
            case RELEASED, EXPIRED -> Tone.OFF;
            case FAILED -> Tone.BAD;
        };
    }

    public static String word(SliceState state) {
        return switch (state) {
            case QUEUED -> "Queued";
            case RESERVED -> "Reserved";
            case PROVISIONING -> "Starting";
            case READY -> "Ready";
            case SUSPENDED -> "Suspended";
            case DRAINING -> "Stopping";
            case RELEASED -> "Released";
            case EXPIRED -> "Expired";
            case FAILED -> "Failed";
        };
    }

    /** One that is being taken down says what it becomes. */
    public static String word(SliceView slice) {
        return slice.becomes() == SliceState.SUSPENDED ? "Being suspended" : slice.becomes() == SliceState.QUEUED ? "Steps aside" : word(slice.state());
    }

    public static Tone tone(EndpointState state) {
        return switch (state) {
            case REQUESTED, QUEUED, STARTING, STOPPING, DELETING -> Tone.BUSY;
            case READY -> Tone.OK;
            case UNHEALTHY -> Tone.WARN;
            case STOPPED, DELETED -> Tone.OFF;
            case FAILED -> Tone.BAD;
        };
    }

    public static String word(EndpointState state) {
        return switch (state) {
            case REQUESTED -> "Waits for approval";
            case QUEUED -> "Queued";
            case STARTING -> "Starting";
            case READY -> "Ready";
            case UNHEALTHY -> "Does not answer";
            case STOPPING -> "Stopping";
            case STOPPED -> "Stopped";
            case DELETING -> "Being deleted";
            case DELETED -> "Deleted";
            case FAILED -> "Failed";
        };
    }

    /** While the weights are loaded, how far that is. */
    public static String word(EndpointView endpoint) {
        Integer progress = endpoint.progress();
        return endpoint.state() == EndpointState.STARTING && progress != null ? "Loading, " + progress + " %" : word(endpoint.state());
    }

    public static Component bare(EndpointView endpoint) {
        return bare(tone(endpoint.state()), word(endpoint));
    }

    public static Tone tone(RequestState state) {
        return switch (state) {
            case SUBMITTED -> Tone.BUSY;
            case APPROVED -> Tone.OK;
            case REJECTED -> Tone.BAD;
            case WITHDRAWN, LAPSED -> Tone.OFF;
        };
    }

    public static String word(RequestState state) {
        return switch (state) {
            case SUBMITTED -> "Waits for approval";
            case APPROVED -> "Approved";
            case REJECTED -> "Rejected";
            case WITHDRAWN -> "Withdrawn";
            case LAPSED -> "Lapsed";
        };
    }

    public static Tone tone(LimitRequestState state) {
        return switch (state) {
            case SUBMITTED -> Tone.BUSY;
            case APPROVED -> Tone.OK;
            case REJECTED -> Tone.BAD;
            case WITHDRAWN, LAPSED -> Tone.OFF;
        };
    }

    public static String word(LimitRequestState state) {
        return switch (state) {
            case SUBMITTED -> "Waiting";
            case APPROVED -> "Granted";
            case REJECTED -> "Rejected";
            case WITHDRAWN -> "Withdrawn";
            case LAPSED -> "Lapsed";
        };
    }

    public static Tone tone(PolicyCheck.Result result) {
        return switch (result) {
            case PASSES -> Tone.OK;
            case NEEDS_APPROVAL -> Tone.WARN;
            case REFUSED -> Tone.BAD;
        };
    }
}
