package dev.penstock.platform.idleness;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param prometheus where DCGM's metrics are asked for, by Prometheus's HTTP API; null: nowhere, so nobody is ever called idle
 * @param tokenFile holds a bearer token for it, read each time it is asked; null: it asks for none
 * @param timeout how long an answer may take
 * @param busyAbove the share of time that a GPU works above which it is active
 * @param lookEvery how often is looked
 * @param window how far back each look reaches; what lies between two looks that are further apart is not known
 * @param warnAfter how long without activity it takes until the team is warned
 * @param suspendAfter how long without activity it takes until a workspace is suspended; its team is warned that much earlier
 * @param reclaimAfter how long one that was suspended waits to be resumed before it is released; null: until its lease ends
 */
@ConfigurationProperties(prefix = "penstock.idleness", ignoreUnknownFields = false)
record IdlenessSettings(
        @Nullable URI prometheus,
        @Nullable Path tokenFile,
        @DefaultValue("10s") Duration timeout,
        @DefaultValue("0.01") double busyAbove,
        @DefaultValue("3m") Duration lookEvery,
        @DefaultValue("10m") Duration window,
        @DefaultValue("2h") Duration warnAfter,
        @DefaultValue("4h") Duration suspendAfter,
        @Nullable Duration reclaimAfter) {

    IdlenessSettings {
        if (prometheus != null && (prometheus.getHost() == null || !String.valueOf(prometheus.getScheme()).matches("https?"))) {
            throw new IllegalArgumentException("penstock.idleness.prometheus must be an address that begins with http:// or https://: " + prometheus);
        }
        if (!timeout.isPositive() || !lookEvery.isPositive() || !warnAfter.isPositive() || (reclaimAfter != null && !reclaimAfter.isPositive())) {
            throw new IllegalArgumentException("penstock.idleness: timeout, look-every, warn-after and reclaim-after must be longer than nothing");
        }
        if (busyAbove < 0 || busyAbove >= 1) {
            throw new IllegalArgumentException("penstock.idleness.busy-above must be a share from 0 up to less than 1: " + busyAbove);
        }
        if (window.toMillis() < 1_000 || window.toMillisPart() != 0) {
            throw new IllegalArgumentException("penstock.idleness.window must be whole seconds, and at least one: Prometheus is asked for so many: " + window);
        }
        if (window.compareTo(lookEvery.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException("penstock.idleness.window must be at least twice look-every, or a look that fails would begin every count anew");
        }
        if (suspendAfter.compareTo(warnAfter) <= 0) {
            throw new IllegalArgumentException("penstock.idleness.suspend-after must be longer than warn-after: nobody is suspended without a warning");
        }
    }

    /** How long a warning is ahead of what it warns of, at the least. */
    Duration notice() {
        return suspendAfter.minus(warnAfter);
    }
}
