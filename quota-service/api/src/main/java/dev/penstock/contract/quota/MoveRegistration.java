package dev.penstock.contract.quota;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;

/**
 * That a project has moved, with both tenants as they are after it: they are taken together, so that the project is never in neither.
 *
 * @param from the tenant that it left, and {@code left} as it is without the project
 * @param to the tenant that it came to, and {@code joined} as it is with the project
 */
public record MoveRegistration(
        @NotNull ProjectId project, @NotNull TenantId from, @NotNull @Valid TenantRegistration left, @NotNull TenantId to, @NotNull @Valid TenantRegistration joined) {}
