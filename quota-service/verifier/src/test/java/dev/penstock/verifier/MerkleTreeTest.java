package dev.penstock.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MerkleTreeTest {

    private static final int SIZES = 300;

    private static final List<Hash> LEAVES = Trees.leaves(SIZES);
    private static final Function<Node, Hash> NODES = Trees.nodes(LEAVES);
    private static final List<Hash> ROOTS = Stream.iterate(0, n -> n <= SIZES, n -> n + 1).map(n -> Trees.root(LEAVES.subList(0, n))).toList();

    /** The leaves are the test data of Certificate Transparency; the roots were computed by another program. */
    @ParameterizedTest
    @CsvSource({
        "0, e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "1, 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "2, fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "3, aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "4, d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "5, 4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "6, 76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "7, ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "8, 5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    })
    void theRootOfKnownLeavesIsTheKnownRoot(int size, String root) {
        CompactRange range = new CompactRange();
        Stream.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
                .limit(size)
                .forEach(hex -> range.append(MerkleTree.leaf(HexFormat.of().parseHex(hex))));

        assertThat(range.root().hex()).isEqualTo(root);
    }

    /** The tree of seven leaves and the proofs that RFC 6962 section 2.1.3 draws. */
    @Test
    void proofsOfSevenLeavesAreThoseOfTheStandard() {
        List<Hash> d = LEAVES.subList(0, 7);
        Hash g = MerkleTree.node(d.get(0), d.get(1));
        Hash h = MerkleTree.node(d.get(2), d.get(3));
        Hash i = MerkleTree.node(d.get(4), d.get(5));
        Hash j = d.get(6);
        Hash k = MerkleTree.node(g, h);
        Hash l = MerkleTree.node(i, j);

        assertThat(MerkleTree.root(7, NODES)).isEqualTo(MerkleTree.node(k, l));
        assertThat(MerkleTree.inclusion(0, 7, NODES)).containsExactly(d.get(1), h, l);
        assertThat(MerkleTree.inclusion(3, 7, NODES)).containsExactly(d.get(2), g, l);
        assertThat(MerkleTree.inclusion(4, 7, NODES)).containsExactly(d.get(5), j, k);
        assertThat(MerkleTree.inclusion(6, 7, NODES)).containsExactly(i, k);
        assertThat(MerkleTree.consistency(3, 7, NODES)).containsExactly(d.get(2), d.get(3), g, l);
        assertThat(MerkleTree.consistency(4, 7, NODES)).containsExactly(l);
        assertThat(MerkleTree.consistency(6, 7, NODES)).containsExactly(i, j, k);
    }

    @Test
    void everySizeHasTheRootOfItsDefinition() {
        CompactRange range = new CompactRange();
        for (int size = 0; size <= SIZES; size++) {
            assertThat(range.size()).isEqualTo(size);
            assertThat(range.root()).as("appended to size %d", size).isEqualTo(ROOTS.get(size));
            assertThat(MerkleTree.root(size, Trees.within(size, NODES))).as("from nodes at size %d", size).isEqualTo(ROOTS.get(size));
            if (size < SIZES) {
                range.append(LEAVES.get(size));
            }
        }
    }

    @Test
    void aRangeContinuesFromTheNodesAtItsEdge() {
        for (int size = 0; size < SIZES; size++) {
            CompactRange range = new CompactRange(size, CompactRange.edge(size).stream().map(Trees.within(size, NODES)).toList());
            assertThat(range.root()).isEqualTo(ROOTS.get(size));
            assertThat(range.append(LEAVES.get(size)).getFirst()).isEqualTo(LEAVES.get(size));
            assertThat(range.root()).as("continued at size %d", size).isEqualTo(ROOTS.get(size + 1));
        }
    }

    @Test
    void everyLeafIsIncludedInEveryTreeThatHasIt() {
        for (int size = 1; size <= SIZES; size++) {
            Function<Node, Hash> nodes = Trees.within(size, NODES);
            for (int index = 0; index < size; index++) {
                List<Hash> path = MerkleTree.inclusion(index, size, nodes);
                assertThat(path.size()).isLessThanOrEqualTo(Limits.PATH_LENGTH);
                assertThat(MerkleProof.includes(LEAVES.get(index), index, size, ROOTS.get(size), path)).as("%d in %d", index, size).isTrue();
            }
        }
    }

    @Test
    void everyTreeBeginsWithEverySmallerOne() {
        for (int second = 0; second <= SIZES; second++) {
            Function<Node, Hash> nodes = Trees.within(second, NODES);
            for (int first = 0; first <= second; first++) {
                List<Hash> proof = MerkleTree.consistency(first, second, nodes);
                assertThat(MerkleProof.consistent(first, ROOTS.get(first), second, ROOTS.get(second), proof)).as("%d in %d", first, second).isTrue();
            }
        }
    }

    @Test
    void anInclusionProofShowsNothingElse() {
        for (int size = 1; size <= 40; size++) {
            for (int index = 0; index < size; index++) {
                Hash leaf = LEAVES.get(index);
                Hash root = ROOTS.get(size);
                List<Hash> path = MerkleTree.inclusion(index, size, NODES);
                for (List<Hash> wrong : spoiled(path)) {
                    assertThat(MerkleProof.includes(leaf, index, size, root, wrong)).as("%d in %d by %s", index, size, wrong).isFalse();
                }
                assertThat(MerkleProof.includes(Trees.flipped(leaf), index, size, root, path)).isFalse();
                assertThat(MerkleProof.includes(leaf, index, size, Trees.flipped(root), path)).isFalse();
                for (int other = -1; other <= size; other++) {
                    assertThat(MerkleProof.includes(leaf, other, size, root, path)).as("%d as %d", index, other).isEqualTo(other == index);
                }
            }
        }
    }

    @Test
    void aConsistencyProofShowsNothingElse() {
        for (int second = 1; second <= 40; second++) {
            for (int first = 0; first <= second; first++) {
                List<Hash> proof = MerkleTree.consistency(first, second, NODES);
                for (List<Hash> wrong : spoiled(proof)) {
                    assertThat(MerkleProof.consistent(first, ROOTS.get(first), second, ROOTS.get(second), wrong)).as("%d in %d by %s", first, second, wrong).isFalse();
                }
                assertThat(MerkleProof.consistent(first, Trees.flipped(ROOTS.get(first)), second, ROOTS.get(second), proof)).isFalse();
                if (first > 0) {
                    assertThat(MerkleProof.consistent(first, ROOTS.get(first), second, Trees.flipped(ROOTS.get(second)), proof)).isFalse();
                }
                if (first < second) {
                    assertThat(MerkleProof.consistent(second, ROOTS.get(second), first, ROOTS.get(first), proof)).isFalse();
                }
            }
        }
    }

    @Test
    void whatATreeDoesNotHaveIsRefused() {
        assertThatThrownBy(() -> MerkleTree.inclusion(5, 5, NODES)).hasMessage("a tree of 5 leaves has no leaf 5");
        assertThatThrownBy(() -> MerkleTree.inclusion(-1, 5, NODES)).hasMessage("a tree of 5 leaves has no leaf -1");
        assertThatThrownBy(() -> MerkleTree.consistency(6, 5, NODES)).hasMessage("a tree of 5 leaves does not contain one of 6");
        assertThatThrownBy(() -> MerkleTree.root(-1, NODES)).hasMessage("no tree has -1 leaves");
        assertThatThrownBy(() -> new CompactRange(5, LEAVES.subList(0, 3))).hasMessageContaining("has not 3 complete subtrees");
    }

    /** A proof with each hash altered or left out, two neighbours swapped, and one hash more at either end. */
    private static List<List<Hash>> spoiled(List<Hash> proof) {
        List<List<Hash>> spoiled = new ArrayList<>();
        for (int i = 0; i < proof.size(); i++) {
            List<Hash> altered = new ArrayList<>(proof);
            altered.set(i, Trees.flipped(proof.get(i)));
            spoiled.add(altered);
            List<Hash> shorter = new ArrayList<>(proof);
            shorter.remove(i);
            spoiled.add(shorter);
            if (i > 0) {
                List<Hash> swapped = new ArrayList<>(proof);
                swapped.set(i, proof.get(i - 1));
                swapped.set(i - 1, proof.get(i));
                spoiled.add(swapped);
            }
        }
        List<Hash> longer = new ArrayList<>(proof);
        longer.add(LEAVES.getFirst());
        spoiled.add(longer);
        spoiled.add(List.copyOf(longer.reversed()));
        return spoiled;
    }
}
