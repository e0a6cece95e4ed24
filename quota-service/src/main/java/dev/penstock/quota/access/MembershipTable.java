package dev.penstock.quota.access;

import static dev.penstock.frame.jobs.Required.text;
import static dev.penstock.frame.jobs.Required.uuid;

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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The statements behind the copy: columns named one by one. */
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
            Map<TenantId, Long> versions = versions();
            UUID[] moved = versions.entrySet().stream()
                    .filter(entry -> moved(known.get(entry.getKey()), entry.getValue()))
                    .map(entry -> entry.getKey().value())
                    .toArray(UUID[]::new);
            Map<TenantId, List<Membership.Member>> members = moved.length == 0 ? Map.of() : members(moved);
            Map<TenantId, Set<ProjectId>> projects = moved.length == 0 ? Map.of() : projects(moved);
            return versions.entrySet().stream().collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> {
                Membership before = known.get(entry.getKey());
                return before != null && !moved(before, entry.getValue())
                        ? before
                        : new Membership(
                                entry.getKey(), entry.getValue(), members.getOrDefault(entry.getKey(), List.of()), projects.getOrDefault(entry.getKey(), Set.of()));
            }));
        });
    }

    private static boolean moved(@Nullable Membership before, long version) {
        return before == null || before.version() != version;
    }

    private Map<TenantId, Long> versions() {
        Map<TenantId, Long> versions = new HashMap<>();
        jdbc.sql("select tenant_id, version from quota.tenant").query(row -> {
            versions.put(tenant(row), row.getLong("version"));
        });
        return versions;
    }

    private Map<TenantId, List<Membership.Member>> members(UUID[] tenants) {
        Map<TenantId, List<Membership.Member>> members = new HashMap<>();
        jdbc.sql("""
                select tenant_id, kind, principal, role, project_id
                  from quota.member
                 where tenant_id = any(:tenants)
                 order by tenant_id, id""").param("tenants", tenants).query(row -> {
            UUID project = row.getObject("project_id", UUID.class);
            members.computeIfAbsent(tenant(row), id -> new ArrayList<>()).add(new Membership.Member(
                    PrincipalKind.valueOf(text(row, "kind")),
                    text(row, "principal"),
                    TenantRole.valueOf(text(row, "role")),
                    project == null ? null : new ProjectId(project)));
        });
        return members;
    }

    private Map<TenantId, Set<ProjectId>> projects(UUID[] tenants) {
        Map<TenantId, Set<ProjectId>> projects = new HashMap<>();
        jdbc.sql("select tenant_id, id from quota.project where tenant_id = any(:tenants) and not vanished").param("tenants", tenants).query(row -> {
            projects.computeIfAbsent(tenant(row), id -> new HashSet<>())
                    .add(new ProjectId(uuid(row, "id")));
        });
        return projects;
    }

    private static TenantId tenant(ResultSet row) throws SQLException {
        return new TenantId(uuid(row, "tenant_id"));
    }
}
