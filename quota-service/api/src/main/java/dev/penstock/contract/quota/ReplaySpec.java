package dev.penstock.contract.quota;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * @param rules that are proposed
 * @param days back from now
 */
public record ReplaySpec(@NotNull @Size(max = 20) List<@NotNull @Valid SteeringRule> rules, @Min(1) @Max(31) int days) {}
