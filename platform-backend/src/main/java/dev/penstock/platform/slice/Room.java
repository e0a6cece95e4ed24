package dev.penstock.platform.slice;

import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.Within;
import dev.penstock.platform.queue.Space;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What nodes still have of a kind of part beside what is held. Whoever was placed lies on their node; for whoever was not yet, room is kept where they fit. A
 * slice lies on one node whole, and where slices share a GPU a node is one tenant's: so a sum over all nodes would promise what no node has.
 *
 * <p>Amounts that divide each other (1, 2, 4, 8) and nodes of one size are counted exactly. Otherwise there may be room that is not seen here, and never room
 * seen that is not there.
 */
public final class Room implements Space {

    private static final Comparator<Held> LARGEST = Comparator.comparingInt(Held::amount).reversed();

    private final boolean oneTenantEach;
    private final Map<String, Integer> free;
    private final Map<String, TenantId> owners = new HashMap<>();

    /**
     * @param node where it was placed; null: nowhere yet
     * @param within the cluster where it will be placed; null: any
     */
    public record Held(TenantId tenant, @Nullable String node, int amount, @Nullable String within) {

        private boolean mayLieOn(String node) {
            return within == null || within.equals(Within.of(node).cluster());
        }
    }

    private Room(Offered offered) {
        this.oneTenantEach = offered.kind().kind().shares();
        this.free = new TreeMap<>(offered.byNode());
    }

    public static Room beside(Offered offered, Collection<Held> held) {
        Room room = new Room(offered);
        List<Held> nowhere = new ArrayList<>();
        for (Held each : held) {
            String node = each.node();
            if (node != null && room.free.containsKey(node)) {
                room.take(node, each);
            } else {
                // Its node is away: it may need a place here.
                nowhere.add(each);
            }
        }
        nowhere.sort(LARGEST);
        room.keep(nowhere);
        return room;
    }

    /**
     * For how many more slices of the amount there is room.
     *
     * @param tenant whose; null: of one that holds nothing
     */
    public int more(@Nullable TenantId tenant, int amount) {
        return more(tenant, amount, null);
    }

    /** @param within the only cluster that will do; null: any */
    int more(@Nullable TenantId tenant, int amount, @Nullable String within) {
        return free.entrySet().stream().filter(node -> isOpenTo(tenant, node.getKey()) && (within == null || within.equals(Within.of(node.getKey()).cluster()))).mapToInt(node -> node.getValue() / amount).sum();
    }

    @Override
    public int free() {
        return free.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public Optional<String> take(TenantId tenant, int size, @Nullable String within) {
        Held held = new Held(tenant, null, size, within);
        Optional<String> node = nodeFor(held);
        node.ifPresent(name -> take(name, held));
        return node.map(name -> Within.of(name).cluster());
    }

    /** Wherever they are: only single parts of GPUs that nobody shares are kept for anybody. */
    @Override
    public void keep(int count) {
        int left = count;
        for (Map.Entry<String, Integer> node : free.entrySet()) {
            int kept = Math.min(left, node.getValue());
            node.setValue(node.getValue() - kept);
            left -= kept;
        }
    }

    /** Whoever finds no place here holds none: they wait for the scheduler. */
    private void keep(List<Held> nowhere) {
        for (Held each : nowhere) {
            nodeFor(each).ifPresent(node -> take(node, each));
        }
    }

    /**
     * The tenant's own nodes first, else nodes would be its that it does not need. Among those the fullest that has room, so that large ones stay whole; where a
     * node becomes the tenant's, the largest, so that it needs few.
     */
    private Optional<String> nodeFor(Held wanted) {
        Comparator<Map.Entry<String, Integer>> fullest = Map.Entry.comparingByValue();
        Comparator<Map.Entry<String, Integer>> best = Comparator
                .comparing((Map.Entry<String, Integer> node) -> !Objects.equals(owners.get(node.getKey()), wanted.tenant()))
                .thenComparing(oneTenantEach ? fullest.reversed() : fullest);
        return free.entrySet().stream()
                .filter(node -> node.getValue() >= wanted.amount() && wanted.mayLieOn(node.getKey()) && isOpenTo(wanted.tenant(), node.getKey()))
                .min(best)
                .map(Map.Entry::getKey);
    }

    private boolean isOpenTo(@Nullable TenantId tenant, String node) {
        TenantId owner = owners.get(node);
        return owner == null || owner.equals(tenant);
    }

    private void take(String node, Held held) {
        free.merge(node, -held.amount(), (count, less) -> Math.max(0, count + less));
        if (oneTenantEach) {
            owners.putIfAbsent(node, held.tenant());
        }
    }
}
