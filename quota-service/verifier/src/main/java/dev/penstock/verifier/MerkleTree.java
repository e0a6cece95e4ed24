package dev.penstock.verifier;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The Merkle tree of RFC 6962 section 2.1: its hashes, its root at any size, and the proofs that it contains a leaf (2.1.1) or a
 * smaller tree (2.1.2). Everything is computed from the roots of complete subtrees, which the caller looks up, so that a proof over
 * <i>n</i> leaves asks for about log₂ <i>n</i> of them.
 */
public final class MerkleTree {

    /** Root of the tree without leaves. */
    public static final Hash EMPTY = Hash.sha256();

    private static final byte[] LEAF = {0};
    private static final byte[] NODE = {1};

    private MerkleTree() {}

    /** @param line an entry's line, without its newline */
    public static Hash leaf(byte[] line) {
        return Hash.sha256(LEAF, line);
    }

    public static Hash node(Hash left, Hash right) {
        return Hash.sha256(NODE, left.bytes(), right.bytes());
    }

    /** @param nodes hash of every complete subtree that lies within {@code size} */
    public static Hash root(long size, Function<Node, Hash> nodes) {
        if (size < 0) {
            throw new IllegalArgumentException("no tree has " + size + " leaves");
        }
        return size == 0 ? EMPTY : span(0, size, nodes);
    }

    /**
     * The hashes that lead from leaf {@code index} to the root of the tree of {@code size} leaves, from the leaf upwards.
     *
     * @throws IllegalArgumentException if the tree has no such leaf
     */
    public static List<Hash> inclusion(long index, long size, Function<Node, Hash> nodes) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("a tree of " + size + " leaves has no leaf " + index);
        }
        List<Hash> path = new ArrayList<>();
        climb(index, 0, size, nodes, path);
        return List.copyOf(path);
    }

    /**
     * The hashes that show that the first {@code first} leaves of the tree of {@code second} leaves are the tree of {@code first}
     * leaves. Nothing is needed from the empty tree or for a tree and itself.
     */
    public static List<Hash> consistency(long first, long second, Function<Node, Hash> nodes) {
        if (first < 0 || first > second) {
            throw new IllegalArgumentException("a tree of " + second + " leaves does not contain one of " + first);
        }
        List<Hash> proof = new ArrayList<>();
        if (first > 0 && first < second) {
            split(first, 0, second, true, nodes, proof);
        }
        return List.copyOf(proof);
    }

    private static void climb(long index, long from, long to, Function<Node, Hash> nodes, List<Hash> path) {
        if (to - from == 1) {
            return;
        }
        long middle = from + leftSize(to - from);
        if (index < middle) {
            climb(index, from, middle, nodes, path);
            path.add(span(middle, to, nodes));
        } else {
            climb(index, middle, to, nodes, path);
            path.add(span(from, middle, nodes));
        }
    }

    /** SUBPROOF of RFC 6962; {@code known} while the verifier already holds the root of the old tree's part of this span. */
    private static void split(long first, long from, long to, boolean known, Function<Node, Hash> nodes, List<Hash> proof) {
        if (first == to) {
            if (!known) {
                proof.add(span(from, to, nodes));
            }
            return;
        }
        long middle = from + leftSize(to - from);
        if (first <= middle) {
            split(first, from, middle, known, nodes, proof);
            proof.add(span(middle, to, nodes));
        } else {
            split(first, middle, to, false, nodes, proof);
            proof.add(span(from, middle, nodes));
        }
    }

    private static Hash span(long from, long to, Function<Node, Hash> nodes) {
        long width = to - from;
        if (Long.bitCount(width) == 1) {
            int level = Long.numberOfTrailingZeros(width);
            return nodes.apply(new Node(level, from >> level));
        }
        long middle = from + leftSize(width);
        return node(span(from, middle, nodes), span(middle, to, nodes));
    }

    /** The largest power of two that is smaller than {@code width}. */
    private static long leftSize(long width) {
        return Long.highestOneBit(width - 1);
    }
}
