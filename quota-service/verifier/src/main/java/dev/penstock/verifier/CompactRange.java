package dev.penstock.verifier;

import java.util.ArrayList;
import java.util.List;

/**
 * A growing tree that remembers only the roots of its largest complete subtrees, at most 62 of them: all that is needed to append and to
 * know the root. Not for several threads.
 */
public final class CompactRange {

    private long size;
    /** One root for every 1-bit of {@code size}, largest subtree first. */
    private final List<Hash> roots = new ArrayList<>();

    /** Of the empty tree. */
    public CompactRange() {}

    /**
     * Continues a tree of {@code size} leaves.
     *
     * @param roots of its largest complete subtrees, largest first: one for every 1-bit of {@code size}
     */
    public CompactRange(long size, List<Hash> roots) {
        if (size < 0 || Long.bitCount(size) != roots.size()) {
            throw new IllegalArgumentException("a tree of " + size + " leaves has not " + roots.size() + " complete subtrees at its edge");
        }
        this.size = size;
        this.roots.addAll(roots);
    }

    /** The nodes to look up in order to continue a tree of {@code size} leaves, in the order the constructor takes them. */
    public static List<Node> edge(long size) {
        List<Node> nodes = new ArrayList<>();
        for (long rest = size, start = 0; rest != 0; ) {
            long width = Long.highestOneBit(rest);
            int level = Long.numberOfTrailingZeros(width);
            nodes.add(new Node(level, start >> level));
            start += width;
            rest -= width;
        }
        return List.copyOf(nodes);
    }

    /**
     * Appends a leaf.
     *
     * @return the hashes of the subtrees that this leaf completes, itself first: element <i>k</i> is the node at level <i>k</i> with
     *     index {@code leaf index >> k}
     */
    public List<Hash> append(Hash leaf) {
        List<Hash> completed = new ArrayList<>();
        completed.add(leaf);
        Hash hash = leaf;
        for (long rest = size; (rest & 1) == 1; rest >>= 1) {
            hash = MerkleTree.node(roots.removeLast(), hash);
            completed.add(hash);
        }
        roots.add(hash);
        size++;
        return List.copyOf(completed);
    }

    /** Leaves so far. */
    public long size() {
        return size;
    }

    public Hash root() {
        if (roots.isEmpty()) {
            return MerkleTree.EMPTY;
        }
        Hash hash = roots.getLast();
        for (Hash left : roots.reversed().subList(1, roots.size())) {
            hash = MerkleTree.node(left, hash);
        }
        return hash;
    }
}
