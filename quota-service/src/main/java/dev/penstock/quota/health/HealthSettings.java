package dev.penstock.quota.health;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param tellEvery how often each replica says how it stands
 * @param sampleEvery how often invariants are asked of what happened lately, by one replica at a time
 * @param recent how far that goes back
 * @param allEvery how often they are asked of everything that is kept
 * @param longest after which one question is given up
 * @param mostLost tokens that the engine of one endpoint may produce in a day (UTC) and nobody pays; more is an alarm
 */
@ConfigurationProperties(prefix = "penstock.health", ignoreUnknownFields = false)
record HealthSettings(
        @DefaultValue("5s") Duration tellEvery,
        @DefaultValue("5m") Duration sampleEvery,
        @DefaultValue("2h") Duration recent,
        @DefaultValue("1d") Duration allEvery,
        @DefaultValue("5m") Duration longest,
        @DefaultValue("1000000") long mostLost) {

    HealthSettings {
        require(tellEvery.isPositive(), "tell-every", tellEvery);
        require(sampleEvery.isPositive(), "sample-every", sampleEvery);
        require(recent.compareTo(sampleEvery) >= 0, "recent", recent);
        require(allEvery.compareTo(sampleEvery) >= 0, "all-every", allEvery);
        require(longest.isPositive(), "longest", longest);
        require(mostLost >= 0, "most-lost", mostLost);
    }

    private static void require(boolean holds, String name, Object value) {
        if (!holds) {
            throw new IllegalArgumentException("penstock.health." + name + " cannot be " + value);
        }
    }
}
