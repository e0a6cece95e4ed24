package dev.penstock.quota.reservation;

import dev.penstock.contract.SliceId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.ReservationSpec;
import dev.penstock.contract.quota.ReservationView;
import dev.penstock.contract.quota.ReservationsApi;
import dev.penstock.contract.quota.SliceTime;
import dev.penstock.frame.audit.Audited;
import dev.penstock.quota.access.Access;
import dev.penstock.quota.access.ServiceScope;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ReservationsController implements ReservationsApi {

    private final Access access;
    private final Reservations reservations;
    private final SliceTimes times;

    ReservationsController(Access access, Reservations reservations, SliceTimes times) {
        this.access = access;
        this.reservations = reservations;
        this.times = times;
    }

    @Override
    @Audited(action = "reservation.reserve", subject = "reservation", id = "slice")
    public ReservationView reserve(TenantId tenant, SliceId slice, ReservationSpec spec) {
        access.requireService(ServiceScope.RESERVATIONS);
        return reservations.reserve(access.actor(), tenant, slice, Terms.of(spec));
    }

    @Override
    @Audited(action = "reservation.release", subject = "reservation", id = "slice")
    public void release(TenantId tenant, SliceId slice) {
        access.requireService(ServiceScope.RESERVATIONS);
        reservations.release(access.actor(), tenant, slice);
    }

    @Override
    @Audited(action = "slice-time.record", subject = "reservation", id = "slice")
    public void recordTime(TenantId tenant, SliceId slice, int phase, SliceTime time) {
        access.requireService(ServiceScope.SLICE_TIME);
        times.record(access.actor(), tenant, slice, phase, time);
    }
}
