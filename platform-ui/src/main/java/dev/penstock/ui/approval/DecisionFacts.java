package dev.penstock.ui.approval;

import com.vaadin.flow.component.Component;
import dev.penstock.contract.platform.RequestState;
import dev.penstock.contract.platform.SliceProfileView;
import dev.penstock.contract.platform.SliceProfilesApi;
import dev.penstock.contract.platform.SliceRequestView;
import dev.penstock.contract.quota.LimitsApi;
import dev.penstock.ui.base.Badge;
import dev.penstock.ui.base.Checks;
import dev.penstock.ui.base.Facts;
import dev.penstock.ui.base.LimitRows;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Moment;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.RequestFacts;
import dev.penstock.ui.base.SeenRequests;
import java.time.Clock;
import java.util.List;
import java.util.Objects;

/** All that one needs to decide: who, what for, how much, what policy said, what is left, what is free. */
final class DecisionFacts {

    private final LimitsApi limits;
    private final SliceProfilesApi profiles;
    private final Clock clock;

    DecisionFacts(LimitsApi limits, SliceProfilesApi profiles, Clock clock) {
        this.limits = limits;
        this.profiles = profiles;
        this.clock = clock;
    }

    Panel panel(SliceRequestView request, List<Component> actions) {
        var panel = new Panel(request.name());
        panel.addClassName("first-when-narrow");
        panel.actions(Badge.pill(Badge.tone(request.state()), Badge.word(request.state())));
        panel.body(new RequestFacts(request));
        panel.body(Markup.text("h3", "", "What policy looked at"), new Checks(request.checks()));
        if (request.state() == RequestState.SUBMITTED) {
            panel.body(Markup.text("h3", "", "What is left"), left(request));
            panel.body(new Facts()
                    .fact("Free now", free(request))
                    .fact("Lapses in", Moment.until(request.lapsesAt(), clock.instant()))
                    .fact("You decide", request.decidesFor() == null ? null : "for " + request.decidesFor()));
        } else {
            panel.body(decision(request));
        }
        panel.body(Markup.of("div", "row", actions.toArray(Component[]::new)));
        return panel;
    }

    private Component left(SliceRequestView request) {
        return LimitRows.ofSlice(limits.list(request.tenant()), request.project(), request.profile());
    }

    private String free(SliceRequestView request) {
        return profiles.ofTenant(request.tenant()).stream()
                .filter(profile -> profile.id().equals(request.profile()))
                .findFirst()
                .map(DecisionFacts::free)
                .orElse("the profile is no longer offered");
    }

    private static String free(SliceProfileView profile) {
        return profile.free() + " of " + profile.total() + (profile.waiting() == 0 ? "" : ", " + profile.waiting() + " wait already");
    }

    private Facts decision(SliceRequestView request) {
        return new Facts()
                .fact("Decided by", SeenRequests.decider(request))
                .fact("When", Moment.ago(Objects.requireNonNullElse(request.decidedAt(), request.requestedAt()), clock.instant()))
                .fact("Reason", request.decisionReason());
    }
}
