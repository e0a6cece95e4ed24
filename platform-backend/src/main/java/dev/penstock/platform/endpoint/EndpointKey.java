package dev.penstock.platform.endpoint;

import dev.penstock.contract.EndpointId;
import dev.penstock.contract.TenantId;

/** Which endpoint. Ids are made by clients and unique only within a tenant, so the tenant is part of the name. */
record EndpointKey(TenantId tenant, EndpointId endpoint) {

    /** As it is logged. */
    @Override
    public String toString() {
        return tenant + "/" + endpoint;
    }
}
