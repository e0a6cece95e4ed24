package dev.penstock.platform.geometry;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Partitions of one GPU that fit beside each other: made by a {@link MigTable} only. Two are equal when they lie alike. */
public final class Geometry {

    private final List<Placement> placements;
    private final Map<String, Integer> counts;
    private final int[] vector;

    /** @param profiles of the table */
    Geometry(List<Placement> placements, List<MigProfile> profiles) {
        this.placements = placements.stream().sorted(Comparator.comparingInt(Placement::start)).toList();
        TreeMap<String, Integer> counted = new TreeMap<>();
        this.placements.forEach(placement -> counted.merge(placement.profile().name(), 1, Integer::sum));
        this.counts = Collections.unmodifiableMap(counted);
        this.vector = profiles.stream().mapToInt(profile -> of(profile.name())).toArray();
    }

    /** From the first memory slot to the last. */
    public List<Placement> placements() {
        return placements;
    }

    /** How many of each profile, by its name. */
    public Map<String, Integer> counts() {
        return counts;
    }

    public int of(String profile) {
        return counts.getOrDefault(profile, 0);
    }

    /** The counts in the order of the table's profiles. Not to be changed. */
    int[] vector() {
        return vector;
    }

    /** Slots of computing that no partition has. */
    public int strandedCompute(MigTable table) {
        return table.compute() - placements.stream().mapToInt(placement -> placement.profile().compute()).sum();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Geometry geometry && placements.equals(geometry.placements);
    }

    @Override
    public int hashCode() {
        return placements.hashCode();
    }

    @Override
    public String toString() {
        return counts.toString();
    }
}
