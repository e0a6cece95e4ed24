package dev.penstock.quota.reservation;

import static dev.penstock.frame.jobs.Required.text;
import static dev.penstock.frame.jobs.Required.uuid;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.Meter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The limits on slices; those on calls are the gateway's to read. */
@Component
class RuleTable {

    private final JdbcClient jdbc;

    RuleTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** All of the tenant and its projects, in the order of their ids. */
    List<Rule> of(TenantId tenant) {
        return jdbc.sql("""
                        select r.id, r.node_id, n.kind, n.name, r.meter, r.profile, case when r.hard then r.amount end as cap
                          from quota.limit_rule r
                          join quota.node n on n.tenant_id = r.tenant_id and n.id = r.node_id
                         where r.tenant_id = :tenant and r.meter in ('SLICES', 'GPU_TIME') and n.kind in ('tenant', 'project')
                         order by r.id""")
                .param("tenant", tenant.value())
                .query(RuleTable::rule)
                .list();
    }

    /** Those that count a slice of these terms. */
    List<Rule> counting(TenantId tenant, Terms terms) {
        return of(tenant).stream().filter(rule -> rule.counts(terms)).toList();
    }

    private static Rule rule(ResultSet row, int number) throws SQLException {
        UUID node = row.getObject("node_id", UUID.class);
        boolean onTenant = "tenant".equals(row.getString("kind"));
        var cap = row.getBigDecimal("cap");
        return new Rule(
                new LimitId(uuid(row, "id")),
                onTenant ? null : new ProjectId(Objects.requireNonNull(node)),
                text(row, "name"),
                Meter.valueOf(text(row, "meter")),
                row.getString("profile"),
                cap == null ? null : cap.longValueExact());
    }
}
