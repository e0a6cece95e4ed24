package dev.penstock.platform.slice;

import dev.penstock.contract.platform.Within;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What nodes in service have of one kind of part.
 *
 * @param byNode how many, by the node's name
 */
public record Offered(PartKind kind, Map<String, Integer> byNode) {

    public Offered {
        byNode = Map.copyOf(byNode);
    }

    /** Whether whatever comes free of it is in that cluster; null: any will do. */
    boolean isAllWithin(@Nullable String cluster) {
        return cluster == null || byNode.keySet().stream().allMatch(node -> Within.of(node).cluster().equals(cluster));
    }

    /** For how many slices of that amount there is room if nobody holds anything. */
    public int slicesOf(int amount) {
        return byNode.values().stream().mapToInt(count -> count / amount).sum();
    }
}
