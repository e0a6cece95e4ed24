package dev.penstock.quota.limit;

import static dev.penstock.frame.jobs.Required.text;
import static dev.penstock.frame.jobs.Required.uuid;

import dev.penstock.contract.KeyId;
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
import java.sql.Types;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The limits. */
@Component
class LimitTable {

    private final JdbcClient jdbc;

    LimitTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Those the running transaction may see: by tenant, the tenant's own first, then by project, person or key, meter, profile and models.
     *
     * @param tenant null: of all tenants
     */
    List<Limit> list(@Nullable TenantId tenant) {
        return jdbc.sql("""
                        select r.tenant_id, r.id, r.node_id, r.meter, r.profile, r.models, r."window", r.amount, r.hard, r.soft_percent,
                               t.name as tenant_name, t.time_zone, n.kind, n.name as node_name, n.parent_id, parent.name as parent_name
                          from quota.limit_rule r
                          join quota.tenant t on t.tenant_id = r.tenant_id
                          join quota.node n on n.tenant_id = r.tenant_id and n.id = r.node_id
                          left join quota.node parent on parent.tenant_id = n.tenant_id and parent.id = n.parent_id
                         where :tenant::uuid is null or r.tenant_id = :tenant::uuid
                         order by t.name, r.tenant_id, array_position(array['tenant', 'project', 'user', 'key'], n.kind), n.name, n.id, r.meter, r."window",
                                  r.profile, r.models nulls first""")
                .param("tenant", tenant == null ? null : tenant.toString())
                .query(LimitTable::limit)
                .list();
    }

    void insert(TenantId tenant, LimitId id, UUID node, Subject subject, Limit.Allowance allowance) {
        List<String> models = subject.models();
        jdbc.sql("""
                        insert into quota.limit_rule (tenant_id, id, node_id, meter, profile, models, "window", amount, hard, soft_percent)
                        values (:tenant, :id, :node, :meter, :profile, :models, :window, :amount, :hard, :softPercent)""")
                .param("tenant", tenant.value())
                .param("id", id.value())
                .param("node", node)
                .param("models", models == null ? null : models.toArray(String[]::new), Types.ARRAY)
                .param("meter", subject.meter().name())
                .param("profile", subject.profile())
                .param("window", subject.window().name())
                .param("amount", numeric(allowance))
                .param("hard", allowance.hard())
                .param("softPercent", allowance.softPercent())
                .update();
    }

    void update(TenantId tenant, LimitId id, Limit.Allowance allowance) {
        jdbc.sql("""
                        update quota.limit_rule set amount = :amount, hard = :hard, soft_percent = :softPercent, version = version + 1
                         where tenant_id = :tenant and id = :id""")
                .param("tenant", tenant.value())
                .param("id", id.value())
                .param("amount", numeric(allowance))
                .param("hard", allowance.hard())
                .param("softPercent", allowance.softPercent())
                .update();
    }

    /** With it goes the count of its use, which is made anew from reservations and booked time if somebody sets the limit again. */
    void delete(TenantId tenant, LimitId id) {
        jdbc.sql("delete from quota.limit_rule where tenant_id = :tenant and id = :id")
                .param("tenant", tenant.value())
                .param("id", id.value())
                .update();
    }

    private static Limit limit(ResultSet row, int number) throws SQLException {
        String kind = text(row, "kind");
        boolean onKey = kind.equals("key");
        boolean onPerson = kind.equals("user");
        boolean onTenant = kind.equals("tenant");
        boolean inProject = onKey || onPerson;
        Array models = row.getArray("models");
        var amount = row.getBigDecimal("amount");
        Subject subject = new Subject(
                onTenant ? null : new ProjectId(uuid(row, inProject ? "parent_id" : "node_id")),
                onKey ? new KeyId(uuid(row, "node_id")) : null, onPerson ? text(row, "node_name") : null,
                Meter.valueOf(text(row, "meter")), row.getString("profile"), models == null ? null : List.of((String[]) models.getArray()), Window.valueOf(text(row, "window")));
        return new Limit(
                new TenantId(uuid(row, "tenant_id")), new LimitId(uuid(row, "id")), text(row, "tenant_name"),
                onTenant ? null : text(row, inProject ? "parent_name" : "node_name"), onKey ? text(row, "node_name") : null, new TenantCalendar(ZoneId.of(text(row, "time_zone"))), subject,
                new Limit.Allowance(amount == null ? null : amount.toBigIntegerExact(), row.getBoolean("hard"), row.getObject("soft_percent", Integer.class)));
    }

    private static @Nullable BigDecimal numeric(Limit.Allowance allowance) {
        return allowance.amount() == null ? null : new BigDecimal(allowance.amount());
    }
}
