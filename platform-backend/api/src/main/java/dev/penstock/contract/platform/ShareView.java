package dev.penstock.contract.platform;

import dev.penstock.contract.TenantId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param weight of what nobody is guaranteed, compared with the weights of others
 * @param lines one for each profile of the catalogue, smallest first
 */
public record ShareView(TenantId tenant, String tenantName, int weight, List<Line> lines) {

    /**
     * @param guaranteed parts it has whenever it asks for them
     * @param held parts it holds now, from when they were set aside until they are given back
     * @param waiting parts it waits for
     * @param guaranteedInAll to all tenants together; null for those who do not see all tenants
     */
    public record Line(String profile, int guaranteed, int held, int waiting, @Nullable Integer guaranteedInAll) {

        /** Parts it holds beyond its guarantee: they may be asked back. */
        public int borrowed() {
            return Math.max(0, held - guaranteed);
        }
    }
}
