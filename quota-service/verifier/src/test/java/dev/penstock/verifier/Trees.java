package dev.penstock.verifier;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Trees for tests, and the definitions of RFC 6962 section 2.1 word for word, to compare with. */
final class Trees {

    private Trees() {}

    /** Leaf hashes that are all different. */
    static List<Hash> leaves(int count) {
        return IntStream.range(0, count).mapToObj(i -> MerkleTree.leaf(("leaf " + i).getBytes(StandardCharsets.UTF_8))).toList();
    }

    /** MTH of RFC 6962. */
    static Hash root(List<Hash> leaves) {
        if (leaves.isEmpty()) {
            return MerkleTree.EMPTY;
        }
        if (leaves.size() == 1) {
            return leaves.getFirst();
        }
        int k = 1;
        while (k * 2 < leaves.size()) {
            k *= 2;
        }
        return MerkleTree.node(root(leaves.subList(0, k)), root(leaves.subList(k, leaves.size())));
    }

    /** Complete subtrees, as a sealer would have stored them while appending. */
    static Function<Node, Hash> nodes(List<Hash> leaves) {
        List<List<Hash>> levels = new ArrayList<>();
        CompactRange range = new CompactRange();
        for (Hash leaf : leaves) {
            List<Hash> completed = range.append(leaf);
            for (int level = 0; level < completed.size(); level++) {
                if (level == levels.size()) {
                    levels.add(new ArrayList<>());
                }
                levels.get(level).add(completed.get(level));
            }
        }
        return node -> levels.get(node.level()).get(Math.toIntExact(node.index()));
    }

    /** Only what lies within the first {@code size} leaves may be asked for: later leaves may not exist yet. */
    static Function<Node, Hash> within(long size, Function<Node, Hash> nodes) {
        return node -> {
            if ((node.index() + 1) << node.level() > size) {
                throw new AssertionError(node + " is not complete in a tree of " + size);
            }
            return nodes.apply(node);
        };
    }

    static Hash flipped(Hash hash) {
        byte[] bytes = hash.bytes();
        bytes[5] ^= 4;
        return Hash.of(bytes);
    }
}
