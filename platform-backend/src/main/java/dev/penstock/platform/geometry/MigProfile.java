package dev.penstock.platform.geometry;

import java.util.List;

/**
 * A kind of partition of one device, as the driver lists it ({@code nvidia-smi mig -lgipp}). A GPU that is not cut is a partition of its own kind, which takes
 * all of it.
 *
 * @param name as the maker names it; the same name is another partition on another device
 * @param compute slots of computing that it takes
 * @param memory slots of memory that it takes, side by side
 * @param starts memory slots at which it can begin, ascending
 * @param most how many of it one GPU can have
 */
public record MigProfile(String name, int compute, int memory, List<Integer> starts, int most) {

    public MigProfile {
        starts = starts.stream().sorted().toList();
        if (name.isBlank() || compute < 1 || memory < 1 || most < 1 || starts.isEmpty() || starts.getFirst() < 0) {
            throw new IllegalArgumentException("profile \"" + name + "\": " + compute + " compute, " + memory + " memory at " + starts + ", at most " + most);
        }
    }

    /** The memory slots it takes when it begins there, a bit each. */
    int slots(int start) {
        return (1 << memory) - 1 << start;
    }
}
