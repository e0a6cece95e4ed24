package dev.penstock.platform.request;

import dev.penstock.contract.GpuTime;
import dev.penstock.contract.ProjectId;
import dev.penstock.platform.catalog.SliceProfile;
import dev.penstock.platform.slice.Reserved;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * What policy looks at.
 *
 * @param startsAt from when a part is to be reserved; null: it is wanted as soon as there is one
 * @param calendar the tenant's time zone, for naming days
 */
record Asked(ProjectId project, SliceProfile profile, Duration lease, @Nullable Instant startsAt, ZoneId calendar) {

    Asked(ProjectId project, SliceProfile profile, Duration lease, ZoneId calendar) {
        this(project, profile, lease, null, calendar);
    }

    /** The time it is to be reserved for; null: none. */
    @Nullable Reserved reserved() {
        return startsAt == null ? null : new Reserved(startsAt, startsAt.plus(lease));
    }


    /** The most it can use: parts × lease. */
    GpuTime gpuTime() {
        return GpuTime.of(profile.parts(), lease);
    }
}
