package dev.penstock.platform.slice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.SliceProfileView.Kind;
import dev.penstock.platform.slice.Room.Held;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What there is room for, kind by kind. */
class RoomTest {

    private static final TenantId A = new TenantId(new UUID(0, 1));
    private static final TenantId B = new TenantId(new UUID(0, 2));
    private static final TenantId C = new TenantId(new UUID(0, 3));

    /** Nodes as {@code name=count}, holders as {@code tenant*amount@node}, or without a node. */
    @ParameterizedTest(name = "{0}, held {1}: {2} more of {3}")
    @CsvSource(delimiter = '|', textBlock = """
            x=4 y=1 |                   | 5 | 1
            x=4 y=1 |                   | 2 | 2
            x=1 y=1 |                   | 0 | 2
            x=4 y=4 | A*1@x             | 3 | 2
            x=4 y=4 | A*1@x A*1@y       | 2 | 2
            x=4 y=4 | A*1 A*1           | 3 | 2
            x=4 y=4 | A*1 A*4           | 0 | 4
            x=8 y=8 | A*2 B*2 A*1       | 1 | 8
            x=4     | A*2@x B*2@x       | 0 | 1
            x=4     | A*2@away          | 2 | 1
            x=4     | A*8@x             | 0 | 1
            """)
    void gpusOfOneSliceLieOnOneNode(String nodes, String held, int more, int amount) {
        assertThat(Room.beside(nodes(Kind.WHOLE, nodes), holders(held)).more(C, amount)).isEqualTo(more);
    }

    @ParameterizedTest(name = "{0}, held {1}: {2} for A, {3} for B, {4} for one that holds nothing")
    @CsvSource(delimiter = '|', textBlock = """
            x=4 y=4 |                       | 8 | 8 | 8
            x=4 y=4 | A*1@x                 | 7 | 4 | 4
            x=4 y=4 | A*1                   | 7 | 4 | 4
            x=4 y=4 | A*1@x B*1@y           | 3 | 3 | 0
            x=4 y=4 | A*1 B*1               | 3 | 3 | 0
            x=4 y=4 | A*1 A*1 A*1 A*1 A*1   | 3 | 0 | 0
            x=4 y=4 | A*1@x A*1 A*1         | 5 | 4 | 4
            x=4     | A*1@away              | 3 | 0 | 0
            x=4     | A*1@x B*1@away        | 3 | 0 | 0
            x=2 y=8 | A*1                   | 9 | 2 | 2
            """)
    void aNodeWhoseGpusAreSharedIsOneTenants(String nodes, String held, int forA, int forB, int forNobody) {
        for (Kind kind : List.of(Kind.TIME_SLICED, Kind.MPS)) {
            Room room = Room.beside(nodes(kind, nodes), holders(held));
            assertThat(room.more(A, 1)).isEqualTo(forA);
            assertThat(room.more(B, 1)).isEqualTo(forB);
            assertThat(room.more(null, 1)).isEqualTo(forNobody);
        }
    }

    /** Nodes of two clusters: what is promised in the one takes nothing from the other, and is looked for in no other. */
    @Test
    void whoIsInAClusterFindsAPlaceThereOnly() {
        Room room = Room.beside(nodes(Kind.WHOLE, "x=2 east:y=1"), List.of(new Held(A, null, 1, "east"), new Held(A, "east:away", 1, "east"), new Held(B, null, 1, "gone")));
        assertThat(room.more(C, 1, "east")).isZero();
        assertThat(room.more(C, 1, "")).isEqualTo(2);
        assertThat(room.take(C, 1, "east")).isEmpty();
        assertThat(room.take(C, 1, null)).contains("");
        assertThat(room.take(C, 1, "")).contains("");
        assertThat(room.take(C, 1, null)).isEmpty();
        assertThat(Room.beside(nodes(Kind.WHOLE, "x=2 east:y=1"), List.of()).take(C, 1, null)).contains("east");
    }

    @Test
    void partitionsOfAGpuAreAnybodys() {
        assertThat(Room.beside(nodes(Kind.MIG, "x=7"), holders("A*1@x B*1@x")).more(C, 1)).isEqualTo(5);
    }

    /** Whoever is told that there is room is given it; at the end everybody is placed, as a scheduler could. */
    @Test
    void whatIsPromisedOneByOneFitsTogether() {
        Random random = new Random(24);
        for (int round = 0; round < 2_000; round++) {
            Kind kind = random.nextBoolean() ? Kind.WHOLE : Kind.TIME_SLICED;
            Map<String, Integer> nodes = new HashMap<>();
            for (int node = 1 + random.nextInt(4); node > 0; node--) {
                nodes.put("n" + node, 1 + random.nextInt(8));
            }
            Offered offered = new Offered(kind(kind), nodes);
            List<Held> promised = new ArrayList<>();
            for (int asked = 0; asked < 12; asked++) {
                TenantId tenant = List.of(A, B, C).get(random.nextInt(3));
                int amount = kind.shares() ? 1 : 1 << random.nextInt(4);
                if (Room.beside(offered, promised).more(tenant, amount) > 0) {
                    promised.add(new Held(tenant, null, amount, null));
                }
            }
            assertThat(canBePlaced(promised, 0, nodes, new HashMap<>(), kind.shares())).as("%s on %s: %s", kind, nodes, promised).isTrue();
        }
    }

    /** Every way is tried. */
    private static boolean canBePlaced(List<Held> all, int from, Map<String, Integer> free, Map<String, TenantId> owners, boolean shared) {
        if (from == all.size()) {
            return true;
        }
        Held next = all.get(from);
        for (String node : List.copyOf(free.keySet())) {
            TenantId owner = owners.get(node);
            if (free.get(node) >= next.amount() && (!shared || owner == null || owner.equals(next.tenant()))) {
                Map<String, Integer> left = new HashMap<>(free);
                left.merge(node, -next.amount(), Integer::sum);
                Map<String, TenantId> owned = new HashMap<>(owners);
                owned.put(node, next.tenant());
                if (canBePlaced(all, from + 1, left, owned, shared)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Offered nodes(Kind kind, String text) {
        Map<String, Integer> nodes = new HashMap<>();
        Arrays.stream(text.split(" ")).map(node -> node.split("=")).forEach(node -> nodes.put(node[0], Integer.parseInt(node[1])));
        return new Offered(kind(kind), nodes);
    }

    private static PartKind kind(Kind kind) {
        return new PartKind("H100", kind, "nvidia.com/gpu", kind.shares() ? 4 : 1);
    }

    private static List<Held> holders(@Nullable String text) {
        return text == null ? List.of() : Arrays.stream(text.split(" ")).map(RoomTest::holder).toList();
    }

    private static Held holder(String text) {
        String[] part = text.split("[*@]");
        return new Held(Map.of("A", A, "B", B, "C", C).get(part[0]), part.length == 3 ? part[2] : null, Integer.parseInt(part[1]), null);
    }
}
