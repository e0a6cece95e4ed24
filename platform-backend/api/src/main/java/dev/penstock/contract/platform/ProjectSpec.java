package dev.penstock.contract.platform;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/** @param name lower case, digits and hyphens; unique within the tenant */
public record ProjectSpec(
        @NotNull @Pattern(regexp = "[a-z][a-z0-9-]{0,61}[a-z0-9]", message = "lower case letters, digits and hyphens, 2 to 63") String name) {}
