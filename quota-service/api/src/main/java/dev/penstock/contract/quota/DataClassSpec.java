package dev.penstock.contract.quota;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** @param reason why, for the audit trail: whoever lowers a class lets data out */
public record DataClassSpec(@NotNull DataClass dataClass, @NotBlank @Size(max = 500) String reason) {}
