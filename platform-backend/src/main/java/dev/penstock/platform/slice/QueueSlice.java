package dev.penstock.platform.slice;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.RequestId;
import dev.penstock.contract.SliceId;
import dev.penstock.contract.TenantId;
import dev.penstock.platform.catalog.SliceProfile;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A slice that was approved and is to be brought up.
 *
 * @param slice its id, derived from the request, so that approving again after a crash queues nothing twice
 * @param name unique among the project's live slices
 * @param holder subject of the person who asked for it
 * @param serving the model server it is for; null: a workspace
 * @param workspace the image and the volume of a workspace; null: a plain shell, or a model server
 * @param startsAt from when its part is reserved; null: it is wanted as soon as there is one
 */
public record QueueSlice(
        TenantId tenant,
        SliceId slice,
        ProjectId project,
        RequestId request,
        String name,
        SliceProfile profile,
        Duration lease,
        String holder,
        @Nullable Serving serving,
        @Nullable Workspace workspace,
        @Nullable Instant startsAt) {

    public QueueSlice {
        if (lease.toSeconds() < 1) {
            throw new IllegalArgumentException("a lease lasts at least a second: " + lease);
        }
    }

    @Nullable Reserved reserved() {
        return startsAt == null ? null : new Reserved(startsAt, startsAt.plus(lease));
    }
}
