package dev.penstock.quota.writeoff;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param unheard for so long a replica must not have been heard of before it is declared gone for good. Longer than an attempt can take: by then no
 *     engine works for it any more, should it only have been cut off
 * @param lookEvery how often a replica that has read its own journal tries to take back what was written off of it, until that is done
 */
@ConfigurationProperties(prefix = "penstock.write-off", ignoreUnknownFields = false)
record WriteOffSettings(@DefaultValue("20m") Duration unheard, @DefaultValue("1s") Duration lookEvery) {

    WriteOffSettings {
        require(unheard.toSeconds() >= 1, "unheard", unheard);
        require(lookEvery.isPositive(), "look-every", lookEvery);
    }

    private static void require(boolean holds, String name, Object value) {
        if (!holds) {
            throw new IllegalArgumentException("penstock.write-off." + name + " cannot be " + value);
        }
    }
}
