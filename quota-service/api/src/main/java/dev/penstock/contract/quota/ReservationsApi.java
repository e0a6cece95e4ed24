package dev.penstock.contract.quota;

import dev.penstock.contract.SliceId;
import dev.penstock.contract.TenantId;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.DeleteExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PutExchange;

/**
 * Quota for slices. Service identity with scope {@code quota.reservations} (and {@code quota.slice-time} for time). Every operation may
 * be repeated: the second time it returns the first result.
 */
@HttpExchange("/api/tenants/{tenant}/slices/{slice}")
public interface ReservationsApi {

    /**
     * Sets quota aside for a slice on every level, or for none: one slice of the profile, and its GPU time until the lease ends. A longer
     * lease for the same slice grows the reservation; a shorter or equal one leaves it. Refused with {@code limit_reached} and the rule,
     * its number, its owner and its reset; {@code wrong_state} once released.
     */
    @PutExchange("/reservation")
    ReservationView reserve(
            @PathVariable TenantId tenant, @PathVariable SliceId slice, @Valid @RequestBody ReservationSpec spec);

    /** Gives back what was set aside and not used. A slice that never was reserved is noted as released too, so that a late reserve cannot leak. */
    @DeleteExchange("/reservation")
    void release(@PathVariable TenantId tenant, @PathVariable SliceId slice);

    /** Books the difference to what was booked before for this phase; less than before books nothing. */
    @PutExchange("/time/{phase}")
    void recordTime(
            @PathVariable TenantId tenant,
            @PathVariable SliceId slice,
            @PathVariable @Positive int phase,
            @Valid @RequestBody SliceTime time);
}
