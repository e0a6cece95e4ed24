package dev.penstock.quota.reservation;

import dev.penstock.contract.SliceId;
import dev.penstock.contract.quota.Meter;
import dev.penstock.quota.calendar.Period;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.springframework.stereotype.Component;

/**
 * The use of limits: opened, set aside, settled, given back. Every method works in the running transaction of the reserve job, for a tenant
 * that it has locked.
 */
@Component
class Escrow {

    private final PeriodTable periods;
    private final AllotmentTable allotments;
    private final ReservationTable reservations;
    private final SliceTimeTable times;
    private final ReservationSettings settings;
    private final Clock clock;

    Escrow(PeriodTable periods, AllotmentTable allotments, ReservationTable reservations, SliceTimeTable times, ReservationSettings settings, Clock clock) {
        this.periods = periods;
        this.allotments = allotments;
        this.reservations = reservations;
        this.times = times;
        this.settings = settings;
        this.clock = clock;
    }

    /** The most a slice can use of the rule, by period. */
    SortedMap<Period, Long> bounds(LockedTenant tenant, Rule rule, Reservation.Held held) {
        return new UpperBound(tenant.calendar(), settings.latestStart()).of(rule, held);
    }

    /**
     * Makes sure that the period is counted. The first time, it is counted from what is held and booked already: the limit may be younger
     * than the slices, may have been removed and set again, or the tenant's time zone may have moved its months.
     */
    void open(LockedTenant tenant, Rule rule, Period period) {
        if (!periods.insert(tenant.id(), rule, period)) {
            return;
        }
        Map<SliceId, Long> booked = period.equals(Period.ALWAYS) ? Map.of() : times.booked(tenant.id(), rule, period);
        long settled = booked.values().stream().mapToLong(Long::longValue).sum();
        long leased = 0;
        for (Reservation.Held held : reservations.held(tenant.id())) {
            if (rule.counts(held.terms())) {
                long used = booked.getOrDefault(held.slice(), 0L);
                long amount = Math.max(used, bounds(tenant, rule, held).getOrDefault(period, 0L));
                if (amount > 0) {
                    allotments.add(tenant.id(), held.slice(), rule, period, amount, used, clock.instant());
                    leased += amount - used;
                }
            }
        }
        periods.count(tenant.id(), rule, period, settled, leased);
    }

    /**
     * Sets all of it aside, or nothing.
     *
     * @param claims of opened periods, in {@link Claim#IN_ORDER}
     * @return the claim that did not fit; nothing was set aside then
     */
    Optional<Standing> setAside(LockedTenant tenant, List<Claim> claims) {
        List<Standing> standings = claims.stream().map(claim -> periods.lock(tenant.id(), claim)).toList();
        Optional<Standing> refused = Admission.refusedBy(standings);
        if (refused.isEmpty()) {
            for (Claim claim : claims) {
                if (!periods.setAside(tenant.id(), claim)) {
                    throw new IllegalStateException("limit " + claim.rule().id() + " moved although its tenant is locked");
                }
            }
        }
        return refused;
    }

    /** What is set aside for the slice in all, used or not. */
    long allotted(LockedTenant tenant, SliceId slice, Rule rule, Period period) {
        return allotments.open(tenant.id(), slice).stream()
                .filter(allotment -> allotment.isOf(rule, period))
                .mapToLong(AllotmentTable.Allotment::amount)
                .sum();
    }

    /** Writes down for which slice it was set aside. */
    void allot(LockedTenant tenant, SliceId slice, List<Claim> claims) {
        claims.forEach(claim -> allotments.add(tenant.id(), slice, claim.rule(), claim.period(), claim.asked(), 0, clock.instant()));
    }

    /**
     * Books time against the rule. What goes beyond the slice's share is booked too: it was used, and the limit refuses others the more.
     *
     * @return part-seconds beyond the share
     */
    long settle(LockedTenant tenant, SliceId slice, Rule rule, Period period, long used) {
        Optional<AllotmentTable.Allotment> share = allotments.open(tenant.id(), slice).stream()
                .filter(allotment -> allotment.isOf(rule, period))
                .findFirst();
        long fromShare = share.map(allotment -> Math.min(used, allotment.left())).orElse(0L);
        periods.settle(tenant.id(), rule.id(), period.start(), used, fromShare);
        share.ifPresent(allotment -> allotments.settle(tenant.id(), slice, allotment, fromShare));
        return used - fromShare;
    }

    /** Gives back what is left of every share of the slice. */
    void giveBack(LockedTenant tenant, SliceId slice) {
        for (AllotmentTable.Allotment allotment : allotments.open(tenant.id(), slice)) {
            periods.settle(tenant.id(), allotment.limit(), allotment.start(), 0, allotment.left());
            allotments.close(tenant.id(), slice, allotment);
        }
    }

    /** The period in which the rule counts at this moment. */
    Period present(LockedTenant tenant, Rule rule) {
        return rule.meter() == Meter.SLICES ? Period.ALWAYS : tenant.calendar().month(clock.instant());
    }
}
