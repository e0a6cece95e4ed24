package dev.penstock.platform.cluster;

import java.util.List;
import java.util.Map;

/**
 * How the GPUs of a node are to be cut, as the MIG manager is told.
 *
 * @param name value of the node label
 * @param gpus of each GPU how many partitions of each profile, by the maker's name; none: it is not cut
 */
public record MigConfig(String name, List<Map<String, Integer>> gpus) {

    private static final int LONGEST_LABEL = 63;

    public MigConfig {
        gpus = gpus.stream().map(Map::copyOf).toList();
        if (name.isBlank() || name.length() > LONGEST_LABEL || gpus.isEmpty()) {
            throw new IllegalArgumentException("MIG configuration \"" + name + "\" of " + gpus.size() + " GPUs");
        }
    }
}
