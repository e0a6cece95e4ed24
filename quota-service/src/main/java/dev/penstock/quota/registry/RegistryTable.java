package dev.penstock.quota.registry;

import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.TenantRegistration;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The copies of tenants, projects and members, and the nodes of the budget tree. */
@Component
class RegistryTable {

    private final JdbcClient jdbc;

    RegistryTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Empty: the tenant was never registered. */
    OptionalLong version(TenantId tenant) {
        return jdbc.sql("select version from quota.tenant where tenant_id = :tenant")
                .param("tenant", tenant.value())
                .query(Long.class)
                .optional()
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    void putTenant(TenantId tenant, Registration registration) {
        jdbc.sql("""
                        insert into quota.tenant (tenant_id, name, time_zone, currency, version)
                        values (:tenant, :name, :timeZone, :currency, :version)
                        on conflict (tenant_id) do update
                        set name = excluded.name, time_zone = excluded.time_zone, currency = excluded.currency, version = excluded.version""")
                .param("tenant", tenant.value())
                .param("name", registration.name())
                .param("timeZone", registration.timeZone())
                .param("currency", registration.currency())
                .param("version", registration.version())
                .update();
        jdbc.sql("""
                        insert into quota.node (tenant_id, id, kind, name) values (:tenant, :tenant, 'tenant', :name)
                        on conflict (tenant_id, id) do update set name = excluded.name""")
                .param("tenant", tenant.value())
                .param("name", registration.name())
                .update();
    }

    /** Projects that are not listed any more stay, marked: their usage has to be told by name. */
    void putProjects(TenantId tenant, List<TenantRegistration.Project> projects) {
        UUID[] ids = projects.stream().map(project -> project.id().value()).toArray(UUID[]::new);
        String[] names = texts(projects, TenantRegistration.Project::name);
        jdbc.sql("update quota.project set vanished = true where tenant_id = :tenant and id <> all(:ids)")
                .param("tenant", tenant.value())
                .param("ids", ids)
                .update();
        jdbc.sql("""
                        insert into quota.project (tenant_id, id, name)
                        select :tenant, listed.id, listed.name from unnest(:ids, :names) as listed(id, name) order by listed.id
                        on conflict (tenant_id, id) do update set name = excluded.name, vanished = false""")
                .param("tenant", tenant.value())
                .param("ids", ids)
                .param("names", names)
                .update();
        jdbc.sql("""
                        insert into quota.node (tenant_id, id, parent_id, kind, name)
                        select :tenant, listed.id, :tenant, 'project', listed.name from unnest(:ids, :names) as listed(id, name) order by listed.id
                        on conflict (tenant_id, id) do update set name = excluded.name""")
                .param("tenant", tenant.value())
                .param("ids", ids)
                .param("names", names)
                .update();
    }

    void putMembers(TenantId tenant, List<TenantRegistration.Member> members) {
        jdbc.sql("delete from quota.member where tenant_id = :tenant").param("tenant", tenant.value()).update();
        jdbc.sql("""
                        insert into quota.member (tenant_id, id, kind, principal, role, project_id)
                        select :tenant, listed.* from unnest(:ids, :kinds, :principals, :roles, :projects::text[]::uuid[]) as listed""")
                .param("tenant", tenant.value())
                .param("ids", members.stream().map(member -> member.id().value()).toArray(UUID[]::new))
                .param("kinds", texts(members, member -> member.kind().name()))
                .param("principals", texts(members, TenantRegistration.Member::principal))
                .param("roles", texts(members, member -> member.role().name()))
                .param("projects", texts(members, member -> member.project() == null ? null : member.project().toString()))
                .update();
    }

    private static <T> @Nullable String[] texts(List<T> things, Function<T, @Nullable String> text) {
        return things.stream().map(text).toArray(String[]::new);
    }
}
