package dev.penstock.platform.cluster.kubernetes;

import dev.penstock.contract.platform.Within;
import dev.penstock.platform.cluster.CardUse;
import dev.penstock.platform.cluster.Cluster;
import dev.penstock.platform.cluster.ClusterFailure;
import dev.penstock.platform.cluster.DevicesSeen;
import dev.penstock.platform.cluster.EventSeen;
import dev.penstock.platform.cluster.KueueSeen;
import dev.penstock.platform.cluster.Manifest;
import dev.penstock.platform.cluster.MigConfig;
import dev.penstock.platform.cluster.NamespaceSeen;
import dev.penstock.platform.cluster.NodeSeen;
import dev.penstock.platform.cluster.ObjectSeen;
import dev.penstock.platform.cluster.PodSeen;
import dev.penstock.platform.cluster.WorkloadSeen;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Several clusters as one: each question goes to the cluster that the name in it says. */
final class SeveralClusters implements Cluster {

    private final Map<String, Cluster> byName;

    SeveralClusters(List<Cluster> clusters) {
        this.byName = clusters.stream().collect(Collectors.toUnmodifiableMap(Cluster::name, Function.identity()));
    }

    @Override
    public List<Cluster> each() {
        return List.copyOf(byName.values());
    }

    @Override
    public Cluster with(String nodeOrNamespace) {
        String name = Within.of(nodeOrNamespace).cluster();
        Cluster found = byName.get(name);
        if (found == null) {
            throw new ClusterFailure(ClusterFailure.Kind.UNAVAILABLE, "The cluster " + name + " is not configured; what is there waits until it is again.");
        }
        return found;
    }

    @Override
    public boolean apply(Manifest manifest) {
        return with(Objects.requireNonNullElse(manifest.namespace(), manifest.name())).apply(manifest);
    }

    @Override
    public Optional<NamespaceSeen> namespace(String name) {
        return with(name).namespace(name);
    }

    @Override
    public List<NamespaceSeen> namespaces(String installation) {
        return all(cluster -> cluster.namespaces(installation));
    }

    @Override
    public List<PodSeen> podsOfSlice(String namespace, String slice) {
        return with(namespace).podsOfSlice(namespace, slice);
    }

    @Override
    public Optional<PodSeen> pod(String namespace, String name) {
        return with(namespace).pod(namespace, name);
    }

    @Override
    public List<PodSeen> pods(String installation) {
        return all(cluster -> cluster.pods(installation));
    }

    @Override
    public void delete(PodSeen pod, Deletion how) {
        with(pod.namespace()).delete(pod, how);
    }

    @Override
    public List<ObjectSeen> objectsOfSlice(String namespace, String slice) {
        return with(namespace).objectsOfSlice(namespace, slice);
    }

    @Override
    public List<ObjectSeen> objectsOfSlices(String installation) {
        return all(cluster -> cluster.objectsOfSlices(installation));
    }

    @Override
    public void delete(ObjectSeen object) {
        with(object.namespace()).delete(object);
    }

    @Override
    public Optional<String> serviceAddress(String namespace, String service) {
        return with(namespace).serviceAddress(namespace, service);
    }

    @Override
    public Optional<String> secret(String namespace, String name, String key) {
        return with(namespace).secret(namespace, name, key);
    }

    @Override
    public List<String> podLog(PodSeen pod, int lines) {
        return with(pod.namespace()).podLog(pod, lines);
    }

    @Override
    public List<EventSeen> eventsOfSlice(String namespace, String slice, int limit) {
        return with(namespace).eventsOfSlice(namespace, slice, limit);
    }

    @Override
    public List<NodeSeen> nodes() {
        return all(Cluster::nodes);
    }

    @Override
    public List<CardUse> cardUse(String node) {
        return with(node).cardUse(node);
    }

    @Override
    public DevicesSeen devices() {
        List<DevicesSeen> seen = byName.values().stream().map(Cluster::devices).toList();
        boolean none = seen.stream().allMatch(one -> one.missing() != null);
        return new DevicesSeen(seen.stream().map(DevicesSeen::devices).flatMap(Collection::stream).toList(), none ? seen.getFirst().missing() : null);
    }

    /** The first one's. */
    @Override
    public KueueSeen kueue(String clusterQueue) {
        return with("").kueue(clusterQueue);
    }

    @Override
    public Optional<WorkloadSeen> workload(PodSeen pod) {
        return with(pod.namespace()).workload(pod);
    }

    @Override
    public Optional<NodeSeen> node(String name) {
        return with(name).node(name);
    }

    @Override
    public void schedulable(NodeSeen node, boolean schedulable, String order) {
        with(node.name()).schedulable(node, schedulable, order);
    }

    @Override
    public void cut(NodeSeen node, String config, String order) {
        with(node.name()).cut(node, config, order);
    }

    /** Each has its own: a node's is asked of the one that it is {@link #with}. */
    @Override
    public void addMigConfig(MigConfig config, Predicate<String> keep) {
        throw new UnsupportedOperationException("of which cluster?");
    }

    /** Each is watched by itself. */
    @Override
    public Watch watch(String installation, Consumer<PodSeen> onPod, Runnable onNodes) {
        throw new UnsupportedOperationException("of which cluster?");
    }

    private <T> List<T> all(Function<Cluster, List<T>> question) {
        return byName.values().stream().map(question).flatMap(List::stream).toList();
    }
}
