package dev.penstock.platform.provisioning;

import dev.penstock.platform.slice.Notices;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param every how often the queue is worked out: places, notices, and who is stopped when a notice has ended
 * @param notice how long a workspace on a borrowed part goes on once it is needed within somebody's guarantee
 * @param endpointNotice the same for a model server
 * @param afterRefusal for how long nobody is stopped for a slice that quota-service refused
 * @param reservationGrace how long after the start of a reservation its part is kept while quota is refused for it
 */
@ConfigurationProperties(prefix = "penstock.queue", ignoreUnknownFields = false)
record QueueSettings(
        @DefaultValue("2s") Duration every,
        @DefaultValue("10m") Duration notice,
        @DefaultValue("30m") Duration endpointNotice,
        @DefaultValue("1h") Duration afterRefusal,
        @DefaultValue("30m") Duration reservationGrace) {

    QueueSettings {
        if (every.isZero() || every.isNegative()) {
            throw new IllegalArgumentException("penstock.queue.every must be longer than nothing");
        }
        if (notice.isNegative() || endpointNotice.isNegative() || afterRefusal.isNegative() || reservationGrace.isNegative()) {
            throw new IllegalArgumentException("penstock.queue.notice, .endpoint-notice, .after-refusal and .reservation-grace must not be negative");
        }
    }

    Notices notices() {
        return new Notices(notice, endpointNotice, afterRefusal);
    }
}
