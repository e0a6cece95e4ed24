package dev.penstock.contract.quota;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** @param reason how it is known that the disk is gone, for the audit trail */
public record WriteOffSpec(@NotBlank @Size(max = 500) String reason) {}
