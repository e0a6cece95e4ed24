package dev.penstock.platform.fleet;

import java.util.List;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param clusterQueue the ClusterQueue by which Kueue hands out parts; empty: ours does
 * @param resources of which Kueue hands out parts, such as {@code nvidia.com/gpu}; none: of all that nodes count
 */
@ConfigurationProperties(prefix = "penstock.kueue", ignoreUnknownFields = false)
record KueueSettings(@DefaultValue("") String clusterQueue, @DefaultValue({}) List<String> resources) {

    /** It becomes the value of a label. */
    private static final Pattern NAME = Pattern.compile("|[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    KueueSettings {
        resources = List.copyOf(resources);
        if (!NAME.matcher(clusterQueue).matches()) {
            throw new IllegalArgumentException("penstock.kueue.cluster-queue is a name of at most 63 small letters, digits and hyphens: " + clusterQueue);
        }
        if (clusterQueue.isEmpty() && !resources.isEmpty()) {
            throw new IllegalArgumentException("penstock.kueue.resources says what penstock.kueue.cluster-queue hands out, which is not set");
        }
    }
}
