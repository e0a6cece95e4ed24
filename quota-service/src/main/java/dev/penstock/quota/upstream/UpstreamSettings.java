package dev.penstock.quota.upstream;

import dev.penstock.frame.copy.Freshness;
import dev.penstock.frame.network.Network;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Servers outside of the house.
 *
 * @param allowedNetworks to which calls may be sent although they are not public, and without TLS; none: the public Internet alone, with TLS
 * @param lookUpEvery how often the name of a server is looked up
 * @param lookUpTime how long an answer is waited for
 * @param longestPinned how long its last addresses are used when it cannot be looked up
 * @param poll how often the copies are compared with the tables even if no notification arrives
 * @param fullCheck how often everything is read again and compared
 * @param longestStaleness how old a copy may be before nothing is forwarded on its word
 */
@ConfigurationProperties(prefix = "penstock.upstreams", ignoreUnknownFields = false)
record UpstreamSettings(
        @DefaultValue List<String> allowedNetworks,
        @DefaultValue("30s") Duration lookUpEvery,
        @DefaultValue("10s") Duration lookUpTime,
        @DefaultValue("10m") Duration longestPinned,
        @DefaultValue("1s") Duration poll,
        @DefaultValue("60s") Duration fullCheck,
        @DefaultValue("5m") Duration longestStaleness) {

    UpstreamSettings {
        allowedNetworks = List.copyOf(allowedNetworks);
        networks(allowedNetworks);
        Freshness.of("penstock.upstreams", poll, fullCheck, longestStaleness);
        if (!lookUpEvery.isPositive() || longestPinned.compareTo(lookUpEvery) < 0) {
            throw new IllegalArgumentException("penstock.upstreams.look-up-every: must be above 0, and penstock.upstreams.longest-pinned not less");
        }
        if (lookUpTime.toMillis() <= 0 || lookUpTime.compareTo(longestPinned) > 0) {
            throw new IllegalArgumentException("penstock.upstreams.look-up-time: must be above 0, and not more than penstock.upstreams.longest-pinned");
        }
    }

    List<Network> networks() {
        return networks(allowedNetworks);
    }

    Freshness freshness() {
        return new Freshness(poll, fullCheck, longestStaleness);
    }

    private static List<Network> networks(List<String> texts) {
        try {
            return texts.stream().map(Network::of).toList();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("penstock.upstreams.allowed-networks: " + e.getMessage(), e);
        }
    }
}
