package dev.penstock.simulators.cluster.fleet;

/**
 * A GPU product as feature discovery labels it.
 *
 * @param product the value of {@code nvidia.com/gpu.product}
 * @param family the architecture, such as {@code hopper}
 * @param memoryMiB memory per card as the driver reports it
 * @param sliceGb gigabytes of one of the eight memory slices, as MIG profile names count them
 */
public record GpuModel(String product, String family, int memoryMiB, int sliceGb) {

    public static final GpuModel H100_80GB = new GpuModel("NVIDIA-H100-80GB-HBM3", "hopper", 81559, 10);
    public static final GpuModel H200_141GB = new GpuModel("NVIDIA-H200", "hopper", 143771, 18);

    public GpuModel {
        if (product.isBlank() || family.isBlank() || memoryMiB <= 0 || sliceGb <= 0) {
            throw new IllegalArgumentException("a GPU model needs a product, a family, memory and the size of a slice");
        }
    }
}
