package dev.penstock.platform.tenant;

import dev.penstock.contract.MemberId;
import dev.penstock.contract.MoveId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.PrincipalKind;
import dev.penstock.contract.quota.TenantRegistration;
import dev.penstock.contract.quota.TenantRole;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What quota-service has to be told, and what it has confirmed. */
@Component
class RegistrationTable {

    private static final Actor PUBLISHER = Actor.system("registry-publisher");

    private final JobTransactions transactions;
    private final JdbcClient jdbc;

    RegistrationTable(JobTransactions transactions, JdbcClient jdbc) {
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    /** Tenants of which quota-service has not confirmed the last version. */
    List<TenantId> unconfirmed() {
        return transactions.acrossTenants(Job.RECONCILE, PUBLISHER, () -> jdbc.sql(
                        "select id from platform.tenant where published_version < version order by id")
                .query((row, number) -> new TenantId(uuid(row, "id")))
                .list());
    }

    /**
     * A tenant as it stands. The version is read first: a change between the statements makes the content newer than the version says,
     * and the next version brings it again; the other way round old content would be confirmed as new.
     */
    TenantRegistration read(TenantId tenant) {
        return transactions.inTenant(Job.RECONCILE, PUBLISHER, tenant, () -> {
            TenantRegistration head = jdbc.sql("select version, name, time_zone, currency from platform.tenant where id = :tenant")
                    .param("tenant", tenant.value())
                    .query((row, number) -> new TenantRegistration(
                            row.getLong("version"), text(row, "name"), text(row, "time_zone"), text(row, "currency"), List.of(), List.of()))
                    .single();
            return new TenantRegistration(head.version(), head.name(), head.timeZone(), head.currency(), projects(tenant), members(tenant));
        });
    }

    /** A move that quota-service has not confirmed. */
    record Untold(MoveId id, ProjectId project, TenantId from, TenantId to) {}

    /** From the tenant or to it; there is one at most. */
    Optional<Untold> untold(TenantId tenant) {
        return transactions.acrossTenants(Job.RECONCILE, PUBLISHER, () -> jdbc.sql("""
                        select id, project_id, tenant_id, to_tenant_id from platform.project_move
                         where told_at is null and :tenant in (tenant_id, to_tenant_id)""")
                .param("tenant", tenant.value())
                .query((row, number) -> new Untold(
                        new MoveId(uuid(row, "id")), new ProjectId(uuid(row, "project_id")), new TenantId(uuid(row, "tenant_id")),
                        new TenantId(uuid(row, "to_tenant_id"))))
                .optional());
    }

    void told(Untold move) {
        transactions.inTenant(Job.RECONCILE, PUBLISHER, move.from(), () -> jdbc.sql(
                        "update platform.project_move set told_at = clock_timestamp() where tenant_id = :tenant and id = :move and told_at is null")
                .param("tenant", move.from().value())
                .param("move", move.id().value())
                .update());
    }

    void confirm(TenantId tenant, long version) {
        transactions.inTenant(Job.RECONCILE, PUBLISHER, tenant, () -> jdbc.sql(
                        "update platform.tenant set published_version = greatest(published_version, :version) where id = :tenant")
                .param("tenant", tenant.value())
                .param("version", version)
                .update());
    }

    private List<TenantRegistration.Project> projects(TenantId tenant) {
        return jdbc.sql("select id, name from platform.project where tenant_id = :tenant and moved_at is null order by id")
                .param("tenant", tenant.value())
                .query((row, number) -> new TenantRegistration.Project(new ProjectId(uuid(row, "id")), text(row, "name")))
                .list();
    }

    private List<TenantRegistration.Member> members(TenantId tenant) {
        return jdbc.sql("select id, kind, principal, role, project_id from platform.member where tenant_id = :tenant order by id")
                .param("tenant", tenant.value())
                .query((row, number) -> {
                    UUID project = row.getObject("project_id", UUID.class);
                    return new TenantRegistration.Member(
                            new MemberId(uuid(row, "id")),
                            PrincipalKind.valueOf(text(row, "kind")),
                            text(row, "principal"),
                            TenantRole.valueOf(text(row, "role")),
                            project == null ? null : new ProjectId(project));
                })
                .list();
    }

    private static UUID uuid(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, UUID.class), column);
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getString(column), column);
    }
}
