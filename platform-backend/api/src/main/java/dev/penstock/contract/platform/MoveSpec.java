package dev.penstock.contract.platform;

import dev.penstock.contract.TenantId;
import jakarta.validation.constraints.NotNull;

/** @param to the tenant that the project goes to; billed in the same currency */
public record MoveSpec(@NotNull TenantId to) {}
