package dev.penstock.quota.limit;

import dev.penstock.contract.LimitRequestId;
import dev.penstock.contract.Problem;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.LimitApproval;
import dev.penstock.contract.quota.LimitRequestSpec;
import dev.penstock.contract.quota.LimitRequestState;
import dev.penstock.contract.quota.LimitRequestView;
import dev.penstock.frame.audit.AuditEvent;
import dev.penstock.frame.audit.AuditLog;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.live.Changes;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.quota.access.Access;
import dev.penstock.quota.reservation.TenantLock;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/** Requests for more than a limit allows: asked, decided once, on record. One that is approved changes its limit in the same transaction. */
@Component
class Requests {

    private static final int MOST_LISTED = 200;

    private final Access access;
    private final JobTransactions transactions;
    private final TenantLock lock;
    private final RequestTable table;
    private final LimitTable limits;
    private final LimitChanges limitChanges;
    private final LimitSettings settings;
    private final AuditLog audit;
    private final Changes changes;
    private final Clock clock;

    Requests(
            Access access, JobTransactions transactions, TenantLock lock, RequestTable table, LimitTable limits, LimitChanges limitChanges, LimitSettings settings,
            AuditLog audit, Changes changes, Clock clock) {
        this.access = access;
        this.transactions = transactions;
        this.lock = lock;
        this.table = table;
        this.limits = limits;
        this.limitChanges = limitChanges;
        this.settings = settings;
        this.audit = audit;
        this.changes = changes;
        this.clock = clock;
    }

    /** @param tenant one that the caller sees, or null for all of those */
    List<LimitRequestView> list(@Nullable TenantId tenant) {
        Instant now = now();
        if (access.seesAllTenants()) {
            return transactions.acrossTenants(Job.ORG, access.actor(), () -> table.list(tenant, now, MOST_LISTED)).stream().map(seen -> view(seen, now)).toList();
        }
        Set<TenantId> tenants = tenant == null ? access.ownTenants() : Set.of(tenant);
        return tenants.stream()
                .map(own -> transactions.inTenant(Job.WEB, access.actor(), own, () -> table.list(own, now, MOST_LISTED)))
                .flatMap(Collection::stream)
                .filter(seen -> access.sees(seen.request().tenant(), seen.request().project()))
                .limit(MOST_LISTED)
                .map(seen -> view(seen, now))
                .toList();
    }

    /**
     * @throws ProblemException {@code not_found} for a limit that is not there or does not count the project, {@code invalid_input} for no more than it allows,
     *     {@code exists_but_different}, {@code wrong_state} where it allows any amount or the person waits already, {@code too_many_requests}
     */
    LimitRequestView submit(Actor asker, TenantId tenant, LimitRequestId id, LimitRequestSpec spec) {
        Instant now = now();
        try {
            return transactions.inTenant(Job.WEB, asker, tenant, () -> {
                table.lapse(tenant, now);
                Request before = table.lock(tenant, id).orElse(null);
                if (before == null) {
                    write(asker, request(asker, tenant, id, spec, now), now);
                } else if (!before.says(spec, asker.name())) {
                    throw new ProblemException(Problem.EXISTS_BUT_DIFFERENT, "Another request has this id.");
                }
                return shown(tenant, id, now);
            });
        } catch (DuplicateKeyException e) {
            throw new ProblemException(Problem.WRONG_STATE, "You have asked for more of this limit already; withdraw that first to ask for something else.");
        }
    }

