package dev.penstock.quota.reservation;

import dev.penstock.contract.GpuTime;
import dev.penstock.contract.Problem;
import dev.penstock.contract.SliceId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.ReservationView;
import dev.penstock.frame.audit.AuditEvent;
import dev.penstock.frame.audit.AuditLog;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.live.Changes;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.quota.access.Access;
import dev.penstock.quota.calendar.Period;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reserves and releases, each in one transaction in which nobody else moves the tenant's limits. */
@Component
class Reservations {

    private final JobTransactions transactions;
    private final TenantLock lock;
    private final ReservationTable table;
    private final RuleTable rules;
    private final Escrow escrow;
    private final AuditLog audit;
    private final Changes changes;
    private final ReservationMetrics metrics;
    private final Clock clock;

    Reservations(
            JobTransactions transactions, TenantLock lock, ReservationTable table, RuleTable rules, Escrow escrow,
            AuditLog audit, Changes changes, ReservationMetrics metrics, Clock clock) {
        this.transactions = transactions;
        this.lock = lock;
        this.table = table;
        this.rules = rules;
        this.escrow = escrow;
        this.audit = audit;
        this.changes = changes;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * @throws ProblemException {@code not_found} for a tenant or project that is not registered, {@code limit_reached},
     *     {@code exists_but_different}, or {@code wrong_state} once released
     */
    ReservationView reserve(Actor actor, TenantId tenantId, SliceId slice, Terms asked) {
        return transactions.inTenant(Job.RESERVE, actor, tenantId, () -> {
            LockedTenant tenant = lock.takeRegistered(tenantId).orElseThrow(Access::notFound);
            return view(switch (table.find(tenantId, slice)) {
                case null -> first(tenant, slice, asked);
                case Reservation.Held held -> again(tenant, held, asked);
                case Reservation.Released released -> throw released(released);
            });
        });
    }

    /** @throws ProblemException {@code not_found} for a tenant that is not registered */
    void release(Actor actor, TenantId tenantId, SliceId slice) {
        transactions.inTenant(Job.RESERVE, actor, tenantId, () -> {
            LockedTenant tenant = lock.takeRegistered(tenantId).orElseThrow(Access::notFound);
            switch (table.find(tenantId, slice)) {
                case null -> {
                    table.release(tenantId, slice, clock.instant());
                    record("reservation.release", slice, null, null, null);
                }
                case Reservation.Held held -> {
                    escrow.giveBack(tenant, slice);
                    table.release(tenantId, slice, clock.instant());
                    record("reservation.release", slice, held.terms(), held.terms(), null);
                    tell(tenant, rules.counting(tenantId, held.terms()));
                    metrics.released();
                }
                case Reservation.Released released -> metrics.repeated();
            }
            return true;
        });
    }

    private Reservation.Held first(LockedTenant tenant, SliceId slice, Terms asked) {
        if (!table.projectIsRegistered(tenant.id(), asked.project())) {
            throw Access.notFound();
        }
        Reservation.Held held = new Reservation.Held(slice, asked, clock.instant().truncatedTo(ChronoUnit.SECONDS), null, 0);
        List<Claim> claims = setAside(tenant, held);
        table.insert(tenant.id(), held);
        escrow.allot(tenant, slice, claims);
        record("reservation.reserve", slice, asked, null, asked);
        metrics.reserved();
        return held;
    }

    private Reservation.Held again(LockedTenant tenant, Reservation.Held held, Terms asked) {
        if (!held.terms().sameSlice(asked)) {
            throw new ProblemException(Problem.EXISTS_BUT_DIFFERENT, "The slice is reserved for another project, profile or number of parts.");
        }
        if (asked.leaseSeconds() <= held.terms().leaseSeconds()) {
            metrics.repeated();
            return held;
        }
        Reservation.Held longer = held.forLonger(asked.leaseSeconds());
        List<Claim> claims = setAside(tenant, longer);
        table.lengthen(tenant.id(), held.slice(), asked.leaseSeconds());
        escrow.allot(tenant, held.slice(), claims);
        record("reservation.grow", held.slice(), asked, held.terms(), asked);
        metrics.grown();
        return longer;
    }

    /** The main path: which limits count, what is asked of each, is there room in all of them. */
    private List<Claim> setAside(LockedTenant tenant, Reservation.Held held) {
        Terms terms = held.terms();
        List<Rule> counting = rules.counting(tenant.id(), terms);
        Admission.notLimited(counting).ifPresent(meter -> {
            metrics.refused(meter, Rule.Level.TENANT);
            throw LimitReached.notSet(tenant.name(), meter, terms);
        });
        List<Claim> claims = claims(tenant, held, counting);
        Optional<Standing> refused = escrow.setAside(tenant, claims);
        refused.ifPresent(standing -> {
            metrics.refused(standing.claim().rule().meter(), standing.claim().rule().level());
            throw LimitReached.by(standing);
        });
        tell(tenant, counting);
        return claims;
    }

    /** Of each limit what is not set aside for the slice yet. Months that are over ask for nothing: what was used in them is booked anyway. */
    private List<Claim> claims(LockedTenant tenant, Reservation.Held held, List<Rule> counting) {
        List<Claim> claims = new ArrayList<>();
        for (Rule rule : counting) {
            for (Map.Entry<Period, Long> bound : escrow.bounds(tenant, rule, held).entrySet()) {
                Period period = bound.getKey();
                if (period.end().isAfter(clock.instant())) {
                    escrow.open(tenant, rule, period);
                    long more = bound.getValue() - escrow.allotted(tenant, held.slice(), rule, period);
                    if (more > 0) {
                        claims.add(new Claim(rule, period, more));
                    }
                }
            }
        }
        return claims.stream().sorted(Claim.IN_ORDER).toList();
    }

    private static ProblemException released(Reservation.Released released) {
        return new ProblemException(Problem.WRONG_STATE, released.terms() == null
                ? "The slice was released before it was reserved."
                : "The reservation was released; its slice cannot be reserved again.");
    }

    private void record(String action, SliceId slice, @Nullable Terms terms, @Nullable Terms before, @Nullable Terms after) {
        audit.append(new AuditEvent(
                action, "reservation", slice.toString(), terms == null ? null : terms.profile(), terms == null ? null : terms.project(), null, before, after));
    }

    private void tell(LockedTenant tenant, List<Rule> moved) {
        moved.forEach(rule -> changes.tell("limit", tenant.id(), rule.project(), rule.id().toString(), null));
    }

    private static ReservationView view(Reservation.Held held) {
        Terms terms = held.terms();
        return new ReservationView(
                held.slice(), terms.project(), terms.profile(), terms.parts(), terms.leaseSeconds(), false,
                new GpuTime(terms.partSeconds()), new GpuTime(held.booked()));
    }
}
