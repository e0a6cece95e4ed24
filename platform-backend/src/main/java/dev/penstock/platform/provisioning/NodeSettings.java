package dev.penstock.platform.provisioning;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param ordersEvery how often orders under way are looked at when no signal comes
 * @param configSettles how long a changed ConfigMap takes at most until the MIG manager's file has it: the kubelet brings mounted ones up to date every minute or so
 * @param cutWithin how long the MIG manager may take before it counts as failed; it may reboot the node
 */
@ConfigurationProperties(prefix = "penstock.nodes", ignoreUnknownFields = false)
record NodeSettings(@DefaultValue("2s") Duration ordersEvery, @DefaultValue("90s") Duration configSettles, @DefaultValue("30m") Duration cutWithin) {

    NodeSettings {
        if (!ordersEvery.isPositive() || configSettles.isNegative() || !cutWithin.isPositive()) {
            throw new IllegalArgumentException("penstock.nodes.orders-every and .cut-within are longer than nothing, .config-settles is not negative");
        }
    }
}
