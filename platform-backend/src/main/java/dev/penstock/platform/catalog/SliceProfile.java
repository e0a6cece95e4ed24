package dev.penstock.platform.catalog;

import dev.penstock.contract.GpuTime;
import dev.penstock.contract.platform.SliceProfileView;
import java.util.List;
import java.util.Map;

/**
 * A kind of GPU part.
 *
 * @param id device and name, for example {@code h100-80.1g.10gb}
 * @param name as the maker names it; {@code whole} for a whole GPU
 * @param device for people to read
 * @param nodeProduct value of the node label {@code nvidia.com/gpu.product} where it is found
 * @param resource Kubernetes resource name
 * @param amount of the resource, all on one node
 * @param replicas how many slices use one GPU; the value of the node label {@code nvidia.com/gpu.replicas} where several do
 * @param parts of {@value GpuTime#PARTS_PER_GPU} of a GPU
 * @param computeSlots of 7
 * @param memorySlots of 8
 * @param memoryMib memory in MiB
 * @param isolation what it really isolates, in a sentence
 * @param starts memory slots at which it may begin
 * @param most how many of it one GPU can have
 */
public record SliceProfile(
        String id,
        String name,
        String device,
        String nodeProduct,
        SliceProfileView.Kind kind,
        String resource,
        int amount,
        int replicas,
        int parts,
        int computeSlots,
        int memorySlots,
        long memoryMib,
        String isolation,
        List<Integer> starts,
        int most) {

    public SliceProfile {
        starts = List.copyOf(starts);
        if (parts < 1 || parts > amount * GpuTime.PARTS_PER_GPU) {
            throw new IllegalArgumentException("profile " + id + " has " + parts + " of " + amount * GpuTime.PARTS_PER_GPU + " parts");
        }
        if (kind.shares() != replicas > 1) {
            throw new IllegalArgumentException("profile " + id + " is of kind " + kind + " and has " + replicas + " on one GPU");
        }
    }

    /** What one slice asks a cluster for, by resource name. */
    public Map<String, Integer> vector() {
        return Map.of(resource, amount);
    }

    /** Whether it is a part that a GPU can be cut into, or all of one. */
    public boolean isOfOneGpu() {
        return !kind.shares() && amount == 1;
    }
}
