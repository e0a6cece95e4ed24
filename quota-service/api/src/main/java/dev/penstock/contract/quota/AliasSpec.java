package dev.penstock.contract.quota;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param targets none: the alias is withdrawn
 * @param reason why, for the audit trail
 */
public record AliasSpec(
        @NotNull RoutingStrategy strategy, @NotNull @Size(max = 20) List<@NotNull @Valid AliasTarget> targets, @Nullable @Size(max = 500) String reason) {}
