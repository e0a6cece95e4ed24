package dev.penstock.platform.request;

import dev.penstock.contract.GpuTime;
import dev.penstock.contract.ProjectId;
import dev.penstock.platform.catalog.SliceProfile;
import java.time.Duration;
import java.time.ZoneId;

/**
 * What policy looks at.
 *
 * @param calendar the tenant's time zone, for naming days
 */
record Asked(ProjectId project, SliceProfile profile, Duration lease, ZoneId calendar) {

    /** The most it can use: parts × lease. */
    GpuTime gpuTime() {
        return GpuTime.of(profile.parts(), lease);
    }
}
