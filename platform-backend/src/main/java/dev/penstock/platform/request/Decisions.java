package dev.penstock.platform.request;

import dev.penstock.contract.Problem;
import dev.penstock.contract.RequestId;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.platform.access.Access;
import dev.penstock.platform.catalog.SliceProfile;
import dev.penstock.platform.catalog.SliceProfiles;
import dev.penstock.platform.fleet.Fleet;
import dev.penstock.platform.fleet.Kueue;
import dev.penstock.platform.image.Images;
import dev.penstock.platform.slice.QueueSlice;
import dev.penstock.platform.slice.Reserved;
import dev.penstock.platform.slice.ReservedRoom;
import dev.penstock.platform.slice.Slices;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/**
 * What ends a request. Each verb locks it, so of two people at once the second sees what the first did. Approving and queueing the slice
 * are one transaction: there is no approved request without its slice.
 */
@Component
class Decisions {

    /** Who approves what needs nobody's consent. */
    static final Actor POLICY = Actor.system("policy");
    private static final Actor TIMER = Actor.system("request-timer");

    private final JobTransactions transactions;
    private final RequestStore store;
    private final RequestTrail trail;
    private final Access access;
    private final Deciders deciders;
    private final SliceProfiles profiles;
    private final Slices slices;
    private final Images images;
    private final ReservedRoom reserved;
    private final Fleet fleet;
    private final Kueue kueue;
    private final Clock clock;

    Decisions(
            JobTransactions transactions,
            RequestStore store,
            RequestTrail trail,
            Access access,
            Deciders deciders,
            SliceProfiles profiles,
            Slices slices,
            Images images,
            ReservedRoom reserved,
            Fleet fleet,
            Kueue kueue,
            Clock clock) {
        this.transactions = transactions;
        this.store = store;
        this.trail = trail;
        this.access = access;
        this.deciders = deciders;
        this.profiles = profiles;
        this.slices = slices;
        this.images = images;
        this.reserved = reserved;
        this.fleet = fleet;
        this.kueue = kueue;
        this.clock = clock;
    }

    void approve(TenantId tenant, RequestId id, @Nullable String reason) {
        Actor actor = access.actor();
        decide(Job.WEB, actor, tenant, id, "approve", request -> approve(request, deciders.require(request), reason));
    }

    void reject(TenantId tenant, RequestId id, @Nullable String reason) {
        Actor actor = access.actor();
        decide(Job.WEB, actor, tenant, id, "reject", request -> request.reject(deciders.require(request), reason, clock.instant()));
    }

    void withdraw(TenantId tenant, RequestId id) {
        Actor actor = access.actor();
        decide(Job.WEB, actor, tenant, id, "withdraw", request -> {
            access.requireSees(tenant, request.project());
            if (!request.requestedBy().equals(actor.name())) {
                throw new ProblemException(Problem.NOT_ALLOWED, "Only who asked may withdraw it.");
            }
            return request.withdraw(clock.instant());
        });
    }

    /** Approves what passed every check. Does nothing to any other request, so it may be called again after a crash. */
    void approveByPolicy(TenantId tenant, RequestId id) {
        decide(Job.WEB, POLICY, tenant, id, "approve", request ->
                request.open() && request.passedEveryCheck() && approve(request, Decider.POLICY, null));
    }

    /** Tells those who may decide again. */
    void remind(TenantId tenant, RequestId id) {
        decide(Job.RECONCILE, TIMER, tenant, id, "remind", request -> request.remind(clock.instant()));
    }

    void lapse(TenantId tenant, RequestId id) {
        decide(Job.RECONCILE, TIMER, tenant, id, "lapse", request -> request.lapse(clock.instant()));
    }

    /** For what is not wanted any more, in the running transaction of whoever wanted it. Does nothing to a request that is decided. */
    void withdrawUnwanted(TenantId tenant, RequestId id) {
        store.lock(tenant, id).filter(SliceRequest::open).ifPresent(request -> {
            RequestFacts before = RequestFacts.of(request);
            request.withdraw(clock.instant());
            store.save();
            trail.record("withdraw", request, before);
        });
    }

    private void reserve(SliceProfile profile, Reserved time) {
        kueue.requirePromisable(profile);
        reserved.require(profile, fleet.offer(profiles.all()).orElseThrow(() -> new ProblemException(
                Problem.CLUSTER_UNAVAILABLE, "The cluster has not answered yet, so nobody knows what can be reserved.")), time);
    }

    private boolean approve(SliceRequest request, Decider by, @Nullable String reason) {
        if (!request.approve(by, reason, clock.instant())) {
            return false;
        }
        SliceProfile profile = profiles.find(request.profile())
                .orElseThrow(() -> new ProblemException(Problem.UNKNOWN_PROFILE, "The profile " + request.profile() + " is no longer offered."));
        images.requireOffered(request.workspace());
        Instant startsAt = request.startsAt();
        if (startsAt != null) {
            reserve(profile, new Reserved(startsAt, startsAt.plus(request.lease())));
        }
        try {
            slices.queue(new QueueSlice(
                    request.tenant(), request.slice(), request.project(), request.id(), request.name(), profile, request.lease(), request.requestedBy(),
                    request.serving(), request.workspace(), startsAt));
        } catch (DuplicateKeyException e) {
            throw new ProblemException(Problem.NAME_TAKEN, "A live slice of the project is called " + request.name() + " by now.", e);
        }
        return true;
    }

    /** @param verb returns whether it changed anything */
    private void decide(Job job, Actor actor, TenantId tenant, RequestId id, String word, Predicate<SliceRequest> verb) {
        transactions.inTenant(job, actor, tenant, () -> {
            SliceRequest request = store.lock(tenant, id).orElseThrow(Access::notFound);
            RequestFacts before = RequestFacts.of(request);
            if (verb.test(request)) {
                store.save();
                trail.record(word, request, before);
            }
            return true;
        });
    }
}
