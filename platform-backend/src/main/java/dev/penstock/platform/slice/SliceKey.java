package dev.penstock.platform.slice;

import dev.penstock.contract.SliceId;
import dev.penstock.contract.TenantId;

/** Which slice. Ids are made by clients and unique only within a tenant, so the tenant is part of the name. */
public record SliceKey(TenantId tenant, SliceId slice) {

    /** As it is logged. */
    @Override
    public String toString() {
        return tenant + "/" + slice;
    }
}
