package dev.penstock.platform.geometry;

import java.util.List;
import java.util.Map;

/**
 * What to cut anew, who has to stop for it, and what it wins.
 *
 * @param recuts by node and GPU
 * @param drained everyone whom that stops, with where there is a place for them afterwards
 * @param served those who wait and get a partition, in the order in which they wait
 * @param left those who still wait
 */
public record Plan(List<Recut> recuts, List<Drained> drained, List<Served> served, List<Wanted> left) {

    public Plan {
        recuts = List.copyOf(recuts);
        drained = List.copyOf(drained);
        served = List.copyOf(served);
        left = List.copyOf(left);
    }

    /** @param after one geometry that has what is needed; where on the GPU each lies is the driver's */
    public record Recut(Gpu gpu, Geometry after) {

        public Map<String, Integer> before() {
            return gpu.cut();
        }
    }

    /** @param to where it can run afterwards: the same GPU or another */
    public record Drained(Gpu.Holder holder, Gpu from, Gpu to) {}

    /** @param on the GPU that has a partition for it, afterwards */
    public record Served(Wanted wanted, Gpu on) {}

    /** Parts of GPUs that those who are served get. */
    public long parts() {
        return served.stream().mapToLong(each -> each.wanted().parts()).sum();
    }
}
