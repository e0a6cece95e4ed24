package dev.penstock.contract.platform;

import dev.penstock.contract.SliceId;
import java.util.List;
import java.util.Map;

/**
 * How GPUs could be cut anew for those who wait. A proposal for this moment; nothing is changed by it.
 *
 * @param recuts GPUs that would be cut anew
 * @param stopped everyone who would have to stop for it; each has a place afterwards
 * @param served those who wait and would get a partition, in the order in which they wait
 * @param left how many would still wait
 * @param parts what those who are served would hold, of 840 of a GPU
 * @param fingerprint of all that above: what one consents to
 */
public record RepackView(List<Recut> recuts, List<Stopped> stopped, List<Served> served, int left, long parts, String fingerprint) {

    /**
     * @param before how many partitions it has, by the profile's name
     * @param after as it would be cut
     */
    public record Recut(String node, int gpu, Map<String, Integer> before, GpuView after) {}

    /** @param profile by name */
    public record Stopped(SliceId slice, String name, String tenantName, String profile, String from, String to) {}

    /** @param on the node */
    public record Served(SliceId slice, String name, String tenantName, String profile, String on) {}
}
