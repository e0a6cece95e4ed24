package dev.penstock.quota.billing;

import static dev.penstock.frame.jobs.Required.text;
import static dev.penstock.frame.jobs.Required.uuid;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.quota.calendar.TenantCalendar;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tenants with their calendars, for their statements. In the running transaction, which sees one tenant or all. */
@Component
class TenantTable {

    private final JdbcClient jdbc;

    TenantTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** By name. */
    List<BilledTenant> list(@Nullable TenantId tenant) {
        Map<TenantId, Map<ProjectId, String>> projects = new HashMap<>();
        jdbc.sql("select tenant_id, id, name from quota.project where tenant_id = coalesce(:tenant::uuid, tenant_id)")
                .param("tenant", tenant == null ? null : tenant.toString())
                .query(row -> {
                    projects.computeIfAbsent(new TenantId(uuid(row, "tenant_id")), id -> new HashMap<>())
                            .put(new ProjectId(uuid(row, "id")), text(row, "name"));
                });
        return jdbc.sql("""
                        select t.tenant_id, t.name, t.time_zone, coalesce(b.currency, t.currency) as currency
                          from quota.tenant t left join quota.price_book b on b.version = 1
                         where t.tenant_id = coalesce(:tenant::uuid, t.tenant_id)
                         order by t.name, t.tenant_id""")
                .param("tenant", tenant == null ? null : tenant.toString())
                .query((row, number) -> {
                    TenantId id = new TenantId(uuid(row, "tenant_id"));
                    TenantCalendar calendar = new TenantCalendar(ZoneId.of(text(row, "time_zone")));
                    return new BilledTenant(id, text(row, "name"), calendar, text(row, "currency"), projects.getOrDefault(id, Map.of()));
                })
                .list();
    }
}
