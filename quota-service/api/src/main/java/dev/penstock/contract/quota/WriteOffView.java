package dev.penstock.contract.quota;

import dev.penstock.contract.Money;
import dev.penstock.contract.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A replica that was declared gone for good with its disk.
 *
 * @param epoch of its last life
 * @param heardAt when it was last heard of; null: of that life nobody knows
 * @param attempts that it had under way by its last word
 * @param losses by tenant; those of whose money it held nothing are left out
 */
public record WriteOffView(
        String replica, UUID journal, long epoch, @Nullable Instant heardAt, long attempts, Instant at, String by, String reason, List<TenantLoss> losses) {

    /** @param amount what calls of the tenant that took from what the replica held can have cost at most */
    public record TenantLoss(TenantId tenant, Money amount) {}
}
