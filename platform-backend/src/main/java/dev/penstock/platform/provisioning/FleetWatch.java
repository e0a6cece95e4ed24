package dev.penstock.platform.provisioning;

import dev.penstock.frame.BackgroundWork;
import dev.penstock.frame.Rhythm;
import dev.penstock.platform.catalog.CardShare;
import dev.penstock.platform.catalog.SliceProfiles;
import dev.penstock.platform.cluster.Cluster;
import dev.penstock.platform.cluster.ClusterFailure;
import dev.penstock.platform.cluster.DevicesSeen;
import dev.penstock.platform.cluster.NodeSeen;
import dev.penstock.platform.cluster.PodSeen;
import dev.penstock.platform.fleet.Fleet;
import dev.penstock.platform.fleet.GpuNode;
import dev.penstock.platform.history.FleetHistory;
import dev.penstock.platform.slice.Installation;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
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
    private final Map<Cluster, Cluster.Watch> watches = new ConcurrentHashMap<>();
    private final AskedAtOnce<Looked> looks = new AskedAtOnce<>();
    /** Of each cluster, so that one that does not answer is shown as it was. */
    private final Map<String, Looked> last = new ConcurrentHashMap<>();

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
    void follow(Cluster one, Cluster.Watch seeing) {
        watches.put(one, seeing);
    }

    /** A signal that a node changed. */
    void look() {
        rhythm.wake();
    }

    @Override
    public Rhythm rhythm() {
        return rhythm;
    }

    /**
     * Looks at the nodes and at what our pods on them use: asks each cluster for everything while the watch has no picture of it. One that does not answer
     * is shown as it was, out of service.
     *
     * @throws ClusterFailure if none answers
     */
    void observe() {
        Instant at = clock.instant();
        Map<String, Looked> answered = looks.ask(cluster.each().stream().collect(Collectors.toMap(Cluster::name, one -> () -> look(one, at))));
        last.putAll(answered);
        List<GpuNode> nodes = new ArrayList<>();
        for (Map.Entry<String, Looked> known : last.entrySet()) {
            boolean answers = answered.containsKey(known.getKey());
            known.getValue().nodes().forEach(node -> nodes.add(answers ? node : node.unanswered()));
        }
        String noClaims = last.values().stream().allMatch(looked -> looked.noClaims() != null) ? last.values().iterator().next().noClaims() : null;
        fleet.observed(nodes, noClaims, answered.keySet());
        Set<String> silent = cluster.each().stream().map(Cluster::name).filter(name -> !answered.containsKey(name)).collect(Collectors.toSet());
        history.observed(nodes, silent, at);
        Looked first = answered.get("");
        if (first != null) {
            kueue.look(first.pods());
        }
    }

    /** @param noClaims why its devices cannot be claimed, in a sentence for people; null: they can be */
    private record Looked(List<GpuNode> nodes, @Nullable String noClaims, List<PodSeen> pods) {}

    private Looked look(Cluster one, Instant at) {
        Cluster.Picture picture = Optional.ofNullable(watches.get(one))
                .flatMap(Cluster.Watch::picture)
                .orElseGet(() -> new Cluster.Picture(one.nodes(), one.pods(installation.name())));
        Map<String, Map<String, Integer>> use = new HashMap<>();
        for (PodSeen pod : picture.pods()) {
            if (pod.node() != null && !pod.ended()) {
                Map<String, Integer> onNode = use.computeIfAbsent(pod.node(), name -> new HashMap<>());
                CardShare.read(pod.resources()).forEach((resource, count) -> onNode.merge(resource, count, Integer::sum));
            }
        }
        DevicesSeen claimable = one.devices();
        NodeDevices devices = NodeDevices.of(claimable.devices(), profiles.all(), installation.name());
        return new Looked(
                picture.nodes().stream().map(node -> node(node, offered(one, node), use.getOrDefault(node.name(), Map.of()), devices, at)).toList(), claimable.missing(),
                picture.pods());
    }

    /** A device plugin's count is one; what HAMi hands out is what others leave of it. */
    private Map<String, Integer> offered(Cluster one, NodeSeen node) {
        return CardShares.on(node, node.cards().isEmpty() ? List.of() : one.cardUse(node.name()), installation.name(), profiles.all());
    }

    private GpuNode node(NodeSeen node, Map<String, Integer> offered, Map<String, Integer> inUse, NodeDevices devices, Instant at) {
        return new GpuNode(
                node.name(), node.product(), node.ready(), node.since(), node.schedulable(), node.simulated(), node.gpus(), node.sharing(), node.replicas(),
                devices.and(node.name(), offered), devices.andUse(node.name(), inUse), at, devices.on(node.name()));
    }
}
