package dev.penstock.contract.platform;

import dev.penstock.contract.quota.ReservationSpec;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** @param leaseSeconds the whole lease, from the moment the slice was first ready */
public record LeaseSpec(@Min(60) @Max(ReservationSpec.LONGEST_LEASE_SECONDS) long leaseSeconds) {}
