package dev.penstock.ui.inbox;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.IdlenessApi;
import dev.penstock.contract.platform.Me;
import dev.penstock.contract.platform.RequestState;
import dev.penstock.contract.platform.SliceRequestView;
import dev.penstock.contract.platform.SliceRequestsApi;
import dev.penstock.contract.platform.SliceState;
import dev.penstock.contract.platform.SliceView;
import dev.penstock.contract.platform.SlicesApi;
import dev.penstock.contract.quota.LimitRequestView;
import dev.penstock.contract.quota.LimitRequestsApi;
import dev.penstock.contract.quota.LimitView;
import dev.penstock.contract.quota.LimitsApi;
import dev.penstock.contract.quota.Window;
import dev.penstock.ui.base.Destination;
import dev.penstock.ui.base.Icon;
import dev.penstock.ui.base.Idleness;
import dev.penstock.ui.base.Limits;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Roles;
import dev.penstock.ui.base.SeenRequests;
import dev.penstock.ui.base.SliceTable;
import dev.penstock.ui.base.Tone;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Collects what needs a person, most pressing first. */
@Component
public class Inbox {

    /** How long a failure stays in the inbox. */
    private static final Duration RECENT = Duration.ofHours(24);

    private final SlicesApi slices;
    private final IdlenessApi idleness;
    private final SliceRequestsApi requests;
    private final LimitsApi limits;
    private final LimitRequestsApi limitRequests;
    private final Clock clock;

    public Inbox(SlicesApi slices, IdlenessApi idleness, SliceRequestsApi requests, LimitsApi limits, LimitRequestsApi limitRequests, Clock clock) {
        this.slices = slices;
        this.idleness = idleness;
        this.requests = requests;
        this.limits = limits;
        this.limitRequests = limitRequests;
        this.clock = clock;
    }

    /** Of one project, or of all the person sees. */
    public List<Need> needs(Me me, @Nullable TenantId tenant, @Nullable ProjectId project) {
        Instant now = clock.instant();
        var needs = new ArrayList<Need>();
        List<SliceView> own = slices.list(tenant, project).stream().filter(slice -> isOf(slice, me)).toList();
        if (!own.isEmpty()) {
            var idle = new Idleness(idleness.list(tenant, project));
            own.forEach(slice -> addIdle(needs, slice, idle, now));
            own.forEach(slice -> addSlice(needs, slice, now));
        }
        SeenRequests.of(requests, me, tenant, project, RequestState.SUBMITTED).forEach(request -> addRequest(needs, request, now));
        limitRequests.list(tenant).stream().filter(request -> project == null || request.project().equals(project)).forEach(request -> addAsked(needs, request, now));
        limits.list(tenant).stream()
                .filter(limit -> project == null || limit.project() == null || Objects.equals(limit.project(), project))
                .forEach(limit -> addLimit(needs, limit, me));
        return List.copyOf(needs);
    }

    /** Somebody else's slice is theirs to look after. */
    private static boolean isOf(SliceView slice, Me me) {
        return slice.holder().equals(me.subject()) || slice.holder().equals(me.name());
    }

    private static void addIdle(List<Need> needs, SliceView slice, Idleness idleness, Instant now) {
        String path = Destination.Paths.SLICES + "/" + slice.tenant() + "/" + slice.id();
        String where = slice.profile() + " · " + slice.projectName();
        Instant suspends = idleness.suspendsAt(slice);
        Instant releases = idleness.releasesAt(slice);
        if (suspends != null) {
            needs.add(new Need(
                    Icon.CLOCK, Tone.WARN, "Slice " + slice.name() + " is idle and is suspended " + in(suspends, now),
                    where + " · no GPU activity for " + Quantities.duration(idleness.idleFor(slice)), "Keep", path + "?do=keep"));
        } else if (releases != null) {
            needs.add(new Need(
                    Icon.CLOCK, Tone.WARN, "Slice " + slice.name() + " was suspended and is released " + in(releases, now),
                    where + " · " + Objects.requireNonNullElse(slice.reason(), "it was idle"), "Resume", path + "?do=resume"));
        }
    }

    private static String in(Instant at, Instant now) {
        return at.isAfter(now) ? "in " + Quantities.duration(Duration.between(now, at)) : "now";
    }

