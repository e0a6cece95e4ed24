package dev.penstock.platform.slice;

import dev.penstock.contract.platform.SliceProfileView.Kind;
import dev.penstock.platform.catalog.SliceProfile;

/**
 * A kind of part as the fleet offers it; profiles of one kind draw on the same parts. The resource alone would not do: the same resource name means different
 * parts on different devices, and on nodes that share their GPUs otherwise.
 *
 * @param nodeProduct value of the node label {@code nvidia.com/gpu.product}
 * @param resource Kubernetes resource name
 * @param replicas how many slices use one GPU
 */
public record PartKind(String nodeProduct, Kind kind, String resource, int replicas) {

    public static PartKind of(SliceProfile profile) {
        return new PartKind(profile.nodeProduct(), profile.kind(), profile.resource(), profile.replicas());
    }
}
