package dev.penstock.quota.admission;

import static dev.penstock.frame.jobs.Required.text;
import static dev.penstock.frame.jobs.Required.uuid;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Window;
import dev.penstock.quota.calendar.TenantCalendar;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The limits on calls, with the calendar they count by. */
@Component
class CallRuleTable {

    /**
     * @param epoch the latest of the replica that asks
     * @param rules in the order of their ids
     */
    record Rules(TenantCalendar calendar, long epoch, List<CallRule> rules) {}

    private static final String SELECT = """
            select t.time_zone, t.rules_version, coalesce(p.epoch, 0) as epoch,
                   r.id, r.node_id, r.meter, r."window", r.models, r.amount, r.hard, r.kind, r.name, r.parent_id
              from quota.tenant t
              left join quota.replica p on p.name = :replica
              left join lateral (
                   select r.id, r.node_id, r.meter, r."window", r.models, r.amount, r.hard, n.kind, n.name, n.parent_id
                     from quota.limit_rule r
                     join quota.node n on n.tenant_id = r.tenant_id and n.id = r.node_id
                    where r.tenant_id = t.tenant_id and r.meter not in ('SLICES', 'GPU_TIME')
                      and (:nodes::uuid[] is null or r.node_id = any(:nodes::uuid[])
                           or r.node_id = (select u.id from quota.node u
                                            where u.tenant_id = t.tenant_id and u.kind = 'user' and u.parent_id = :project::uuid and u.name = :person))) r on true
             where t.tenant_id = :tenant
             order by r.id""";

    private final JdbcClient jdbc;

    CallRuleTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those that count calls of the caller; empty if the tenant is not registered. */
    Optional<Rules> counting(Ask.Caller caller, String replica) {
        List<String> nodes = new ArrayList<>(List.of(caller.tenant().toString(), caller.project().toString()));
        if (caller.key() != null) {
            nodes.add(caller.key().toString());
        }
        return read(caller.tenant(), nodes.toArray(String[]::new), caller, replica);
    }

    /** All of the tenant; empty if it is not registered. */
    Optional<Rules> of(TenantId tenant) {
        return read(tenant, null, null, "");
    }

    /** As {@link #of}, to be kept in memory. If nothing has moved, {@code known} itself. */
    Optional<TenantRules> copy(TenantId tenant, @Nullable TenantRules known) {
        return known != null && version(tenant) == known.version() ? Optional.of(known) : copy(tenant);
    }

    private long version(TenantId tenant) {
        return jdbc.sql("select rules_version from quota.tenant where tenant_id = :tenant").param("tenant", tenant.value()).query(Long.class).optional().orElse(-1L);
    }

    private Optional<TenantRules> copy(TenantId tenant) {
        List<CallRule> rules = new ArrayList<>();
        Map<UUID, ProjectId> inProjects = new HashMap<>();
        record Head(long version, ZoneId zone) {}
        return select(tenant, null, null, "").query((row, number) -> {
            if (row.getString("id") != null) {
                rules.add(rule(row));
                if (row.getString("parent_id") != null) {
                    inProjects.put(uuid(row, "node_id"), new ProjectId(uuid(row, "parent_id")));
                }
            }
            return new Head(row.getLong("rules_version"), ZoneId.of(text(row, "time_zone")));
        }).list().stream().findFirst().map(head -> TenantRules.of(head.version(), new TenantCalendar(head.zone()), projects(tenant), rules, inProjects));
    }

    /** With the tenant's lock shared, which who registers or moves projects takes alone: these are as the rules are. */
    private Set<ProjectId> projects(TenantId tenant) {
        return Set.copyOf(jdbc.sql("select id from quota.project where tenant_id = :tenant and not vanished")
                .param("tenant", tenant.value())
                .query((row, number) -> new ProjectId(uuid(row, "id")))
                .list());
    }

    /** Of these tenants, those whose rules have moved on from the version that is known. For the job that sees all tenants. */
    List<TenantId> moved(Map<TenantId, Long> known) {
        List<TenantId> moved = new ArrayList<>();
        jdbc.sql("select tenant_id, rules_version from quota.tenant where tenant_id = any(:tenants::uuid[])")
                .param("tenants", known.keySet().stream().map(TenantId::toString).toArray(String[]::new))
                .query(row -> {
                    TenantId tenant = new TenantId(uuid(row, "tenant_id"));
                    if (row.getLong("rules_version") != Objects.requireNonNull(known.get(tenant))) {
                        moved.add(tenant);
                    }
                });
        return moved;
    }

    /** @param nodes null: all; otherwise these, and the caller's own as a person */
    private Optional<Rules> read(TenantId tenant, String @Nullable [] nodes, Ask.@Nullable Caller caller, String replica) {
        List<CallRule> rules = new ArrayList<>();
        return select(tenant, nodes, caller, replica).query((row, number) -> {
            if (row.getString("id") != null) {
                rules.add(rule(row));
            }
            return new Rules(new TenantCalendar(ZoneId.of(text(row, "time_zone"))), row.getLong("epoch"), rules);
        }).list().stream().findFirst();
    }

    private JdbcClient.StatementSpec select(TenantId tenant, String @Nullable [] nodes, Ask.@Nullable Caller caller, String replica) {
        return jdbc.sql(SELECT)
                .param("tenant", tenant.value())
                .param("nodes", nodes)
                .param("project", caller == null ? null : caller.project().toString())
                .param("person", caller == null ? null : caller.person())
                .param("replica", replica);
    }

    private static CallRule rule(ResultSet row) throws SQLException {
        BigDecimal amount = row.getBigDecimal("amount");
        Array models = row.getArray("models");
        Verdict.Level level = switch (text(row, "kind")) {
            case "tenant" -> Verdict.Level.TENANT;
            case "project" -> Verdict.Level.PROJECT;
            case "user" -> Verdict.Level.PERSON;
            default -> Verdict.Level.KEY;
        };
        return new CallRule(
                new LimitId(uuid(row, "id")), level, uuid(row, "node_id"), text(row, "name"), Meter.valueOf(text(row, "meter")),
                models == null ? null : List.of((String[]) models.getArray()), Window.valueOf(text(row, "window")),
                amount == null ? null : amount.toBigIntegerExact(), row.getBoolean("hard"));
    }
}
