package dev.penstock.contract.platform;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * @param name lower case, digits and hyphens; unique
 * @param title what people read
 * @param costCentre where finance books it; a change is dated, earlier months keep the earlier one
 * @param timeZone IANA name
 * @param currency ISO 4217
 */
public record TenantSpec(
        @NotNull @Pattern(regexp = "[a-z][a-z0-9-]{0,61}[a-z0-9]", message = "lower case letters, digits and hyphens, 2 to 63") String name,
        @NotNull @Size(min = 1, max = 100) String title,
        @NotNull @Size(min = 1, max = 50) String costCentre,
        @NotNull @Size(max = 60) String timeZone,
        @NotNull @Pattern(regexp = "[A-Z]{3}", message = "an ISO 4217 code") String currency) {}
