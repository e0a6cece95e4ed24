package dev.penstock.contract.quota;

import dev.penstock.contract.StopId;
import dev.penstock.contract.TenantId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls of a tenant or of a model that are, or were, stopped.
 *
 * @param tenant null: it is of a model
 * @param model null: it is of a tenant
 * @param liftedAt null: it stands
 * @param reached how soon each replica refused calls for it, by name
 */
public record StopView(
        StopId id,
        @Nullable TenantId tenant,
        @Nullable String tenantName,
        @Nullable String model,
        String reason,
        String madeBy,
        Instant madeAt,
        @Nullable String liftedBy,
        @Nullable Instant liftedAt,
        @Nullable String liftReason,
        List<Reached> reached) {

    /**
     * @param millis after it was made, by the database's clock; null: it has not been heard of there
     * @param fromItsStart whether the replica started when the stop stood already: it had it before its first call, and the time says nothing
     */
    public record Reached(String replica, @Nullable Long millis, boolean fromItsStart) {}
}
