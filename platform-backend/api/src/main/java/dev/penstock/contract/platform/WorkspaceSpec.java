package dev.penstock.contract.platform;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * What is to run on a slice.
 *
 * @param image id of a workspace image that is offered
 * @param volumeGib size of the volume that holds the home folder; it goes with the slice
 */
public record WorkspaceSpec(@NotNull @Size(max = 40) String image, @Min(1) @Max(WorkspaceSpec.MOST_GIB) int volumeGib) {

    /** However much an installation allows. */
    public static final int MOST_GIB = 16_384;
}