    private static void addSlice(List<Need> needs, SliceView slice, Instant now) {
        String path = Destination.Paths.SLICES + "/" + slice.tenant() + "/" + slice.id();
        Instant end = slice.leaseEndsAt();
        Instant ended = slice.endedAt();
        if (slice.state() == SliceState.READY && slice.reason() != null) {
            needs.add(new Need(Icon.WARNING, Tone.WARN, "Slice " + slice.name() + " runs and needs a look", slice.reason(), "Open", path));
        }
        if (end != null && SliceTable.endsSoon(slice, now)) {
            needs.add(new Need(
                    Icon.CLOCK,
                    Tone.WARN,
                    "Slice " + slice.name() + " ends in " + Quantities.duration(Duration.between(now, end)),
                    slice.profile() + " · " + slice.projectName() + " · what is not on a volume is lost",
                    "Extend",
                    path + "?do=extend"));
        } else if (slice.state() == SliceState.FAILED && ended != null && ended.isAfter(now.minus(RECENT))) {
            needs.add(new Need(
                    Icon.WARNING,
                    Tone.BAD,
                    "Slice " + slice.name() + " failed",
                    Objects.requireNonNullElse(slice.reason(), "no reason was given"),
                    "See why",
                    path));
        }
    }

    private static void addRequest(List<Need> needs, SliceRequestView request, Instant now) {
        String waited = Quantities.duration(Duration.between(request.requestedAt(), now)) + ", lapses " + in(request.lapsesAt(), now);
        if (request.mayDecide()) {
            needs.add(new Need(
                    Icon.APPROVE,
                    request.remindedAt() == null ? Tone.BUSY : Tone.WARN,
                    request.requestedBy() + (request.remindedAt() == null ? " asks for " : " still waits for ") + (request.model() == null ? "" : "endpoint ") + request.name(),
                    request.profile() + " for " + Quantities.duration(Duration.ofSeconds(request.leaseSeconds())) + " · "
                            + request.projectName() + " · " + Quantities.gpuHours(request.gpuTime()) + " GPU-hours · waits " + waited
                            + (request.decidesFor() == null ? "" : " · for " + request.decidesFor()),
                    "Decide",
                    Destination.Paths.APPROVALS + "?request=" + request.id()));
        } else if (request.mayWithdraw()) {
            needs.add(new Need(
                    Icon.APPROVE,
                    Tone.BUSY,
                    "Your request for " + request.name() + " waits for approval",
                    request.profile() + " · " + request.projectName() + " · since " + waited,
                    "Open",
                    Destination.Paths.REQUESTS + "/" + request.tenant() + "/" + request.id()));
        }
    }

    private static void addAsked(List<Need> needs, LimitRequestView request, Instant now) {
        String what = Limits.amount(request.meter(), request.before()) + " to " + Limits.amount(request.meter(), request.amount()) + " · " + request.projectName();
        String lapses = "lapses " + in(request.lapsesAt(), now);
        if (request.mayDecide()) {
            needs.add(new Need(
                    Icon.GAUGE, Tone.BUSY, request.askedBy() + " asks for more " + request.title(), what + " · " + lapses, "Decide",
                    Destination.Paths.APPROVALS + "?do=limit-" + request.id()));
        } else if (request.mayWithdraw()) {
            needs.add(new Need(
                    Icon.GAUGE, Tone.BUSY, "You asked for more " + request.title(), what + " · waits for an administrator · " + lapses, "Open",
                    Destination.Paths.REFUSALS));
        }
    }

    /**
     * What is used up over a month can run out; holding all the slices one may hold is how it is meant, unless the limit is there to warn. A threshold
     * that was passed stays until the period ends or the limit is raised.
     */
    private static void addLimit(List<Need> needs, LimitView limit, Me me) {
        BigInteger amount = limit.amount();
        BigInteger taken = limit.taken();
        boolean meant = limit.window() == Window.NOW && limit.hard();
        if (meant || amount == null || amount.signum() == 0 || !Limits.isNear(limit) || !Limits.concerns(limit, me)) {
            return;
        }
        String warned = Limits.warned(limit);
        needs.add(new Need(
                Icon.GAUGE,
                Tone.WARN,
                Limits.owner(limit) + ": " + Limits.name(limit) + " at " + Quantities.percent(taken, amount) + " %",
                Limits.usedOf(limit) + (warned.isEmpty() ? "" : " · " + warned) + (Roles.isAdministrator(me) ? "" : " · ask an administrator for more"),
                Roles.seesTenants(me) ? "Open" : "",
                Destination.Paths.TENANTS + "?limit=" + limit.id()));
    }
}
