package dev.penstock.ui.slice;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.router.Route;
import dev.penstock.contract.Change;
import dev.penstock.contract.EndpointId;
import dev.penstock.contract.RequestId;
import dev.penstock.contract.SliceId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.RequestState;
import dev.penstock.contract.platform.SliceRequestView;
import dev.penstock.contract.platform.SliceRequestsApi;
import dev.penstock.ui.base.Action;
import dev.penstock.ui.base.Badge;
import dev.penstock.ui.base.Checks;
import dev.penstock.ui.base.Crumbs;
import dev.penstock.ui.base.Destination;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Moment;
import dev.penstock.ui.base.PageHead;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.PathIds;
import dev.penstock.ui.base.PersonTime;
import dev.penstock.ui.base.ProblemPanel;
import dev.penstock.ui.base.RequestFacts;
import dev.penstock.ui.base.Screen;
import dev.penstock.ui.base.SeenRequests;
import dev.penstock.ui.base.Timeline;
import dev.penstock.ui.base.Toast;
import dev.penstock.ui.base.Tone;
import dev.penstock.ui.base.Viewer;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;

/** One request, from asking to its decision. */
@Route(Destination.Paths.REQUESTS + "/:tenant/:request")
@PermitAll
class RequestView extends Screen {

    private static final long serialVersionUID = 1L;

    private final transient SliceRequestsApi requests;
    private final transient Clock clock;

    RequestView(Viewer viewer, SliceRequestsApi requests, Clock clock) {
        super("Request", viewer);
        this.requests = requests;
        this.clock = clock;
    }

    @Override
    protected boolean concerns(Change change) {
        return isAbout(change, "slice-request") && address().path().endsWith(change.subject());
    }

    @Override
    protected void refresh() {
        show();
    }

    @Override
    protected void show() {
        String[] path = address().path().split("/");
        SliceRequestView request = requests.get(PathIds.of(path[1], TenantId::of), PathIds.of(path[2], RequestId::of));
        removeAll();
        add(
                new Crumbs().step(request.projectName(), address().to("")).step("Slices", address().to(Destination.Paths.SLICES)),
                head(request));
        var left = Markup.of("div", "stack");
        if (request.state() == RequestState.REJECTED) {
            left.add(new ProblemPanel(
                    Tone.BAD, "Rejected by " + SeenRequests.decider(request), request.decisionReason(), "Ask again with what was missing; nothing was used.", null));
        }
        left.add(
                new Panel("What was asked for").body(new RequestFacts(request)),
                new Panel("What policy looked at").body(new Checks(request.checks())));
        add(Markup.of("div", "cols", left, Markup.of("div", "stack", new Panel("Timeline").body(timeline(request))))
                .style("--cols", "minmax(0,1fr) 400px"));
    }

    private PageHead head(SliceRequestView request) {
        var head = new PageHead("Request for " + request.name()).beside(Badge.pill(Badge.tone(request.state()), Badge.word(request.state())));
        SliceId slice = request.slice();
        EndpointId endpoint = request.endpoint();
        if (endpoint != null && request.state() != RequestState.SUBMITTED) {
            head.actions(Link.button("Open the endpoint", address().to(Destination.Paths.ENDPOINTS + "/" + request.tenant() + "/" + endpoint)).css("primary"));
        } else if (slice != null) {
            head.actions(Link.button("Open the slice", address().to(Destination.Paths.SLICES + "/" + request.tenant() + "/" + slice)).css("primary"));
        } else if (request.mayWithdraw()) {
            head.actions(Action.of("Withdraw", () -> {
                requests.withdraw(request.tenant(), request.id());
                Toast.done("The request for " + request.name() + " is withdrawn.");
                show();
            }));
        } else if (request.mayDecide()) {
            head.actions(Link.button("Decide", address().to(Destination.Paths.APPROVALS).with("request", request.id().toString())).css("primary"));
        }
        return head;
    }

    private Timeline timeline(SliceRequestView request) {
        var timeline = new Timeline()
                .step(Timeline.Step.DONE, "Asked by " + request.requestedBy(), time(request.requestedAt()), null);
        return switch (request.state()) {
            case SUBMITTED -> timeline
                    .step(Timeline.Step.NOW, "Waits for somebody who may approve", Moment.since(request.requestedAt(), clock.instant()), null)
                    .step(Timeline.Step.LATER, "Lapses, if nobody decides", time(request.lapsesAt()), null);
            case APPROVED -> timeline.step(Timeline.Step.DONE, "Approved by " + SeenRequests.decider(request), decided(request), request.decisionReason());
            case REJECTED -> timeline.step(Timeline.Step.FAILED, "Rejected by " + SeenRequests.decider(request), decided(request), request.decisionReason());
            case WITHDRAWN -> timeline.step(Timeline.Step.LATER, "Withdrawn by " + request.decidedBy(), decided(request), null);
            case LAPSED -> timeline.step(Timeline.Step.LATER, "Lapsed: nobody decided in time", decided(request), null);
        };
    }

    private static Component decided(SliceRequestView request) {
        return time(Objects.requireNonNullElse(request.decidedAt(), request.lapsesAt()));
    }

    private static Component time(Instant at) {
        return Moment.exactly(at, PersonTime.dayAndTime(at));
    }
}
