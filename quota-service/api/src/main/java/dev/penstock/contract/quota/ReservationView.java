package dev.penstock.contract.quota;

import dev.penstock.contract.GpuTime;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.SliceId;

/**
 * @param setAside GPU time set aside for the whole lease
 * @param booked GPU time booked so far
 */
public record ReservationView(
        SliceId slice, ProjectId project, String profile, int parts, long leaseSeconds, boolean released, GpuTime setAside, GpuTime booked) {}
