package dev.penstock.platform.fleet;

import dev.penstock.contract.platform.Within;
import dev.penstock.platform.geometry.GeometryPlanner;
import dev.penstock.platform.geometry.Gpu;
import dev.penstock.platform.geometry.Plan;
import dev.penstock.platform.geometry.Wanted;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Plans of cutting, each within one cluster: whoever is stopped finds a place in their cluster, where their volume is, and who waits for a part of one cluster
 * alone is served there alone. Who may be anywhere is served where a cluster's turn comes first; every cluster is first once, and the best of these is taken.
 * With one cluster it is the planner's plan.
 */
final class ClusterPlans {

    private static final Comparator<Plan> BEST_FIRST = Comparator.comparingLong(Plan::parts).reversed()
            .thenComparing(Comparator.comparingInt((Plan plan) -> plan.served().size()).reversed())
            .thenComparingInt(plan -> plan.drained().size())
            .thenComparingInt(plan -> plan.recuts().size());

    private final Map<String, List<Gpu>> byCluster;
    private final List<Wanting> waiting;

    /** @param within the only cluster that will do; null: any */
    record Wanting(Wanted wanted, @Nullable String within) {

        private boolean mayBeIn(String cluster) {
            return within == null || within.equals(cluster);
        }
    }

    private ClusterPlans(List<Gpu> gpus, List<Wanting> waiting) {
        this.byCluster = gpus.stream().collect(Collectors.groupingBy(gpu -> Within.of(gpu.node()).cluster(), TreeMap::new, Collectors.toList()));
        this.waiting = waiting;
    }

    /**
     * @param waiting in the order in which they wait
     * @param mostDrained how many running slices may be stopped for it, in all clusters together
     */
    static Plan best(List<Gpu> gpus, List<Wanting> waiting, int mostDrained) {
        ClusterPlans plans = new ClusterPlans(gpus, waiting);
        List<String> clusters = List.copyOf(plans.byCluster.keySet());
        List<Plan> drafts = new ArrayList<>();
        for (int first = 0; first < clusters.size(); first++) {
            List<String> turns = new ArrayList<>(clusters.subList(first, clusters.size()));
            turns.addAll(clusters.subList(0, first));
            drafts.add(plans.inTurn(turns, mostDrained));
        }
        return drafts.stream().min(BEST_FIRST).orElseGet(() -> plans.inTurn(List.of(), mostDrained));
    }

    private Plan inTurn(List<String> clusters, int mostDrained) {
        List<Plan.Recut> recuts = new ArrayList<>();
        List<Plan.Drained> drained = new ArrayList<>();
        Map<String, Plan.Served> served = new TreeMap<>();
        for (String cluster : clusters) {
            List<Wanted> here = waiting.stream().filter(each -> each.mayBeIn(cluster) && !served.containsKey(each.wanted().id())).map(Wanting::wanted).toList();
            Plan plan = GeometryPlanner.plan(byCluster.getOrDefault(cluster, List.of()), here, mostDrained - drained.size());
            recuts.addAll(plan.recuts());
            drained.addAll(plan.drained());
            plan.served().forEach(each -> served.put(each.wanted().id(), each));
        }
        List<Wanted> all = waiting.stream().map(Wanting::wanted).toList();
        return new Plan(
                recuts, drained, all.stream().map(each -> served.get(each.id())).filter(Objects::nonNull).toList(),
                all.stream().filter(each -> !served.containsKey(each.id())).toList());
    }
}
