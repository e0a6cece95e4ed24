package dev.penstock.platform.geometry;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Proposes how to cut GPUs anew for those who wait. Cutting a GPU stops everyone on it: the MIG manager clears a GPU before it cuts it. So a plan that may
 * drain nobody touches idle GPUs only, and one that may drain somebody finds a place for each of them first.
 *
 * <p>The best of four drafts, by the parts of GPUs that they hand out, then by how many they serve, whom they drain, what they touch: first-fit, and the
 * best geometry at a time, each in the order of waiting and by size. So no plan is worse than first-fit. Which cut is best at all is a packing problem, and not
 * solved: docs/decisions/023 tells how far from it plans of small fleets are.
 */
public final class GeometryPlanner {

    private static final Comparator<Draft> BETTER = Comparator.comparingLong(Draft::parts).reversed()
            .thenComparing(Comparator.comparingInt(Draft::served).reversed())
            .thenComparingInt(Draft::drained)
            .thenComparingInt(Draft::recuts)
            .thenComparingLong(Draft::lateness);

    private static final Comparator<Wanted> LARGEST = Comparator.comparingInt(Wanted::parts).reversed();

    private GeometryPlanner() {}

    /**
     * @param gpus of any devices
     * @param waiting in the order in which they wait
     * @param mostDrained how many running slices may be stopped for it, in all
     */
    public static Plan plan(List<Gpu> gpus, List<Wanted> waiting, int mostDrained) {
        List<Wanted> bySize = waiting.stream().sorted(LARGEST).toList();
        List<Draft> drafts = new ArrayList<>();
        for (List<Wanted> order : List.of(waiting, bySize)) {
            Draft draft = new Draft(gpus, waiting);
            order.forEach(draft::firstFit);
            drafts.add(draft);
        }
        for (List<Wanted> order : List.of(waiting, bySize)) {
            Draft draft = new Draft(gpus, waiting);
            order.forEach(draft::intoIdle);
            draft.cutByBestGeometry(mostDrained);
            drafts.add(draft);
        }
        return Collections.min(drafts, BETTER).plan();
    }

    /** Who waits gets a free partition, else a part of the first idle GPU that can be cut for it: what anybody would do, and what plans are compared with. */
    public static Plan firstFit(List<Gpu> gpus, List<Wanted> waiting) {
        Draft draft = new Draft(gpus, waiting);
        waiting.forEach(draft::firstFit);
        return draft.plan();
    }
}
