package dev.penstock.simulators.cluster.fleet;

import java.util.Comparator;
import java.util.List;

/** Whether profiles find places beside each other on one card: each begins at some memory slices only, as the driver lists them. */
final class CardLayout {

    private static final int COMPUTE_SLICES = 7;
    private static final int MEMORY_SLICES = 8;

    private CardLayout() {
    }

    static boolean fits(List<MigProfile> profiles, GpuModel gpu) {
        boolean media = profiles.stream().filter(profile -> profile.name().endsWith("+me")).count() > 1;
        int compute = profiles.stream().mapToInt(MigProfile::compute).sum();
        List<MigProfile> largestFirst = profiles.stream()
                .sorted(Comparator.comparingInt((MigProfile profile) -> profile.memorySlices(gpu)).reversed()).toList();
        return !media && compute <= COMPUTE_SLICES && place(largestFirst, gpu, new boolean[MEMORY_SLICES]);
    }

    private static boolean place(List<MigProfile> left, GpuModel gpu, boolean[] taken) {
        if (left.isEmpty()) {
            return true;
        }
        int memory = left.getFirst().memorySlices(gpu);
        for (int start : starts(left.getFirst(), memory)) {
            if (isFree(taken, start, memory)) {
                mark(taken, start, memory, true);
                if (place(left.subList(1, left.size()), gpu, taken)) {
                    return true;
                }
                mark(taken, start, memory, false);
            }
        }
        return false;
    }

    private static List<Integer> starts(MigProfile profile, int memory) {
        return switch (profile.compute() + "c" + memory + "m") {
            case "7c8m", "4c4m" -> List.of(0);
            case "3c4m" -> List.of(0, 4);
            case "2c2m" -> List.of(0, 2, 4);
            case "1c2m" -> List.of(0, 2, 4, 6);
            case "1c1m" -> List.of(0, 1, 2, 3, 4, 5, 6);
            default -> List.of();
        };
    }

    private static boolean isFree(boolean[] taken, int start, int memory) {
        for (int slice = start; slice < start + memory; slice++) {
            if (taken[slice]) {
                return false;
            }
        }
        return true;
    }

    private static void mark(boolean[] taken, int start, int memory, boolean with) {
        for (int slice = start; slice < start + memory; slice++) {
            taken[slice] = with;
        }
    }
}
