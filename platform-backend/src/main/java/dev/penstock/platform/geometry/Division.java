package dev.penstock.platform.geometry;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Divides partitions among GPUs of one device so that each GPU can have its own. */
final class Division {

    /** Fleets are cut in few ways, which are found at once. */
    private static final int MOST_STEPS = 20_000;

    private final MigTable table;
    private final List<int[]> geometries;
    /** Places of the profiles, the one that takes most memory first. */
    private final List<Integer> largest;
    private final int[][] cuts;
    private int steps;

    /** @param all geometries of the table */
    Division(MigTable table, Collection<Geometry> all, int gpus) {
        this.table = table;
        List<MigProfile> profiles = table.profiles();
        this.largest = profiles.stream().sorted(Comparator.comparingInt(MigProfile::memory).thenComparingInt(MigProfile::compute).reversed()).map(profiles::indexOf).toList();
        // Fullest first, and of those whoever has few large ones.
        this.geometries = all.stream().map(Geometry::vector)
                .sorted(Comparator.<int[]>comparingInt(counts -> -memory(counts)).thenComparingInt(counts -> Arrays.stream(counts).sum())).toList();
        this.cuts = new int[gpus][profiles.size()];
    }

    /** @return of each GPU what it has; empty: no way was found */
    Optional<List<Map<String, Integer>>> of(Map<String, Integer> partitions) {
        return place(0, table.vector(partitions)) ? Optional.of(Arrays.stream(cuts).map(this::counts).toList()) : Optional.empty();
    }

    /** One GPU after the other: the largest that is left is somewhere, with whatever else is there. */
    private boolean place(int gpu, int[] left) {
        int profile = largest.stream().filter(each -> left[each] > 0).findFirst().orElse(-1);
        if (profile < 0) {
            return true;
        }
        if (gpu == cuts.length || memory(left) > (cuts.length - gpu) * table.memory()) {
            return false;
        }
        for (int[] geometry : geometries) {
            if (geometry[profile] > 0 && covers(left, geometry)) {
                if (++steps > MOST_STEPS) {
                    return false;
                }
                move(left, cuts[gpu], geometry);
                if (place(gpu + 1, left)) {
                    return true;
                }
                move(cuts[gpu], left, geometry);
            }
        }
        return false;
    }

    private static void move(int[] from, int[] to, int[] what) {
        for (int profile = 0; profile < what.length; profile++) {
            from[profile] -= what[profile];
            to[profile] += what[profile];
        }
    }

    private static boolean covers(int[] more, int[] less) {
        for (int profile = 0; profile < less.length; profile++) {
            if (more[profile] < less[profile]) {
                return false;
            }
        }
        return true;
    }

    private int memory(int[] counts) {
        int memory = 0;
        for (int profile = 0; profile < counts.length; profile++) {
            memory += counts[profile] * table.profiles().get(profile).memory();
        }
        return memory;
    }

    private Map<String, Integer> counts(int[] cut) {
        Map<String, Integer> counts = new TreeMap<>();
        for (int profile = 0; profile < cut.length; profile++) {
            if (cut[profile] > 0) {
                counts.put(table.profiles().get(profile).name(), cut[profile]);
            }
        }
        return counts;
    }
}
