package dev.penstock.contract.quota;

import dev.penstock.contract.TenantId;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * Of a tenant or of a model, one of the two.
 *
 * @param model its name or an alias, as callers call it
 * @param reason told to everybody whose call is refused, and to the audit trail
 */
public record StopSpec(@Nullable TenantId tenant, @Nullable @Size(min = 1, max = 300) String model, @NotNull @Size(min = 1, max = 500) String reason) {}
