package dev.penstock.platform.queue;

import java.util.Map;

/**
 * What a tenant may count on.
 *
 * @param guaranteed parts of the kind
 * @param weight its share of what is left, compared with the others' weights
 * @param borrowedElsewhere GPU parts that it holds beyond its guarantees of other kinds, by device
 */
public record Terms(int guaranteed, int weight, Map<String, Long> borrowedElsewhere) {

    /** Of a tenant of which nothing was agreed. */
    public static final Terms NONE = new Terms(0, 1, Map.of());

    public Terms {
        borrowedElsewhere = Map.copyOf(borrowedElsewhere);
        if (guaranteed < 0 || weight < 1) {
            throw new IllegalArgumentException("a guarantee is at least 0 and a weight at least 1: " + guaranteed + ", " + weight);
        }
    }
}
