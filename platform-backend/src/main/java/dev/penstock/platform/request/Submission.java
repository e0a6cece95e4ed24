package dev.penstock.platform.request;

import dev.penstock.contract.Problem;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.RequestId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.PolicyCheck.Result;
import dev.penstock.contract.platform.RequestPreview;
import dev.penstock.contract.platform.SliceRequestSpec;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.platform.access.Access;
import dev.penstock.platform.access.KnownTenant;
import dev.penstock.platform.catalog.SliceProfile;
import dev.penstock.platform.catalog.SliceProfiles;
import dev.penstock.platform.fleet.Availability;
import dev.penstock.platform.image.Images;
import dev.penstock.platform.slice.Serving;
import dev.penstock.platform.slice.Slice;
import dev.penstock.platform.slice.Slices;
import dev.penstock.platform.slice.Workspace;
import dev.penstock.platform.tenant.Tenants;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;

/** Asking for a slice, from the specification to the recorded request. */
@Component
class Submission {

    private final JobTransactions transactions;
    private final RequestStore store;
    private final RequestTrail trail;
    private final Decisions decisions;
    private final Access access;
    private final SliceProfiles profiles;
    private final Tenants tenants;
    private final Slices slices;
    private final Images images;
    private final Availability availability;
    private final QuotaLeft quota;
    private final ReservationPolicy calendar;
    private final RequestSettings settings;
    private final Clock clock;

    Submission(
            JobTransactions transactions,
            RequestStore store,
            RequestTrail trail,
            Decisions decisions,
            Access access,
            SliceProfiles profiles,
            Tenants tenants,
            Slices slices,
            Images images,
            Availability availability,
            QuotaLeft quota,
            ReservationPolicy calendar,
            RequestSettings settings,
            Clock clock) {
        this.transactions = transactions;
        this.store = store;
        this.trail = trail;
        this.decisions = decisions;
        this.access = access;
        this.profiles = profiles;
        this.tenants = tenants;
        this.slices = slices;
        this.images = images;
        this.availability = availability;
        this.quota = quota;
        this.calendar = calendar;
        this.settings = settings;
        this.clock = clock;
    }

    RequestPreview preview(TenantId tenant, ProjectId project, SliceRequestSpec spec) {
        Considered considered = consider(tenant, project, spec);
        Findings findings = considered.findings();
        String approvers = findings.outcome() == Result.PASSES ? "" : spec.startsAt() != null ? "an administrator" : "an owner of " + access.tenantName(tenant) + " or an administrator";
        Asked asked = considered.asked();
        return new RequestPreview(findings.outcome(), findings.checks(), approvers, asked.gpuTime(), availability.free(asked.profile(), tenant));
    }

    /** What it is, exactly, and what policy says. Asks quota-service, so never within a transaction. */
    Considered consider(TenantId tenant, ProjectId project, SliceRequestSpec spec) {
        Asked asked = asked(tenant, project, spec);
        Workspace workspace = transactions.inTenant(Job.WEB, access.actor(), tenant, () -> images.asked(spec.workspace()));
        return new Considered(tenant, spec, asked, findings(tenant, asked), workspace);
    }

    void submit(TenantId tenant, ProjectId project, RequestId id, SliceRequestSpec spec) {
        // 1. Asked before? Then the first result stands, whatever policy says today.
        if (isRepeated(tenant, project, id, spec)) {
            decisions.approveByPolicy(tenant, id);
            return;
        }
        // 2. What is it, exactly, and what does policy say?
        Considered considered = consider(tenant, project, spec);
        considered.requireGrantable();
        // 3. Record it.
        try {
            record(considered, id, null);
        } catch (OptimisticLockingFailureException e) {
            // The same request at the same moment, as by a double click: the other one made it.
            if (!isRepeated(tenant, project, id, spec)) {
                throw e;
            }
        }
        // 4. Nobody else has to agree? A transaction of its own, since its actor is policy. After a crash in between the timer does it.
        decisions.approveByPolicy(tenant, id);
    }

    private boolean isRepeated(TenantId tenant, ProjectId project, RequestId id, SliceRequestSpec spec) {
        Actor actor = access.actor();
        Optional<Boolean> same = transactions.inTenant(Job.WEB, actor, tenant, () ->
                store.find(tenant, id).map(known -> known.asksFor(project, spec, null, actor.name())));
        if (same.isPresent() && !same.get()) {
            throw new ProblemException(Problem.EXISTS_BUT_DIFFERENT, "A request with this id exists and asks for something else.");
        }
        return same.isPresent();
    }

    private Asked asked(TenantId tenant, ProjectId project, SliceRequestSpec spec) {
        SliceProfile profile = profiles.find(spec.profile()).orElseThrow(() ->
                new ProblemException(Problem.UNKNOWN_PROFILE, "There is no slice profile " + spec.profile() + ".").with("profile", spec.profile()));
        KnownTenant known = Optional.ofNullable(access.knownTenants().get(tenant)).orElseThrow(Access::notFound);
        calendar.requireUsable(profile, spec.startsAt());
        return new Asked(project, profile, Duration.ofSeconds(spec.leaseSeconds()), spec.startsAt(), ZoneId.of(known.timeZone()));
    }

    private Findings findings(TenantId tenant, Asked asked) {
        Findings findings = RequestPolicy.check(asked, tenants.policy(tenant, access.actor()), quota.of(tenant), clock.instant());
        return asked.reserved() == null ? findings : findings.and(calendar.look(tenant, access.actor(), asked));
    }

    /** Joins a transaction of the same person in the tenant. */
    void record(Considered considered, RequestId id, @Nullable Serving serving) {
        TenantId tenant = considered.tenant();
        ProjectId project = considered.asked().project();
        SliceRequestSpec spec = considered.spec();
        Actor actor = access.actor();
        Instant now = clock.instant();
        transactions.inTenant(Job.WEB, actor, tenant, () -> {
            tenants.hold(tenant, project);
            slices.named(tenant, project, spec.name()).ifPresent(live -> {
                throw nameTaken(live);
            });
            SliceRequest request = new SliceRequest(
                    tenant, project, id, spec, considered.asked().profile(), serving, considered.workspace(), considered.findings().checks(), actor.name(), now,
                    now.plus(settings.lapseAfter()));
            store.add(request);
            store.save();
            trail.record("submit", request, null);
            return true;
        });
    }

    /** Said of whatever kind it is: a workspace may have the name that an endpoint had until it was stopped. */
    private static ProblemException nameTaken(Slice live) {
        String sentence = "A live " + live.approved().what() + " of the project is called " + live.approved().name() + "; its name is free when it has ended.";
        return new ProblemException(Problem.NAME_TAKEN, sentence).with("name", live.approved().name()).with("slice", live.key().slice().toString());
    }
}
