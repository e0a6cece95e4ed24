package dev.penstock.platform.catalog;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
        if (!possible(memoryMib, cores)) {
            throw new IllegalArgumentException("a share of " + memoryMib + " MiB and " + cores + " of 100 cores");
        }
    }

    /** The share of that name; empty: it is another thing's. */
    public static Optional<CardShare> named(String resource) {
        Matcher name = NAME.matcher(resource);
        return name.matches() ? Optional.of(new CardShare(Integer.parseInt(name.group(1)), Integer.parseInt(name.group(2)))) : Optional.empty();
    }

    /** What one container asks for, its share of a GPU as one thing. Without memory or cores it asks for none, and what no GPU has is none. */
    public static Map<String, Integer> read(Map<String, Integer> asked) {
        int memory = asked.getOrDefault(MEMORY, 0);
        int cores = asked.getOrDefault(CORES, 0);
        if ((!asked.containsKey(MEMORY) && !asked.containsKey(CORES)) || !possible(memory, cores)) {
            return asked;
        }
        Map<String, Integer> read = new TreeMap<>(asked);
        Integer gpus = read.remove(GPUS);
        read.keySet().removeAll(Set.of(MEMORY, CORES));
        read.put(new CardShare(memory, cores).resource(), gpus == null ? 1 : gpus);
        return read;
    }

    private static boolean possible(int memoryMib, int cores) {
        return memoryMib >= 0 && cores >= 0 && cores <= 100;
    }

    public String resource() {
        return GPUS + "(gpumem=" + memoryMib + ",gpucores=" + cores + ")";
    }

    /** What a container asks for that has it, by the names that HAMi knows. */
    public Map<String, Integer> asked() {
        return Map.of(GPUS, 1, MEMORY, memoryMib, CORES, cores);
    }
}
