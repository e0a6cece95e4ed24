package dev.penstock.quota.reservation;

import dev.penstock.contract.Problem;
import dev.penstock.contract.SliceId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.SliceTime;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.live.Changes;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.quota.access.Access;
import dev.penstock.quota.ledger.Account;
import dev.penstock.quota.ledger.Entry;
import dev.penstock.quota.ledger.Ledger;
import dev.penstock.quota.ledger.Transfer;
import dev.penstock.quota.ledger.Unit;
import dev.penstock.quota.rating.PriceBooks;
import dev.penstock.quota.rating.SlicePrice;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Books the time that slices were ready. A report says how long a phase has been ready in all; the difference to the last report is booked,
 * so a report may be repeated, come late or get lost. Booked rows are the record of it; the audit trail tells who reserved and released.
 */
@Component
class SliceTimes {

    private final JobTransactions transactions;
    private final TenantLock lock;
    private final ReservationTable reservations;
    private final SliceTimeTable times;
    private final RuleTable rules;
    private final Escrow escrow;
    private final PriceBooks prices;
    private final Ledger ledger;
    private final ReservationSettings settings;
    private final Changes changes;
    private final ReservationMetrics metrics;
    private final Clock clock;

    SliceTimes(
            JobTransactions transactions, TenantLock lock, ReservationTable reservations, SliceTimeTable times, RuleTable rules, Escrow escrow,
            PriceBooks prices, Ledger ledger, ReservationSettings settings, Changes changes, ReservationMetrics metrics, Clock clock) {
        this.transactions = transactions;
        this.lock = lock;
        this.reservations = reservations;
        this.times = times;
        this.rules = rules;
        this.escrow = escrow;
        this.prices = prices;
        this.ledger = ledger;
        this.settings = settings;
        this.changes = changes;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * @throws ProblemException {@code not_found} for a slice that was never reserved, {@code wrong_state} for one released before it was,
     *     {@code exists_but_different} if the phase was reported with another start, {@code invalid_input} for time that cannot have passed
     */
    void record(Actor actor, TenantId tenantId, SliceId slice, int phase, SliceTime reported) {
        transactions.inTenant(Job.RESERVE, actor, tenantId, () -> {
            // 1. Nobody else books for this tenant meanwhile.
            LockedTenant tenant = lock.takeRegistered(tenantId).orElseThrow(Access::notFound);
            // 2. For what?
            Booking booking = booking(tenantId, slice);
            // 3. Can it be? Conditions on a cluster are in whole seconds; so is every turn of a month.
            Instant startedAt = reported.startedAt().truncatedTo(ChronoUnit.SECONDS);
            requirePlausible(booking, startedAt, reported.seconds());
            // 4. What of it is new?
            SliceTimeTable.Recorded before = times.find(tenantId, slice, phase);
            if (before != null && !before.startedAt().equals(startedAt)) {
                throw new ProblemException(Problem.EXISTS_BUT_DIFFERENT, "Phase " + phase + " was reported to have begun at " + before.startedAt() + ".");
            }
            if (before != null && reported.seconds() <= before.seconds()) {
                return true;
            }
            // 5. Cut at the turns of months and prices, and book.
            long from = before == null ? 0 : before.seconds();
            List<Instant> changes = prices.changes(startedAt.plusSeconds(from).minusSeconds(1), startedAt.plusSeconds(reported.seconds()));
            List<Stretch> stretches = Stretch.cut(tenant.calendar(), changes, startedAt, from, reported.seconds());
            book(tenant, slice, phase, booking.terms(), startedAt, stretches, reported.seconds());
            return true;
        });
    }

    private void book(LockedTenant tenant, SliceId slice, int phase, Terms terms, Instant startedAt, List<Stretch> stretches, long seconds) {
        List<Rule> counting = rules.counting(tenant.id(), terms).stream().filter(rule -> rule.meter() == Meter.GPU_TIME).toList();
        // Opened before the rows are written: opening counts the rows that are there.
        stretches.forEach(stretch -> counting.forEach(rule -> escrow.open(tenant, rule, stretch.month())));
        times.record(tenant.id(), slice, phase, new SliceTimeTable.Recorded(startedAt, seconds));
        for (Stretch stretch : stretches) {
            SlicePrice price = prices.slice(terms.profile(), stretch.startsAt());
            times.book(tenant.id(), slice, phase, terms, stretch, price, clock.instant());
            ledger.book(tenant.id(), List.of(entry(slice, phase, terms, stretch, price)));
            long used = Math.multiplyExact(stretch.seconds(), terms.parts());
            metrics.booked(used);
            for (Rule rule : counting) {
                metrics.beyond(rule.level(), escrow.settle(tenant, slice, rule, stretch.month(), used));
            }
        }
        if (!stretches.isEmpty()) {
            counting.forEach(rule -> changes.tell("limit", tenant.id(), rule.project(), rule.id().toString(), null));
        }
    }

    private static Entry entry(SliceId slice, int phase, Terms terms, Stretch stretch, SlicePrice price) {
        Transfer owed = new Transfer(
                new Account.Caller(terms.project()), new Account.Revenue(), stretch.startsAt(), Unit.money(price.currency()), price.cost(stretch.seconds()));
        return new Entry.SliceTime(slice, phase, stretch.fromSecond(), List.of(owed));
    }

    /** Time used before a release may be reported after it. */
    private Booking booking(TenantId tenant, SliceId slice) {
        return switch (reservations.find(tenant, slice)) {
            case null -> throw Access.notFound();
            case Reservation.Held held -> new Booking(held.terms(), held.reservedAt());
            case Reservation.Released released -> {
                Terms terms = released.terms();
                if (terms == null) {
                    throw new ProblemException(Problem.WRONG_STATE, "The slice was released before it was reserved; it used no time.");
                }
                yield new Booking(terms, released.reservedAt());
            }
        };
    }

    private void requirePlausible(Booking booking, Instant startedAt, long seconds) {
        Instant latest = clock.instant().plus(settings.clockTolerance());
        if (startedAt.isBefore(booking.reservedAt().minus(settings.clockTolerance())) || startedAt.isAfter(latest)) {
            throw new ProblemException(Problem.INVALID_INPUT, "startedAt: the slice was reserved at " + booking.reservedAt() + " and cannot have been ready at " + startedAt + ".");
        }
        if (seconds > Duration.between(startedAt, latest).toSeconds()) {
            throw new ProblemException(Problem.INVALID_INPUT, "seconds: " + seconds + " have not passed since " + startedAt + ".");
        }
    }

    private record Booking(Terms terms, Instant reservedAt) {}
}
