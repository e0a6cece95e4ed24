package dev.penstock.platform.provisioning;

import dev.penstock.frame.BackgroundWork;
import dev.penstock.frame.Rhythm;
import dev.penstock.platform.catalog.CardShare;
import dev.penstock.platform.catalog.SliceProfiles;
import dev.penstock.platform.cluster.Cluster;
import dev.penstock.platform.cluster.DevicesSeen;
import dev.penstock.platform.cluster.NodeSeen;
import dev.penstock.platform.cluster.PodSeen;
import dev.penstock.platform.fleet.Fleet;
import dev.penstock.platform.fleet.GpuNode;
import dev.penstock.platform.history.FleetHistory;
import dev.penstock.platform.slice.Installation;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Looks at the nodes, on a signal and on a timer, and tells the fleet and its history. */
@Component
class FleetWatch implements BackgroundWork {

    private final Cluster cluster;
    private final Fleet fleet;
    private final SliceProfiles profiles;
    private final FleetHistory history;
    private final KueueWatch kueue;
    private final Installation installation;
    private final Clock clock;
    private final Rhythm rhythm;
    private volatile Cluster.@Nullable Watch watch;

    FleetWatch(
            Cluster cluster, Fleet fleet, FleetHistory history, SliceProfiles profiles, KueueWatch kueue, Installation installation,
            ProvisioningSettings settings, Clock clock) {
        this.cluster = cluster;
        this.fleet = fleet;
        this.history = history;
        this.profiles = profiles;
        this.kueue = kueue;
        this.installation = installation;
        this.clock = clock;
        this.rhythm = Rhythm.of("fleet", settings.nodesEvery(), this::observe);
    }

    /** From now on what the watch has seen is taken from there. */
    void follow(Cluster.Watch seeing) {
        watch = seeing;
    }

    /** A signal that a node changed. */
    void look() {
        rhythm.wake();
    }

    @Override
    public Rhythm rhythm() {
        return rhythm;
    }

    /** Looks at the nodes and at what our pods on them use: asks the cluster for everything while the watch has no picture of it. */
    void observe() {
        Instant at = clock.instant();
        Cluster.Watch seeing = watch;
        Cluster.Picture picture = Optional.ofNullable(seeing)
                .flatMap(Cluster.Watch::picture)
                .orElseGet(() -> new Cluster.Picture(cluster.nodes(), cluster.pods(installation.name())));
        Map<String, Map<String, Integer>> use = new HashMap<>();
        for (PodSeen pod : picture.pods()) {
            if (pod.node() != null && !pod.ended()) {
                Map<String, Integer> onNode = use.computeIfAbsent(pod.node(), name -> new HashMap<>());
                CardShare.read(pod.resources()).forEach((resource, count) -> onNode.merge(resource, count, Integer::sum));
            }
        }
        DevicesSeen claimable = cluster.devices();
        NodeDevices devices = NodeDevices.of(claimable.devices(), profiles.all(), installation.name());
        List<GpuNode> nodes = picture.nodes().stream().map(node -> node(node, use.getOrDefault(node.name(), Map.of()), devices, at)).toList();
        fleet.observed(nodes, claimable.missing());
        history.observed(nodes, at);
        kueue.look(picture.pods());
    }

    private GpuNode node(NodeSeen node, Map<String, Integer> inUse, NodeDevices devices, Instant at) {
        return new GpuNode(
                node.name(), node.product(), node.ready(), node.since(), node.schedulable(), node.simulated(), node.gpus(), node.sharing(), node.replicas(),
                devices.and(node.name(), CardShares.on(node, profiles.all())), devices.andUse(node.name(), inUse), at, devices.on(node.name()));
    }
}
