package dev.penstock.contract.platform;

import org.jspecify.annotations.Nullable;

/**
 * A kind of GPU part. Profiles are data: the same name means different parts on different devices, so the id holds both.
 *
 * @param id for example {@code h100-80.1g.10gb}
 * @param name as NVIDIA names it, for example {@code 1g.10gb}; {@code whole} for a whole GPU
 * @param device for example {@code NVIDIA H100 80GB HBM3}
 * @param kind how the part is made
 * @param resource the Kubernetes resource name; of kind {@code DRA} the device class, and in brackets which of its devices; of kind {@code HAMI}
 *     in parentheses how much of a GPU
 * @param amount how much of it one slice has, all on one node: for example two whole GPUs
 * @param replicas how many slices use one GPU, where several do; otherwise 1
 * @param parts of 840 of a GPU; several GPUs have as many times 840
 * @param computeSlots of 7, as drawn
 * @param memorySlots of 8, as drawn
 * @param memoryMib memory of the part; where nothing keeps it apart, its share if all take the same
 * @param isolation what it really isolates, in a sentence
 * @param total slices of this profile that ready nodes of the clusters have room for
 * @param free how many more there is room for beside what is held; 0 where Kueue hands it out, since what nodes have left is not what its queue gives
 * @param waiting slices queued for it
 * @param missing why it cannot be had now, in a sentence; null: nodes offer it
 * @param kueue the ClusterQueue by which Kueue hands it out; null: our own queue does
 */
public record SliceProfileView(
        String id,
        String name,
        String device,
        Kind kind,
        String resource,
        int amount,
        int replicas,
        int parts,
        int computeSlots,
        int memorySlots,
        long memoryMib,
        String isolation,
        int total,
        int free,
        int waiting,
        @Nullable String missing,
        @Nullable String kueue) {

    public enum Kind {
        /** One or several GPUs, each for this slice alone. */
        WHOLE,
        /** A partition of a GPU that is cut in hardware. */
        MIG,
        /** Slices of one tenant take turns on a GPU. */
        TIME_SLICED,
        /** Slices of one tenant run side by side on a GPU, within limits that NVIDIA's multi-process service keeps. */
        MPS,
        /** Slices of one tenant on a GPU, each kept to its memory and computing by HAMi's library in its own container. */
        HAMI,
        /** One or several whole GPUs, or a partition, that the cluster gives out by a device claim instead of by counting; for this slice alone. */
        DRA;

        /** Whether other slices use the same memory and computing, kept apart by nothing or by software alone: then all of a node are one tenant's. */
        public boolean shares() {
            return this == TIME_SLICED || this == MPS || this == HAMI;
        }
    }
}
