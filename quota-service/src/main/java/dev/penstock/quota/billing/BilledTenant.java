package dev.penstock.quota.billing;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.quota.calendar.TenantCalendar;
import java.util.Map;

/**
 * Who a statement is for.
 *
 * @param currency of the price books; while there are none, the tenant's own
 * @param projects names by id, vanished ones included
 */
record BilledTenant(TenantId id, String name, TenantCalendar calendar, String currency, Map<ProjectId, String> projects) {

    BilledTenant {
        projects = Map.copyOf(projects);
    }
}
