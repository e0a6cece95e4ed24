package dev.penstock.contract.platform;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.util.Map;

/**
 * What a tenant may count on of the fleet. It replaces what was agreed before.
 *
 * @param weight of what nobody is guaranteed, compared with the weights of others: with 3 it borrows three times as much as a tenant with 1
 * @param guaranteed how many parts it has whenever it asks for them, by profile, of whole GPUs and partitions of one; a profile
 *     that is missing: none
 */
public record ShareSpec(
        @Min(1) @Max(1000) int weight, @NotNull @Size(max = 200) Map<@NotNull String, @NotNull @Positive @Max(1_000_000) Integer> guaranteed) {}
