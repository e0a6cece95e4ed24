package dev.penstock.platform.provisioning;

import dev.penstock.frame.BackgroundWork;
import dev.penstock.frame.Rhythm;
import dev.penstock.platform.cluster.Cluster;
import dev.penstock.platform.cluster.NodeSeen;
import dev.penstock.platform.cluster.PodSeen;
import dev.penstock.platform.fleet.Fleet;
import dev.penstock.platform.fleet.GpuNode;
import dev.penstock.platform.slice.Installation;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Looks at the nodes, on a signal and on a timer, and tells the fleet. */
@Component
class FleetWatch implements BackgroundWork {

    private final Cluster cluster;
    private final Fleet fleet;
    private final Installation installation;
    private final Clock clock;
    private final Rhythm rhythm;

    FleetWatch(Cluster cluster, Fleet fleet, Installation installation, ProvisioningSettings settings, Clock clock) {
        this.cluster = cluster;
        this.fleet = fleet;
        this.installation = installation;
        this.clock = clock;
        this.rhythm = Rhythm.of("fleet", settings.nodesEvery(), this::observe);
    }

    /** A signal that a node changed. */
    void look() {
        rhythm.wake();
    }

    @Override
    public Rhythm rhythm() {
        return rhythm;
    }

    /** Asks the cluster for nodes and for what our pods on them use. */
    void observe() {
        Instant at = clock.instant();
        Map<String, Map<String, Integer>> use = new HashMap<>();
        for (PodSeen pod : cluster.pods(installation.name())) {
            if (pod.node() != null && !pod.ended()) {
                Map<String, Integer> onNode = use.computeIfAbsent(pod.node(), name -> new HashMap<>());
                pod.resources().forEach((resource, count) -> onNode.merge(resource, count, Integer::sum));
            }
        }
        List<NodeSeen> nodes = cluster.nodes();
        fleet.observed(nodes.stream().map(node -> node(node, use.getOrDefault(node.name(), Map.of()), at)).toList());
    }

    private static GpuNode node(NodeSeen node, Map<String, Integer> inUse, Instant at) {
        return new GpuNode(
                node.name(), node.product(), node.ready(), node.since(), node.schedulable(), node.simulated(), node.gpus(), node.allocatable(), inUse, at);
    }
}
