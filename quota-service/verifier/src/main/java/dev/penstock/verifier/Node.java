package dev.penstock.verifier;

/**
 * The place of a complete subtree: it spans the leaves from {@code index · 2^level} up to, not including, {@code (index + 1) · 2^level}.
 * Once complete, its hash never changes, so it can be stored.
 *
 * @param level 0 for a leaf
 */
public record Node(int level, long index) {

    public Node {
        if (level < 0 || level > 62 || index < 0) {
            throw new IllegalArgumentException("no such node: level " + level + ", index " + index);
        }
    }
}
