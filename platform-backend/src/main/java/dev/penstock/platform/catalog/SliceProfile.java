package dev.penstock.platform.catalog;

import dev.penstock.contract.GpuTime;
import dev.penstock.contract.platform.SliceProfileView;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A kind of GPU part.
 *
 * @param id device and name, for example {@code h100-80.1g.10gb}
 * @param name as the maker names it; {@code whole} for a whole GPU
 * @param device for people to read
 * @param nodeProduct value of the node label {@code nvidia.com/gpu.product} where it is found
 * @param resource Kubernetes resource name; of devices and of shares of a GPU as {@link DeviceChoice} and {@link CardShare} write it
 * @param amount of the resource, all on one node
 * @param replicas how many slices use one GPU; the value of the node label {@code nvidia.com/gpu.replicas} where several do
 * @param parts of {@value GpuTime#PARTS_PER_GPU} of a GPU
 * @param computeSlots of 7
 * @param memorySlots of 8
 * @param memoryMib memory in MiB
 * @param isolation what it really isolates, in a sentence
 * @param starts memory slots at which it may begin
 * @param most how many of it one GPU can have
 * @param devices which devices are claimed; null: the resource is counted by a device plugin
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
        int most,
        @Nullable DeviceChoice devices) {

    public SliceProfile {
        starts = List.copyOf(starts);
        if (parts < 1 || parts > amount * GpuTime.PARTS_PER_GPU) {
            throw new IllegalArgumentException("profile " + id + " has " + parts + " of " + amount * GpuTime.PARTS_PER_GPU + " parts");
        }
        if (kind.shares() != replicas > 1) {
            throw new IllegalArgumentException("profile " + id + " is of kind " + kind + " and has " + replicas + " on one GPU");
        }
        if ((kind == SliceProfileView.Kind.DRA) != (devices != null) || (devices != null && !devices.resource().equals(resource))) {
            throw new IllegalArgumentException("profile " + id + " is of kind " + kind + " and claims " + devices + " as " + resource);
        }
        if (kind == SliceProfileView.Kind.HAMI && !new CardShare(Math.toIntExact(memoryMib), 100 / replicas).resource().equals(resource)) {
            throw new IllegalArgumentException("profile " + id + " has " + memoryMib + " MiB, is one of " + replicas + " on a GPU, and asks for " + resource);
        }
    }

    /** Of what a device plugin counts. */
    public SliceProfile(
            String id, String name, String device, String nodeProduct, SliceProfileView.Kind kind, String resource, int amount, int replicas, int parts, int computeSlots,
            int memorySlots, long memoryMib, String isolation, List<Integer> starts, int most) {
        this(id, name, device, nodeProduct, kind, resource, amount, replicas, parts, computeSlots, memorySlots, memoryMib, isolation, starts, most, null);
    }

    /** What one slice asks a cluster for, by resource name. */
    public Map<String, Integer> vector() {
        return Map.of(resource, amount);
    }

    /** The same as its container says it. */
    public Map<String, Integer> asked() {
        return CardShare.named(resource).map(CardShare::asked).orElse(vector());
    }

    /** Whether it is a part of one GPU, or all of one, that nobody else has. */
    public boolean isOfOneGpu() {
        return !kind.shares() && amount == 1;
    }

    /** Whether a device plugin counts it: then the MIG manager can cut GPUs for it. */
    public boolean isCounted() {
        return devices == null;
    }
}
