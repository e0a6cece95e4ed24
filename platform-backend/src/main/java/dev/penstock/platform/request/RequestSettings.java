package dev.penstock.platform.request;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param lapseAfter how long a request waits for a decision
 * @param remindAfter how long a request waits until those who may decide are told again; not shorter than {@code lapseAfter}: never
 * @param timer how often is looked for requests that lapse, or that policy approved and a crash left open
 */
@ConfigurationProperties(prefix = "penstock.request", ignoreUnknownFields = false)
record RequestSettings(@DefaultValue("7d") Duration lapseAfter, @DefaultValue("2d") Duration remindAfter, @DefaultValue("30s") Duration timer) {

    RequestSettings {
        if (!lapseAfter.isPositive() || !remindAfter.isPositive() || !timer.isPositive()) {
            throw new IllegalArgumentException("penstock.request.lapse-after, penstock.request.remind-after and penstock.request.timer must be longer than nothing");
        }
    }
}