    private Request request(Actor asker, TenantId tenant, LimitRequestId id, LimitRequestSpec spec, Instant now) {
        Limit limit = limits.list(tenant).stream()
                .filter(each -> each.id().equals(spec.limit()) && (each.subject().project() == null || each.subject().project().equals(spec.project())))
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "There is no such limit any more, or it does not count the project's calls."));
        BigInteger present = limit.allowance().amount();
        if (present == null) {
            throw new ProblemException(Problem.WRONG_STATE, "The limit allows any amount.");
        }
        if (spec.amount().compareTo(present) <= 0) {
            throw new ProblemException(Problem.INVALID_INPUT, "amount: the limit allows " + present + " now; ask for more.");
        }
        return new Request(
                tenant, id, limit.id(), spec.project(), limit.subject().title() + " of the " + limit.subject().level() + " " + limit.owner(), limit.subject().meter(), present,
                spec.amount(), spec.reason(), spec.call(), asker.name(), now, now.plus(settings.requestLapsesAfter()), null);
    }

    private void write(Actor asker, Request request, Instant now) {
        if (table.waiting(request.tenant(), now) >= settings.mostWaitingRequests()) {
            throw new ProblemException(Problem.TOO_MANY_REQUESTS, "Too many requests of the tenant wait for a decision.");
        }
        table.insert(request);
        record(request, "limit-request.submit", request.reason(), null, new Entry(LimitRequestState.SUBMITTED, request.title(), request.before(), request.amount()));
        tell(request, LimitRequestState.SUBMITTED);
    }

    /**
     * @throws ProblemException {@code not_found}, {@code own_request}, {@code wrong_state}, {@code changed_meanwhile} for a limit that is gone or not as the decider saw
     *     it, {@code invalid_input} for an amount that is not more than before and at most what was asked for
     */
    LimitRequestView approve(Actor decider, TenantId tenant, LimitRequestId id, LimitApproval approval) {
        Instant now = now();
        LimitRequestView approved = transactions.inTenant(Job.WEB, decider, tenant, () -> {
            // First, as whoever changes limits takes it: decisions and changes wait for each other in one order.
            lock.take(tenant);
            Request request = open(decider, tenant, id, now, before -> approval.amount().equals(before.granted()));
            if (request.decision() == null) {
                Limit limit = asSeen(request, approval.present());
                checkAmount(request, approval);
                Limit.Allowance before = limit.allowance();
                limitChanges.changed(
                        limit, new Limit.Allowance(approval.amount(), before.hard(), before.softPercent()), "Asked for by " + request.askedBy() + ": " + request.reason());
                decide(request, new Request.Decision(LimitRequestState.APPROVED, approval.amount(), decider.name(), now, approval.words()), "limit-request.approve");
            }
            return shown(tenant, id, now);
        });
        limitChanges.open(decider, tenant);
        return approved;
    }

    private Limit asSeen(Request request, BigInteger present) {
        return limits.list(request.tenant()).stream()
                .filter(limit -> limit.id().equals(request.limit()) && present.equals(limit.allowance().amount()))
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problem.CHANGED_MEANWHILE, "The limit does not allow " + present + " any more; nothing was saved."));
    }

    private static void checkAmount(Request request, LimitApproval approval) {
        if (approval.amount().compareTo(approval.present()) <= 0 || approval.amount().compareTo(request.amount()) > 0) {
            throw new ProblemException(Problem.INVALID_INPUT, "amount: more than " + approval.present() + ", and at most the " + request.amount() + " that was asked for.");
        }
    }

    /** @throws ProblemException {@code not_found}, {@code own_request}, {@code wrong_state} */
    LimitRequestView reject(Actor decider, TenantId tenant, LimitRequestId id, String words) {
        Instant now = now();
        return transactions.inTenant(Job.WEB, decider, tenant, () -> {
            Request request = open(decider, tenant, id, now, before -> before.state() == LimitRequestState.REJECTED);
            if (request.decision() == null) {
                decide(request, new Request.Decision(LimitRequestState.REJECTED, null, decider.name(), now, words), "limit-request.reject");
            }
            return shown(tenant, id, now);
        });
    }

    /** Waiting, or decided by this person just so. */
    private Request open(Actor decider, TenantId tenant, LimitRequestId id, Instant now, Predicate<Request.Decision> same) {
        Request request = table.lock(tenant, id).orElseThrow(Access::notFound);
        if (request.askedBy().equals(decider.name())) {
            throw new ProblemException(Problem.OWN_REQUEST, "Nobody decides their own request.");
        }
        Request.Decision before = request.decision();
        boolean again = before != null && before.by().equals(decider.name()) && same.test(before);
        if (!again && !request.waits(now)) {
            throw wrongState(request, now);
        }
        return request;
    }

    /** @throws ProblemException {@code not_found}, {@code not_allowed} for a request of somebody else, {@code wrong_state} */
    LimitRequestView withdraw(Actor asker, TenantId tenant, LimitRequestId id) {
        Instant now = now();
        return transactions.inTenant(Job.WEB, asker, tenant, () -> {
            Request request = table.lock(tenant, id)
                    .filter(each -> each.askedBy().equals(asker.name()) || access.sees(tenant, each.project()))
                    .orElseThrow(Access::notFound);
            if (!request.askedBy().equals(asker.name())) {
                throw new ProblemException(Problem.NOT_ALLOWED, "Whoever asked withdraws it.");
            }
            if (request.waits(now)) {
                decide(request, new Request.Decision(LimitRequestState.WITHDRAWN, null, asker.name(), now, null), "limit-request.withdraw");
            } else if (request.state(now) != LimitRequestState.WITHDRAWN) {
                throw wrongState(request, now);
            }
            return shown(tenant, id, now);
        });
    }

    private static ProblemException wrongState(Request request, Instant now) {
        return new ProblemException(Problem.WRONG_STATE, "The request is " + request.state(now).name().toLowerCase(Locale.ROOT) + ".");
    }

    private void decide(Request request, Request.Decision decision, String action) {
        table.decide(request, decision);
        record(
                request, action, decision.words(), new Entry(LimitRequestState.SUBMITTED, request.title(), request.before(), request.amount()),
                new Entry(decision.state(), request.title(), request.before(), Objects.requireNonNullElse(decision.granted(), request.amount())));
        tell(request, decision.state());
    }

    private void record(Request request, String action, @Nullable String reason, @Nullable Entry before, Entry after) {
        audit.append(new AuditEvent(action, "limit-request", request.id().toString(), request.title(), request.project(), reason, before, after));
    }

    private void tell(Request request, LimitRequestState state) {
        changes.tell("limit-request", request.tenant(), request.project(), request.id().toString(), state.name());
    }

    private LimitRequestView shown(TenantId tenant, LimitRequestId id, Instant now) {
        return view(table.find(tenant, id).orElseThrow(Access::notFound), now);
    }

    private LimitRequestView view(RequestTable.Seen seen, Instant now) {
        return seen.request().view(seen.tenantName(), seen.projectName(), seen.present(), access.actor().name(), access.setsLimits(), now);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** How the trail keeps it. */
    private record Entry(LimitRequestState state, String limit, BigInteger from, BigInteger to) {}
}
