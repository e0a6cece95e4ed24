package dev.penstock.platform.cluster;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A cluster, as far as we use one. Every call is bounded in time and throws {@link ClusterFailure} with a sentence for people; nothing is
 * retried here, because whoever calls is called again.
 */
public interface Cluster {

    /**
     * Server-side apply as field manager {@code penstock}, never by force. What exists already is only taken on if it carries the
     * manifest's uid, is not being deleted, and shows no newer fence; and only as it was when that was checked. A field that the cluster
     * does not know is refused.
     *
     * @return whether something was written; false: it is as it should be
     */
    boolean apply(Manifest manifest);

    Optional<NamespaceSeen> namespace(String name);

    /** Those labelled with the installation. */
    List<NamespaceSeen> namespaces(String installation);

    /** Pods of one slice in its namespace; empty if there is no such namespace. Read from the cluster, not from a cache. */
    List<PodSeen> podsOfSlice(String namespace, String slice);

    /** The pod of that name; empty: there is none. Read from the cluster, not from a cache. */
    Optional<PodSeen> pod(String namespace, String name);

    /** All pods labelled with the installation. */
    List<PodSeen> pods(String installation);

    /**
     * Deletes this very pod, as it was seen. Not finding it is success.
     *
     * @param how what to do about its processes, and about what changed since it was seen
     * @throws ClusterFailure {@code CONFLICT} if it is another one by now, or {@link Deletion#IF_UNCHANGED} and it changed
     */
    void delete(PodSeen pod, Deletion how);

    /** What a slice has beside its pods: deployments, services, secrets, network policies, volume claims, and claims of devices. Read from the cluster. */
    List<ObjectSeen> objectsOfSlice(String namespace, String slice);

    /** The same of all slices of the installation. */
    List<ObjectSeen> objectsOfSlices(String installation);

    /**
     * Deletes this very object; it is gone when everything that it owns is gone. Not finding it is success.
     *
     * @throws ClusterFailure {@code CONFLICT} if it is another one by now
     */
    void delete(ObjectSeen object);

    /** The address at which the cluster answers for a service; empty: there is none. */
    Optional<String> serviceAddress(String namespace, String service);

    /** A value of a secret of ours; empty: there is none. */
    Optional<String> secret(String namespace, String name, String key);

    /** The last lines that the pod wrote, oldest first; empty while it has written nothing or is gone. */
    List<String> podLog(PodSeen pod, int lines);

    /** What happened to objects whose name holds {@code slice}, newest first; at most {@code limit}. */
    List<EventSeen> eventsOfSlice(String namespace, String slice, int limit);

    /** Nodes that have GPUs. */
    List<NodeSeen> nodes();

    /** What pods on the node have of its GPUs by HAMi, whosever they are, and have not ended. Read from the cluster. */
    List<CardUse> cardUse(String node);

    /** What drivers list on nodes for claims. Read from the cluster. */
    DevicesSeen devices();

    /**
     * Whether Kueue is there, and who waits in a queue of it. Read from the cluster.
     *
     * @param clusterQueue empty: only whether it is there
     */
    KueueSeen kueue(String clusterQueue);

    /** Kueue's side of a pod, read from the cluster; empty: it has not taken note of the pod. */
    Optional<WorkloadSeen> workload(PodSeen pod);

    /** One of them, read from the cluster; empty: there is none of the name. */
    Optional<NodeSeen> node(String name);

    /**
     * Opens the node to new pods or closes it, and leaves the order's mark on it.
     *
     * @throws ClusterFailure {@code CONFLICT} if anything about it changed since it was seen
     */
    void schedulable(NodeSeen node, boolean schedulable, String order);

    /**
     * Tells the MIG manager to cut the node's GPUs, and leaves the order's mark. What it said of an earlier configuration is removed in the same step.
     *
     * @throws ClusterFailure as {@link #schedulable}
     */
    void cut(NodeSeen node, String config, String order);

    /**
     * Adds a configuration to those that the MIG manager knows; what others wrote there stays.
     *
     * @param keep which of the others stay, by name
     * @throws ClusterFailure {@code REFUSED} if there is no such ConfigMap or it cannot be read, {@code CONFLICT} if it changed meanwhile
     */
    void addMigConfig(MigConfig config, Predicate<String> keep);

    /**
     * Tells of changes from now on until closed. Only signals: what is told may be old, and a cluster that is down tells nothing until it
     * is back; whoever listens also looks from time to time.
     *
     * @param onPod a pod labelled with the installation appeared, changed or went
     * @param onNodes something about a GPU node changed
     */
    Watch watch(String installation, Consumer<PodSeen> onPod, Runnable onNodes);

    /**
     * Those that it consists of, each with the same names as here. One that does not answer says nothing of the others; asked for all at once, all of them
     * have to answer.
     */
    default List<Cluster> each() {
        return List.of(this);
    }

    /** Empty: the first. */
    default String name() {
        return "";
    }

    /**
     * The one that a node or a namespace is in.
     *
     * @throws ClusterFailure {@code UNAVAILABLE} if there is none of that name, or not any more
     */
    default Cluster with(String nodeOrNamespace) {
        return this;
    }

    /** Goes on until closed. */
    interface Watch extends AutoCloseable {

        /** What it has seen, so that nobody has to ask for everything again; empty: not all yet, or it has lost touch. */
        Optional<Picture> picture();

        @Override
        void close();
    }

    /** Nodes that have GPUs, and the pods of the installation. */
    record Picture(List<NodeSeen> nodes, List<PodSeen> pods) {

        public Picture {
            nodes = List.copyOf(nodes);
            pods = List.copyOf(pods);
        }
    }

    enum Deletion {
        /** Its processes get their grace time. */
        GRACEFUL,
        /** The node does not answer: the object goes at once, the node cleans up when it is back. */
        AT_ONCE,
        /** Only if nothing about it changed since it was seen, for example because it was scheduled meanwhile. */
        IF_UNCHANGED
    }
}
