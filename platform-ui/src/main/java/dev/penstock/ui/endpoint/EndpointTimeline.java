package dev.penstock.ui.endpoint;

import com.vaadin.flow.component.HtmlContainer;
import dev.penstock.contract.platform.EndpointDetail;
import dev.penstock.contract.platform.EndpointState;
import dev.penstock.contract.platform.EndpointView;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Moment;
import dev.penstock.ui.base.PersonTime;
import dev.penstock.ui.base.Timeline;
import java.time.Instant;
import java.util.List;

/** What happened to an endpoint with how long each took, how far it is, and what comes next while it is on its way. */
final class EndpointTimeline extends HtmlContainer {

    private static final long serialVersionUID = 1L;

    EndpointTimeline(EndpointDetail detail, Instant now) {
        super("div");
        EndpointView endpoint = detail.endpoint();
        List<EndpointDetail.Step> steps = sinceTheLastStart(detail);
        var timeline = new Timeline();
        Integer progress = endpoint.state() == EndpointState.STARTING ? endpoint.progress() : null;
        for (int i = 0; i < steps.size(); i++) {
            boolean last = i == steps.size() - 1;
            if (last && progress != null) {
                timeline.progress(steps.get(i).sentence() + ", " + progress + " %", Moment.since(steps.get(i).at(), now), progress);
            } else {
                add(timeline, steps, i, last && isUnderWay(endpoint.state()));
            }
        }
        switch (endpoint.state()) {
            case REQUESTED, QUEUED, STARTING -> timeline.step(Timeline.Step.LATER, "Ready for calls", Markup.text("time", "", ""), null);
            case STOPPING -> timeline.step(Timeline.Step.LATER, "Stopped; the slice is given back", Markup.text("time", "", ""), null);
            case DELETING -> timeline.step(Timeline.Step.LATER, "Deleted; the name is free again", Markup.text("time", "", ""), null);
            case READY, UNHEALTHY, STOPPED, DELETED, FAILED -> {}
        }
        add(timeline);
    }

    /** Earlier starts are history: the audit trail has them. */
    private static List<EndpointDetail.Step> sinceTheLastStart(EndpointDetail detail) {
        Instant started = detail.endpoint().startedAt();
        List<EndpointDetail.Step> all = detail.timeline();
        if (started == null) {
            return all;
        }
        List<EndpointDetail.Step> latest = all.stream().filter(step -> !step.at().isBefore(started)).toList();
        return latest.isEmpty() ? all : latest;
    }

    private static void add(Timeline timeline, List<EndpointDetail.Step> steps, int index, boolean now) {
        EndpointDetail.Step step = steps.get(index);
        Timeline.Step mark = step.state() == EndpointState.FAILED ? Timeline.Step.FAILED : now ? Timeline.Step.NOW : Timeline.Step.DONE;
        timeline.step(mark, step.sentence(), index == 0 ? Moment.exactly(step.at(), PersonTime.dayAndTime(step.at())) : Moment.after(steps.get(index - 1).at(), step.at()), null);
    }

    private static boolean isUnderWay(EndpointState state) {
        return switch (state) {
            case REQUESTED, QUEUED, STARTING, STOPPING, DELETING -> true;
            case READY, UNHEALTHY, STOPPED, DELETED, FAILED -> false;
        };
    }
}
