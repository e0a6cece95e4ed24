package dev.penstock.platform.provisioning;

import dev.penstock.platform.cluster.Cluster;
import dev.penstock.platform.cluster.Cluster.Deletion;
import dev.penstock.platform.cluster.Marks;
import dev.penstock.platform.cluster.PodSeen;
import dev.penstock.platform.fleet.Fleet;
import dev.penstock.platform.fleet.NodeOrder;
import dev.penstock.platform.fleet.NodeOrders;
import dev.penstock.platform.slice.ClaimLost;
import dev.penstock.platform.slice.Installation;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Looks at a slice's pods, and removes them. */
@Component
class Sight {

    private final Cluster cluster;
    private final Answering answering;
    private final Fleet fleet;
    private final NodeOrders orders;
    private final Installation installation;
    private final ProvisioningSettings settings;
    private final Clock clock;

    Sight(Cluster cluster, Answering answering, Fleet fleet, NodeOrders orders, Installation installation, ProvisioningSettings settings, Clock clock) {
        this.cluster = cluster;
        this.answering = answering;
        this.fleet = fleet;
        this.orders = orders;
        this.installation = installation;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * A slice's own pods.
     *
     * @param at a time before they were looked at
     */
    record Seen(Instant at, List<PodSeen> pods) {

        /** A deployment may replace a pod within a phase: the one that goes is then of no interest any more. */
        private static final Comparator<PodSeen> LIKELIEST_FIRST =
                Comparator.comparing((PodSeen pod) -> pod.terminating() || pod.ended()).thenComparing(pod -> !pod.isReady());

        Optional<PodSeen> ofPhase(int phase) {
            return pods.stream().filter(pod -> pod.marks() != null && pod.marks().phase() == phase).min(LIKELIEST_FIRST);
        }

        List<PodSeen> ofOtherPhases(int phase) {
            return pods.stream().filter(pod -> pod.marks() == null || pod.marks().phase() != phase).toList();
        }
    }

    /**
     * Asks the cluster itself, not a cache.
     *
     * @throws ClaimLost if a pod shows that somebody with a newer claim was there
     */
    Seen look(Work work) {
        return seen(work, () -> cluster.podsOfSlice(installation.namespace(work.slice()), work.key().slice().toString()));
    }

    /**
     * The pod of its phase alone, by its name where that is known: a look at what runs undisturbed, which the cluster answers without going
     * through all others.
     *
     * @throws ClaimLost as {@link #look}
     */
    Seen lookAtPhase(Work work) {
        if (work.slice().approved().serving() != null) {
            return look(work);
        }
        String name = Installation.pod(work.key().slice(), work.slice().phase());
        return seen(work, () -> cluster.pod(installation.namespace(work.slice()), name).stream().toList());
    }

    /** Every turn that asks the cluster for something begins here. */
    private Seen seen(Work work, Supplier<List<PodSeen>> pods) {
        answering.mustAnswer(installation.namespace(work.slice()));
        work.outside(Step.OBSERVE);
        Instant at = clock.instant();
        List<PodSeen> ours = pods.get().stream().filter(pod -> isOurs(pod, work)).toList();
        for (PodSeen pod : ours) {
            if (pod.marks() != null && pod.marks().fence() > work.claim().fence()) {
                throw new ClaimLost("pod " + pod.name() + " carries fence " + pod.marks().fence() + ", newer than " + work.claim().fence());
            }
        }
        return new Seen(at, ours);
    }

    /** On a node that does not answer nobody confirms the end, so the object goes at once. */
    void remove(PodSeen pod) {
        boolean nodeLost = lost(pod);
        if (!pod.terminating() || nodeLost) {
            cluster.delete(pod, nodeLost ? Deletion.AT_ONCE : Deletion.GRACEFUL);
        }
    }

    /** The order by which its node is being emptied; empty: it is not. */
    Optional<NodeOrder> leaves(PodSeen pod) {
        return Optional.ofNullable(pod.node()).flatMap(orders::emptying);
    }

    /** Whether the slice gets a partition of a node that is being cut for it: until then it keeps the one that it holds. */
    boolean keepsPlace(Work work) {
        return orders.keepsPlace(work.key().slice().toString());
    }

    /** Whether the pod's node is gone or did not answer for long. */
    boolean lost(PodSeen pod) {
        return pod.node() != null && fleet.lost(pod.node(), clock.instant(), settings.nodeLostAfter());
    }

    private static boolean isOurs(PodSeen pod, Work work) {
        Marks marks = pod.marks();
        return marks != null && marks.uid().equals(work.slice().approved().projectUid()) && work.key().slice().equals(marks.slice());
    }
}
