package dev.penstock.contract.quota;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * @param model the name of a model that callers can call; where a caller's project has no such model, the target is left out
 * @param tier 0 is asked first; a higher one only when none of a lower takes calls
 * @param weight share among its tier
 */
public record AliasTarget(@NotNull @Size(min = 1, max = 200) String model, @Min(0) @Max(4) int tier, @Min(1) @Max(1000) int weight) {}
