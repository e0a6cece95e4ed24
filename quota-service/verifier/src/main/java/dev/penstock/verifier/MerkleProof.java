package dev.penstock.verifier;

import java.util.ArrayList;
import java.util.List;

/** Checks the proofs of {@link MerkleTree} by the algorithms of RFC 9162 sections 2.1.3.2 and 2.1.4.2, from the hashes alone. */
public final class MerkleProof {

    private MerkleProof() {}

    /** Whether {@code leaf} is leaf {@code index} of the tree of {@code size} leaves with this root. */
    public static boolean includes(Hash leaf, long index, long size, Hash root, List<Hash> path) {
        if (index < 0 || index >= size) {
            return false;
        }
        Climb climb = new Climb(index, size - 1);
        Hash hash = leaf;
        for (Hash sibling : path) {
            if (climb.atTop()) {
                return false;
            }
            hash = climb.siblingIsLeft() ? MerkleTree.node(sibling, hash) : MerkleTree.node(hash, sibling);
            climb.up();
        }
        return climb.atTop() && hash.equals(root);
    }

    /** Whether the tree of {@code second} leaves begins with the tree of {@code first} leaves. */
    public static boolean consistent(long first, Hash firstRoot, long second, Hash secondRoot, List<Hash> proof) {
        if (first < 0 || first > second) {
            return false;
        }
        if (first == second) {
            return proof.isEmpty() && firstRoot.equals(secondRoot);
        }
        if (first == 0) {
            return proof.isEmpty() && firstRoot.equals(MerkleTree.EMPTY);
        }
        List<Hash> path = new ArrayList<>(proof);
        if (Long.bitCount(first) == 1) {
            path.addFirst(firstRoot);
        }
        return !path.isEmpty() && leadsToBoth(first, firstRoot, second, secondRoot, path);
    }

    private static boolean leadsToBoth(long first, Hash firstRoot, long second, Hash secondRoot, List<Hash> path) {
        Climb climb = new Climb(first - 1, second - 1);
        climb.skipCompleted();
        Hash old = path.getFirst();
        Hash now = path.getFirst();
        for (Hash sibling : path.subList(1, path.size())) {
            if (climb.atTop()) {
                return false;
            }
            if (climb.siblingIsLeft()) {
                old = MerkleTree.node(sibling, old);
                now = MerkleTree.node(sibling, now);
            } else {
                now = MerkleTree.node(now, sibling);
            }
            climb.up();
        }
        return climb.atTop() && old.equals(firstRoot) && now.equals(secondRoot);
    }

    /** Where a path has arrived: the node's number on its level, and that level's last number. */
    private static final class Climb {

        private long node;
        private long last;

        Climb(long node, long last) {
            this.node = node;
            this.last = last;
        }

        boolean atTop() {
            return last == 0;
        }

        boolean siblingIsLeft() {
            return isRightChild() || node == last;
        }

        /** A last node without a sibling keeps its hash until it has become a right child. */
        void up() {
            if (node == last) {
                while (!isRightChild() && node != 0) {
                    step();
                }
            }
            step();
        }

        void skipCompleted() {
            while (isRightChild()) {
                step();
            }
        }

        private boolean isRightChild() {
            return (node & 1) == 1;
        }

        private void step() {
            node >>= 1;
            last >>= 1;
        }
    }
}
