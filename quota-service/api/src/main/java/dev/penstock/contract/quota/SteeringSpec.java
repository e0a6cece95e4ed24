package dev.penstock.contract.quota;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param rules the first that holds is taken; none: calls are answered as they ask
 * @param ladder null: budgets refuse, and nothing comes before that
 * @param reason why, for the audit trail
 */
public record SteeringSpec(
        @NotNull @Size(max = 20) List<@NotNull @Valid SteeringRule> rules, @Nullable @Valid Ladder ladder, @NotNull @Size(min = 1, max = 500) String reason) {}
