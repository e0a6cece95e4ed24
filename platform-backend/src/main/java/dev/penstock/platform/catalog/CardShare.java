package dev.penstock.platform.catalog;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A share of a GPU as HAMi gives it out. A pod asks for it under three names; what is approved and counted is one thing, whose name says both amounts.
 *
 * @param memoryMib memory of the GPU
 * @param cores of a hundred parts of its computing
 */
public record CardShare(int memoryMib, int cores) {

    /** To HAMi how many GPUs; to a device plugin whole ones. */
    public static final String GPUS = "nvidia.com/gpu";

    public static final String MEMORY = "nvidia.com/gpumem";
    public static final String CORES = "nvidia.com/gpucores";

    private static final Pattern NAME = Pattern.compile("nvidia\\.com/gpu\\(gpumem=(\\d{1,8}),gpucores=(\\d{1,3})\\)");

    public CardShare {
        if (memoryMib < 0 || cores < 0 || cores > 100) {
            throw new IllegalArgumentException("a share of " + memoryMib + " MiB and " + cores + " of 100 cores");
        }
    }

    /** The share of that name; empty: it is another thing's. */
    public static Optional<CardShare> named(String resource) {
        Matcher name = NAME.matcher(resource);
        return name.matches() ? Optional.of(new CardShare(Integer.parseInt(name.group(1)), Integer.parseInt(name.group(2)))) : Optional.empty();
    }

    /** What one container asks for, its share of a GPU as one thing. Without memory or cores it asks for none. */
    public static Map<String, Integer> read(Map<String, Integer> asked) {
        if (!asked.containsKey(MEMORY) && !asked.containsKey(CORES)) {
            return asked;
        }
        Map<String, Integer> read = new TreeMap<>(asked);
        Integer gpus = read.remove(GPUS);
        Integer memory = read.remove(MEMORY);
        Integer cores = read.remove(CORES);
        read.put(new CardShare(memory == null ? 0 : memory, cores == null ? 0 : cores).resource(), gpus == null ? 1 : gpus);
        return read;
    }

    public String resource() {
        return GPUS + "(gpumem=" + memoryMib + ",gpucores=" + cores + ")";
    }

    /** What a container asks for that has it, by the names that HAMi knows. */
    public Map<String, Integer> asked() {
        return Map.of(GPUS, 1, MEMORY, memoryMib, CORES, cores);
    }
}
