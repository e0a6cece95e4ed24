package dev.penstock.platform.access;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import java.util.Map;

/**
 * A tenant as the copy in memory knows it.
 *
 * @param timeZone IANA name
 * @param currency ISO 4217
 * @param projects names by id
 */
public record KnownTenant(TenantId id, String name, String timeZone, String currency, Map<ProjectId, String> projects) {

    public KnownTenant {
        projects = Map.copyOf(projects);
    }
}
