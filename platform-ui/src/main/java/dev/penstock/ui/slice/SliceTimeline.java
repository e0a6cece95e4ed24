package dev.penstock.ui.slice;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HtmlContainer;
import dev.penstock.contract.platform.SliceDetail;
import dev.penstock.contract.platform.SliceState;
import dev.penstock.ui.base.Badge;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Moment;
import dev.penstock.ui.base.PersonTime;
import dev.penstock.ui.base.Timeline;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** The events of a slice with how long each took, and what comes next while it is on its way. */
final class SliceTimeline extends HtmlContainer {

    private static final long serialVersionUID = 1L;

    SliceTimeline(SliceDetail detail) {
        super("div");
        var timeline = new Timeline();
        List<SliceDetail.Event> events = detail.timeline();
        for (int i = 0; i < events.size(); i++) {
            SliceDetail.Event event = events.get(i);
            boolean last = i == events.size() - 1;
            timeline.step(step(event, last && isUnderWay(detail.slice().state())), event.sentence(), time(events, i), null);
        }
        switch (detail.slice().state()) {
            case QUEUED, RESERVED, PROVISIONING ->
                timeline.step(Timeline.Step.LATER, "Ready; the lease begins", Markup.text("time", "", ""), null);
            case DRAINING -> timeline.step(Timeline.Step.LATER, Badge.word(Objects.requireNonNullElse(detail.slice().becomes(), SliceState.RELEASED)), Markup.text("time", "", ""), null);
            case READY, SUSPENDED, RELEASED, EXPIRED, FAILED -> {}
        }
        add(timeline);
    }

    private static boolean isUnderWay(SliceState state) {
        return switch (state) {
            case QUEUED, RESERVED, PROVISIONING, DRAINING -> true;
            case READY, SUSPENDED, RELEASED, EXPIRED, FAILED -> false;
        };
    }

    private static Timeline.Step step(SliceDetail.Event event, boolean now) {
        return event.state() == SliceState.FAILED ? Timeline.Step.FAILED : now ? Timeline.Step.NOW : Timeline.Step.DONE;
    }

    /** The first with its time, the others by how long after the one before; the exact time on hover. */
    private static Component time(List<SliceDetail.Event> events, int index) {
        Instant at = events.get(index).at();
        return index == 0 ? Moment.exactly(at, PersonTime.dayAndTime(at)) : Moment.after(events.get(index - 1).at(), at);
    }
}
