package dev.penstock.simulators.cluster.controller;

import java.time.Duration;

/**
 * How long things take.
 *
 * @param scheduling from a pod's creation to its node
 * @param imagePull from its node to its image being there
 * @param start from a running container to a ready one
 * @param termination what a container takes to stop, at most its grace period
 * @param backOff between two tries of a failing image or container
 * @param crash how long a container that crashes runs
 * @param eviction from a lost node to its pods being deleted
 */
public record Pace(Duration scheduling, Duration imagePull, Duration start, Duration termination, Duration backOff,
        Duration crash, Duration eviction) {

    private static final Duration SHORTEST_PROBE = Duration.ofMillis(20);

    /**
     * The longest time between two probes of a container, however long the pod says: with everything else that is faster here,
     * so are they.
     */
    Duration probe() {
        return start.compareTo(SHORTEST_PROBE) < 0 ? SHORTEST_PROBE : start;
    }

    /** How long the MIG manager cuts: some time more than a container takes to start. */
    Duration cutting() {
        return start.multipliedBy(3);
    }

    /** As people would watch it: a pod is ready in about three seconds. */
    public static Pace lifelike() {
        return new Pace(Duration.ofMillis(300), Duration.ofMillis(1500), Duration.ofMillis(1200), Duration.ofMillis(800),
                Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(30));
    }

    /** As tests want it: every step as soon as the one before is through, and short waits where a wait is the point. */
    public static Pace quick() {
        Duration soon = Duration.ofMillis(20);
        return new Pace(Duration.ZERO, Duration.ZERO, Duration.ZERO, soon, soon, soon, Duration.ofMillis(200));
    }
}
