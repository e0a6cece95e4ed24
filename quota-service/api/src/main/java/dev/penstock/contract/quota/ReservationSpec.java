package dev.penstock.contract.quota;

import dev.penstock.contract.ProjectId;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;

/**
 * @param profile id of the slice profile, for example {@code h100-80.1g.10gb}
 * @param parts parts of a GPU the profile holds, of 840; several GPUs have as many times 840
 * @param leaseSeconds how long the slice may be held at most
 */
public record ReservationSpec(
        @NotNull ProjectId project,
        @NotNull @Size(max = 100) String profile,
        @Positive int parts,
        @Positive @Max(ReservationSpec.LONGEST_LEASE_SECONDS) long leaseSeconds) {

    /** Those of a node: a slice is on one. */
    public static final int MOST_GPUS = 8;

    /** A leap year: nothing is held for longer at a stretch. */
    public static final long LONGEST_LEASE_SECONDS = 31_622_400;
}
