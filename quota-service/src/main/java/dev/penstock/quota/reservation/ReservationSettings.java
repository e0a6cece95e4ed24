package dev.penstock.quota.reservation;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param latestStart how long after it was reserved a slice may become ready. Until it is, GPU time is set aside in every month that its lease
 *     could then reach
 * @param clockTolerance how far a cluster's clock may be off ours; reported time that lies further ahead, or before the reservation, is refused
 */
@ConfigurationProperties(prefix = "penstock.reservation", ignoreUnknownFields = false)
record ReservationSettings(@DefaultValue("7d") Duration latestStart, @DefaultValue("5m") Duration clockTolerance) {

    ReservationSettings {
        if (latestStart.isNegative()) {
            throw new IllegalArgumentException("penstock.reservation.latest-start is " + latestStart + ", which is before the reservation");
        }
        if (clockTolerance.isNegative()) {
            throw new IllegalArgumentException("penstock.reservation.clock-tolerance is negative: " + clockTolerance);
        }
    }
}
