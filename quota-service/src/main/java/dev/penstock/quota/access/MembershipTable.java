package dev.penstock.quota.access;

import static dev.penstock.frame.jobs.Required.text;
import static dev.penstock.frame.jobs.Required.uuid;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.PrincipalKind;
import dev.penstock.contract.quota.TenantRole;
import dev.penstock.frame.copy.Alike;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The statements behind the copy: columns named one by one. */
@Component
class MembershipTable {

    private static final Actor READER = Actor.system("access");

    /** Of rows in memory as they came, beside what is made of them. */
    private static final int AT_ONCE = 2_000;

    private final JobTransactions transactions;
    private final JdbcClient jdbc;

    MembershipTable(JobTransactions transactions, JdbcClient jdbc) {
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    /**
     * Brings {@code known} up to date: tenants whose version did not move are kept as they are. If nothing moved, {@code known} itself.
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
            if (moved.length == 0 && versions.keySet().equals(known.keySet())) {
                return known;
            }
            Map<TenantId, Map<String, List<Membership.Role>>> roles = moved.length == 0 ? Map.of() : roles(moved);
            Map<TenantId, Set<ProjectId>> projects = moved.length == 0 ? Map.of() : projects(moved);
            return versions.entrySet().stream().collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> {
                Membership before = known.get(entry.getKey());
                return before != null && !moved(before, entry.getValue())
                        ? before
                        : new Membership(
                                entry.getKey(), entry.getValue(), roles.getOrDefault(entry.getKey(), Map.of()), projects.getOrDefault(entry.getKey(), Set.of()));
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

    /** Most people have one role, and share it with others of their project. */
    private Map<TenantId, Map<String, List<Membership.Role>>> roles(UUID[] tenants) {
        Map<TenantId, Map<String, List<Membership.Role>>> roles = new HashMap<>();
        Alike<List<Membership.Role>> alike = new Alike<>();
        jdbc.sql("""
                select tenant_id, kind, principal, role, project_id
                  from quota.member
                 where tenant_id = any(:tenants)
                 order by tenant_id, id""").param("tenants", tenants).withFetchSize(AT_ONCE).query(row -> {
            UUID project = row.getObject("project_id", UUID.class);
            Membership.Role role = new Membership.Role(
                    PrincipalKind.valueOf(text(row, "kind")), TenantRole.valueOf(text(row, "role")), project == null ? null : new ProjectId(project));
            roles.computeIfAbsent(tenant(row), id -> new HashMap<>()).merge(text(row, "principal"), alike.one(List.of(role)), (before, one) -> alike.one(
                    Stream.concat(before.stream(), one.stream()).toList()));
        });
        return roles;
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
