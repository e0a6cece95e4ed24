package dev.penstock.platform.provisioning;

import dev.penstock.contract.platform.Within;
import dev.penstock.platform.cluster.Cluster;
import dev.penstock.platform.cluster.ClusterFailure;
import dev.penstock.platform.fleet.Fleet;
import org.springframework.stereotype.Component;

/**
 * Whether a cluster answers, as far as the last look at the fleet found out. One that accepts connections and never answers holds whoever asks it until that
 * times out: slices and nodes there would hold the workers from those of clusters that do answer. So nobody asks it but the look at the fleet.
 */
@Component
class Answering {

    private final Cluster cluster;
    private final Fleet fleet;

    Answering(Cluster cluster, Fleet fleet) {
        this.cluster = cluster;
        this.fleet = fleet;
    }

    /**
     * Asks nothing of it.
     *
     * @throws ClusterFailure {@code UNAVAILABLE} if it did not answer while others did, or is not configured
     */
    void mustAnswer(String nodeOrNamespace) {
        String name = cluster.with(nodeOrNamespace).name();
        if (fleet.isSilent(name)) {
            throw new ClusterFailure(ClusterFailure.Kind.UNAVAILABLE, (name.isEmpty() ? "The first cluster" : "The cluster " + name) + " does not answer.");
        }
    }
}
