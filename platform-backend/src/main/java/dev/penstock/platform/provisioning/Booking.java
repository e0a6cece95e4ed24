package dev.penstock.platform.provisioning;

import dev.penstock.contract.quota.ReservationSpec;
import dev.penstock.contract.quota.ReservationsApi;
import dev.penstock.contract.quota.SliceTime;
import dev.penstock.platform.slice.Approved;
import dev.penstock.platform.slice.PhaseTime;
import dev.penstock.platform.slice.SliceTimes;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** What quota-service is told of a slice. Every call may be repeated, and throws its problem. */
@Component
class Booking {

    private final ReservationsApi reservations;
    private final SliceTimes times;
    private final Clock clock;

    Booking(ReservationsApi reservations, SliceTimes times, Clock clock) {
        this.reservations = reservations;
        this.times = times;
        this.clock = clock;
    }

    void reserve(Work work) {
        work.outside(Step.RESERVE_QUOTA);
        Approved approved = work.slice().approved();
        long lease = work.slice().onCalendar(work.slice().standing().lease(), clock.instant()).toSeconds();
        reservations.reserve(work.key().tenant(), work.key().slice(), new ReservationSpec(approved.project(), approved.profile(), approved.parts(), lease));
    }

    /** Books every second that is not confirmed yet, also of phases that are over. */
    void book(Work work) {
        for (PhaseTime time : times.unbooked(work.key())) {
            work.outside(Step.BOOK_TIME);
            reservations.recordTime(work.key().tenant(), work.key().slice(), time.phase(), new SliceTime(time.startedAt(), time.seconds()));
            times.booked(work.key(), time);
        }
    }

    void release(Work work) {
        work.outside(Step.RELEASE_QUOTA);
        reservations.release(work.key().tenant(), work.key().slice());
    }
}
