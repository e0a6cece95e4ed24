package dev.penstock.platform.slice;

/**
 * A kind of part as the fleet offers it. The resource alone would not do: the same resource name means different parts on different devices.
 *
 * @param nodeProduct value of the node label {@code nvidia.com/gpu.product}
 * @param resource Kubernetes resource name
 */
public record PartKind(String nodeProduct, String resource) {

    @Override
    public String toString() {
        return resource + " on " + nodeProduct;
    }
}
