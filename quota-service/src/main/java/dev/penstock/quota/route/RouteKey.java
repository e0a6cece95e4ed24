package dev.penstock.quota.route;

import dev.penstock.contract.EndpointId;
import dev.penstock.contract.TenantId;

/** Which endpoint. Ids are made by clients, and known to whoever calls a shared model: alone they say nothing, another tenant may have used the same. */
record RouteKey(TenantId tenant, EndpointId endpoint) {}
