package dev.penstock.contract.platform;

import dev.penstock.contract.SliceId;
import dev.penstock.contract.TenantId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param missing why nothing new is known of anybody, as a sentence; null: activity is being looked at
 * @param warnsAfterSeconds how long without activity it takes until its team is warned
 * @param suspendsAfterSeconds how long without activity it takes until a workspace is suspended
 * @param reclaimsAfterSeconds how long one that was suspended for it waits to be resumed; null: until its lease ends
 * @param workspaces those of which something is known; of one that is missing nothing is, and nothing happens to it
 */
public record IdlenessView(
        @Nullable String missing,
        long warnsAfterSeconds,
        long suspendsAfterSeconds,
        @Nullable Long reclaimsAfterSeconds,
        List<Known> workspaces) {

    /**
     * @param seenAt until when its activity is known
     * @param idleSince since when it is known to be without activity; not before {@code seenAt}: it was active when it was last looked at
     * @param warnedAt when its team was warned; null: not yet, or it was active since
     * @param suspendsAt when it is suspended if nothing happens; null: not announced, or suspended already
     * @param releasesAt when it is released if nobody resumes it; null: it is not suspended for idleness, or waits until its lease ends
     */
    public record Known(
            TenantId tenant,
            SliceId slice,
            Instant seenAt,
            Instant idleSince,
            @Nullable Instant warnedAt,
            @Nullable Instant suspendsAt,
            @Nullable Instant releasesAt) {}
}
