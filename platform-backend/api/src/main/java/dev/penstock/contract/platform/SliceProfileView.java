package dev.penstock.contract.platform;

/**
 * A kind of GPU part. Profiles are data: the same name means different parts on different devices, so the id holds both.
 *
 * @param id for example {@code h100-80.1g.10gb}
 * @param name as NVIDIA names it, for example {@code 1g.10gb}; {@code whole} for a whole GPU
 * @param device for example {@code NVIDIA H100 80GB HBM3}
 * @param kind how the part is made
 * @param resource the Kubernetes resource name
 * @param parts of 840 of a GPU
 * @param computeSlots of 7, as drawn
 * @param memorySlots of 8, as drawn
 * @param memoryMib memory of the part
 * @param isolation what it really isolates, in a sentence
 * @param total parts of this profile on ready nodes of the clusters
 * @param free of those, how many nobody holds
 * @param waiting slices queued for it
 */
public record SliceProfileView(
        String id,
        String name,
        String device,
        Kind kind,
        String resource,
        int parts,
        int computeSlots,
        int memorySlots,
        long memoryMib,
        String isolation,
        int total,
        int free,
        int waiting) {

    public enum Kind {
        WHOLE,
        MIG
    }
}
