package dev.penstock.platform.access;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.PrincipalKind;
import dev.penstock.contract.quota.TenantRole;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The statements behind the copy: columns named one by one, as the snapshot role is granted them. */
@Component
class MembershipTable {

    private static final Actor READER = Actor.system("access");

    private final JobTransactions transactions;
    private final JdbcClient jdbc;

    MembershipTable(JobTransactions transactions, JdbcClient jdbc) {
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    /**
     * Brings {@code known} up to date: tenants whose version did not move are kept as they are.
     *
     * <p>All of it at one moment: a removal cannot go unseen, and a project that moves is in one tenant and not in two or none.
     */
    Map<TenantId, Membership> read(Map<TenantId, Membership> known) {
        return transactions.atOneMoment(Job.SNAPSHOT, READER, () -> {
            List<Head> heads = jdbc.sql("select id, name, time_zone, currency, version from platform.tenant").query(MembershipTable::head).list();
            List<Head> moved = heads.stream().filter(head -> moved(head, known.get(head.id()))).toList();
            UUID[] ids = moved.stream().map(head -> head.id().value()).toArray(UUID[]::new);
            Map<TenantId, Map<ProjectId, String>> projects = ids.length == 0 ? Map.of() : projects(ids);
            Map<TenantId, List<Membership.Member>> members = ids.length == 0 ? Map.of() : members(ids);
            Map<TenantId, Membership> fresh = new HashMap<>();
            for (Head head : heads) {
                Membership before = known.get(head.id());
                fresh.put(head.id(), before != null && !moved(head, before) ? before : head.with(
                        projects.getOrDefault(head.id(), Map.of()), members.getOrDefault(head.id(), List.of())));
            }
            return Map.copyOf(fresh);
        });
    }

    private static boolean moved(Head head, @Nullable Membership before) {
        return before == null || before.version() != head.version();
    }

    private Map<TenantId, Map<ProjectId, String>> projects(UUID[] tenants) {
        Map<TenantId, Map<ProjectId, String>> projects = new HashMap<>();
        jdbc.sql("select tenant_id, id, name from platform.project where tenant_id = any(:tenants) and moved_at is null").param("tenants", tenants).query(row -> {
            projects.computeIfAbsent(tenant(row, "tenant_id"), id -> new HashMap<>()).put(new ProjectId(uuid(row, "id")), text(row, "name"));
        });
        return projects;
    }

    private Map<TenantId, List<Membership.Member>> members(UUID[] tenants) {
        Map<TenantId, List<Membership.Member>> members = new HashMap<>();
        String sql = "select tenant_id, kind, principal, role, project_id from platform.member where tenant_id = any(:tenants)";
        jdbc.sql(sql).param("tenants", tenants).query(row -> {
            UUID project = row.getObject("project_id", UUID.class);
            members.computeIfAbsent(tenant(row, "tenant_id"), id -> new ArrayList<>()).add(new Membership.Member(
                    PrincipalKind.valueOf(text(row, "kind")),
                    text(row, "principal"),
                    TenantRole.valueOf(text(row, "role")),
                    project == null ? null : new ProjectId(project)));
        });
        return members;
    }

    private record Head(TenantId id, String name, String timeZone, String currency, long version) {

        Membership with(Map<ProjectId, String> projects, List<Membership.Member> members) {
            return new Membership(id, name, timeZone, currency, version, projects, members);
        }
    }

    private static Head head(ResultSet row, int number) throws SQLException {
        return new Head(tenant(row, "id"), text(row, "name"), text(row, "time_zone"), text(row, "currency"), row.getLong("version"));
    }

    private static TenantId tenant(ResultSet row, String column) throws SQLException {
        return new TenantId(uuid(row, column));
    }

    private static UUID uuid(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, UUID.class), column);
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getString(column), column);
    }
}
