package dev.penstock.contract.platform;

import dev.penstock.contract.GpuTime;
import dev.penstock.contract.quota.ReservationSpec;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;

/**
 * When a request needs nobody's consent.
 *
 * @param approvesUpTo a request for at most this much GPU time (parts × lease) is approved at once; zero: never
 * @param longestLeaseSeconds a longer lease, also by extension, is refused
 */
public record ApprovalPolicy(@NotNull GpuTime approvesUpTo, @Positive @Max(ReservationSpec.LONGEST_LEASE_SECONDS) long longestLeaseSeconds) {}
