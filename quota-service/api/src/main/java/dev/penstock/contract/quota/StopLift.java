package dev.penstock.contract.quota;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** @param reason for the audit trail */
public record StopLift(@NotNull @Size(min = 1, max = 500) String reason) {}
