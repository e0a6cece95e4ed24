package dev.penstock.platform.cluster;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A pod as the cluster shows it.
 *
 * @param uid the cluster's own, of this very pod
 * @param marks null if it is not marked as we mark
 * @param terminating somebody deleted it and it is not gone yet
 * @param node where it was placed; null: nowhere yet
 * @param phase {@code Pending}, {@code Running}, {@code Succeeded}, {@code Failed} or {@code Unknown}
 * @param message of the pod itself, for example why it was evicted
 * @param ready its Ready condition; null while it has none
 * @param scheduled its PodScheduled condition; null while it has none
 * @param takenBack its TerminationTarget condition: somebody ends it, such as Kueue to give its quota to another; null while it has none
 * @param running since when its containers run; null: not all do
 * @param trouble why a container does not run; null: none that it tells of
 * @param restarts of all containers
 * @param resources GPU resources it asks for, by name
 */
public record PodSeen(
        String namespace,
        String name,
        String uid,
        String resourceVersion,
        @Nullable Marks marks,
        boolean terminating,
        @Nullable String node,
        String phase,
        @Nullable String message,
        @Nullable Condition ready,
        @Nullable Condition scheduled,
        @Nullable Condition takenBack,
        @Nullable Instant running,
        @Nullable Trouble trouble,
        int restarts,
        Map<String, Integer> resources) {

    public PodSeen {
        resources = Map.copyOf(resources);
    }

    /** The same, of a namespace and on a node of other names. */
    public PodSeen in(String otherNamespace, @Nullable String otherNode) {
        return new PodSeen(
                otherNamespace, name, uid, resourceVersion, marks, terminating, otherNode, phase, message, ready, scheduled, takenBack, running, trouble,
                restarts, resources);
    }

    /**
     * @param holds whether its status is True
     * @param since when that began, by the cluster
     */
    public record Condition(boolean holds, Instant since, @Nullable String reason, @Nullable String message) {}

    /** @param reason a word, for example {@code ImagePullBackOff} */
    public record Trouble(String reason, @Nullable String message) {

        /** It starts and ends, again and again. */
        public boolean crashing() {
            return reason.equals("CrashLoopBackOff") || reason.equals("Error") || reason.equals("Completed") || reason.equals("OOMKilled");
        }
    }

    public boolean isReady() {
        return ready != null && ready.holds();
    }

    /** It has ended and will not run again. */
    public boolean ended() {
        return phase.equals("Failed") || phase.equals("Succeeded");
    }

    /** Whether somebody keeps the scheduler from looking for a node: it waits for them. */
    public boolean gated() {
        return node == null && scheduled != null && !scheduled.holds() && "SchedulingGated".equals(scheduled.reason());
    }

    /** The scheduler's refusal; null: it has not refused. */
    public @Nullable Condition unschedulable() {
        return scheduled != null && !scheduled.holds() && "Unschedulable".equals(scheduled.reason()) ? scheduled : null;
    }
}
