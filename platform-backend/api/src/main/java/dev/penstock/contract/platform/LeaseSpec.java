package dev.penstock.contract.platform;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** @param leaseSeconds the whole lease, from the moment the slice was first ready */
public record LeaseSpec(@Min(60) @Max(31_622_400) long leaseSeconds) {}
