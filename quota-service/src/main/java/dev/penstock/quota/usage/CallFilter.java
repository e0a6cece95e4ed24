package dev.penstock.quota.usage;

import dev.penstock.contract.KeyId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.BilledMeter;
import dev.penstock.quota.access.Reach;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which usage somebody asks for, and may see. Null: any.
 *
 * @param reach what of the tenant is seen
 * @param model as callers named it
 * @param from included
 * @param to excluded
 * @param price rows that were priced so
 * @param egress only what left the house
 */
public record CallFilter(
        @Nullable TenantId tenant,
        Reach reach,
        @Nullable ProjectId project,
        @Nullable KeyId key,
        @Nullable String model,
        Instant from,
        Instant to,
        @Nullable Priced price,
        boolean egress) {

    /** Rows with tokens of the meter, priced by this version as this sku. */
    public record Priced(String sku, BilledMeter meter, int version) {}

    /** The rows behind one line of a tenant's statement. */
    public static CallFilter ofLine(TenantId tenant, ProjectId project, Instant from, Instant to, Priced price) {
        return new CallFilter(tenant, Reach.WHOLE, project, null, null, from, to, price, false);
    }
}
