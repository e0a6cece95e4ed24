package dev.penstock.quota.stop;

import dev.penstock.contract.StopId;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.copy.Versioned;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One that stands. It never changes: it is lifted.
 *
 * @param tenant null: it is of a model
 * @param model null: it is of a tenant
 * @param madeAt by the database's clock
 */
public record Stop(StopId id, @Nullable TenantId tenant, @Nullable String model, String reason, Instant madeAt) implements Versioned {

    public Stop {
        if ((tenant == null) == (model == null)) {
            throw new IllegalArgumentException("a stop is of a tenant or of a model");
        }
    }

    @Override
    public long version() {
        return 1;
    }
}
