package dev.penstock.platform.cluster;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A node that has GPUs.
 *
 * @param product as GPU feature discovery labels it
 * @param ready its Ready condition
 * @param since when that began
 * @param schedulable false: closed to new pods
 * @param simulated labelled as part of a simulation
 * @param gpus how many it has, as GPU feature discovery labels it; 0: it does not say
 * @param sharing how several pods share a GPU of it, as the device plugin labels it: {@code none}, {@code time-slicing} or {@code mps}; {@code hami}: HAMi hands them out
 * @param replicas how many share one
 * @param allocatable extended resources that it offers, by name
 * @param version changes with every change of it
 * @param order id of the order that last closed or opened it or had it cut; null: none of ours
 * @param migConfig which configuration the MIG manager was told to apply; null: none
 * @param migState what the MIG manager makes of that: {@code pending}, {@code rebooting}, {@code success} or {@code failed}; null: it has not said yet
 * @param cards its GPUs where HAMi hands them out
 */
public record NodeSeen(
        String name, String product, boolean ready, Instant since, boolean schedulable, boolean simulated, int gpus, String sharing, int replicas,
        Map<String, Integer> allocatable, String version, @Nullable String order, @Nullable String migConfig, @Nullable String migState, List<CardSeen> cards) {

    public NodeSeen {
        allocatable = Map.copyOf(allocatable);
        cards = List.copyOf(cards);
    }

    /** The same by another name. */
    public NodeSeen called(String other) {
        return new NodeSeen(
                other, product, ready, since, schedulable, simulated, gpus, sharing, replicas, allocatable, version, order, migConfig, migState, cards);
    }
}
