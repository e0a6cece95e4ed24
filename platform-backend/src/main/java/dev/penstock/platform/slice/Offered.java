package dev.penstock.platform.slice;

import java.util.Map;

/**
 * What nodes in service have of one kind of part.
 *
 * @param byNode how many, by the node's name
 */
public record Offered(PartKind kind, Map<String, Integer> byNode) {

    public Offered {
        byNode = Map.copyOf(byNode);
    }

    /** For how many slices of that amount there is room if nobody holds anything. */
    public int slicesOf(int amount) {
        return byNode.values().stream().mapToInt(count -> count / amount).sum();
    }
}
