package dev.penstock.platform.cluster.kubernetes;

import dev.penstock.contract.platform.Within;
import dev.penstock.platform.cluster.CardUse;
import dev.penstock.platform.cluster.Cluster;
import dev.penstock.platform.cluster.DeviceSeen;
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
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A cluster beside the first: what it has is told and asked for with the cluster's name before its own. */
final class FurtherCluster implements Cluster {

    private final String name;
    private final Cluster inner;

    FurtherCluster(String name, Cluster inner) {
        this.name = name;
        this.inner = inner;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean apply(Manifest manifest) {
        String namespace = manifest.namespace();
        String own = namespace == null ? plain(manifest.name()) : manifest.name();
        return inner.apply(new Manifest(
                manifest.apiVersion(), manifest.kind(), namespace == null ? null : plain(namespace), own, manifest.marks(), manifest.labels(), manifest.rest()));
    }

    @Override
    public Optional<NamespaceSeen> namespace(String name) {
        return inner.namespace(plain(name)).map(this::told);
    }

    @Override
    public List<NamespaceSeen> namespaces(String installation) {
        return inner.namespaces(installation).stream().map(this::told).toList();
    }

    @Override
    public List<PodSeen> podsOfSlice(String namespace, String slice) {
        return inner.podsOfSlice(plain(namespace), slice).stream().map(this::told).toList();
    }

    @Override
    public Optional<PodSeen> pod(String namespace, String name) {
        return inner.pod(plain(namespace), name).map(this::told);
    }

    @Override
    public List<PodSeen> pods(String installation) {
        return inner.pods(installation).stream().map(this::told).toList();
    }

    @Override
    public void delete(PodSeen pod, Deletion how) {
        inner.delete(asked(pod), how);
    }

    @Override
    public List<ObjectSeen> objectsOfSlice(String namespace, String slice) {
        return inner.objectsOfSlice(plain(namespace), slice).stream().map(this::told).toList();
    }

    @Override
    public List<ObjectSeen> objectsOfSlices(String installation) {
        return inner.objectsOfSlices(installation).stream().map(this::told).toList();
    }

    @Override
    public void delete(ObjectSeen object) {
        inner.delete(in(plain(object.namespace()), object));
    }

    @Override
    public Optional<String> serviceAddress(String namespace, String service) {
        return inner.serviceAddress(plain(namespace), service);
    }

    @Override
    public Optional<String> secret(String namespace, String name, String key) {
        return inner.secret(plain(namespace), name, key);
    }

    @Override
    public List<String> podLog(PodSeen pod, int lines) {
        return inner.podLog(asked(pod), lines);
    }

    @Override
    public List<EventSeen> eventsOfSlice(String namespace, String slice, int limit) {
        return inner.eventsOfSlice(plain(namespace), slice, limit);
    }

    @Override
    public List<NodeSeen> nodes() {
        return inner.nodes().stream().map(node -> node.called(full(node.name()))).toList();
    }

    @Override
    public List<CardUse> cardUse(String node) {
        return inner.cardUse(plain(node));
    }

    @Override
    public DevicesSeen devices() {
        DevicesSeen seen = inner.devices();
        return new DevicesSeen(
                seen.devices().stream()
                        .map(device -> new DeviceSeen(
                                full(device.node()), device.driver(), device.pool(), device.name(), device.attributes(), device.alone(), device.claimed(),
                                device.claimant()))
                        .toList(),
                seen.missing());
    }

    @Override
    public KueueSeen kueue(String clusterQueue) {
        return inner.kueue(clusterQueue);
    }

    @Override
    public Optional<WorkloadSeen> workload(PodSeen pod) {
        return inner.workload(asked(pod));
    }

    @Override
    public Optional<NodeSeen> node(String name) {
        return inner.node(plain(name)).map(node -> node.called(full(node.name())));
    }

    @Override
    public void schedulable(NodeSeen node, boolean schedulable, String order) {
        inner.schedulable(node.called(plain(node.name())), schedulable, order);
    }

    @Override
    public void cut(NodeSeen node, String config, String order) {
        inner.cut(node.called(plain(node.name())), config, order);
    }

    @Override
    public void addMigConfig(MigConfig config, Predicate<String> keep) {
        inner.addMigConfig(config, keep);
    }

    @Override
    public Watch watch(String installation, Consumer<PodSeen> onPod, Runnable onNodes) {
        Watch watch = inner.watch(installation, pod -> onPod.accept(told(pod)), onNodes);
        return new Watch() {

            @Override
            public Optional<Picture> picture() {
                return watch.picture().map(picture -> new Picture(
                        picture.nodes().stream().map(node -> node.called(full(node.name()))).toList(),
                        picture.pods().stream().map(FurtherCluster.this::told).toList()));
            }

            @Override
            public void close() {
                watch.close();
            }
        };
    }

    private String full(String plain) {
        return new Within(name, plain).toString();
    }

    private static String plain(String full) {
        return Within.of(full).name();
    }

    private NamespaceSeen told(NamespaceSeen seen) {
        return new NamespaceSeen(full(seen.name()), seen.marks(), seen.terminating());
    }

    private PodSeen told(PodSeen pod) {
        return pod.in(full(pod.namespace()), pod.node() == null ? null : full(pod.node()));
    }

    private static PodSeen asked(PodSeen pod) {
        return pod.in(plain(pod.namespace()), pod.node() == null ? null : plain(pod.node()));
    }

    private ObjectSeen told(ObjectSeen object) {
        return in(full(object.namespace()), object);
    }

    private static ObjectSeen in(String namespace, ObjectSeen object) {
        return new ObjectSeen(object.apiVersion(), object.kind(), namespace, object.name(), object.uid(), object.marks(), object.terminating());
    }
}
