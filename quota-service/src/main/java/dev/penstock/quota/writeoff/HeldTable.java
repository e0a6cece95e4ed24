package dev.penstock.quota.writeoff;

import static dev.penstock.frame.jobs.Required.text;
import static dev.penstock.frame.jobs.Required.uuid;

import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.HealthView.HeldAmount;
import dev.penstock.contract.quota.Meter;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What is held by a journal. In the running transaction. */
@Component
class HeldTable {

    private record OfTenant(TenantId tenant, HeldMoney.Part part) {}

    private final JdbcClient jdbc;

    HeldTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** In the order of their ids. */
    List<TenantId> tenants(Left left) {
        return of(left, "select distinct a.tenant_id from quota.replica_allotment a where %s order by 1").query((row, number) -> new TenantId(uuid(row, "tenant_id"))).list();
    }

    List<HeldAmount> byMeter(Left left) {
        return of(left, """
                        select r.meter, sum(a.drawn - a.spent - a.returned) as held
                          from quota.replica_allotment a join quota.limit_rule r on r.tenant_id = a.tenant_id and r.id = a.limit_id
                         where %s group by r.meter order by r.meter""")
                .query((row, number) -> new HeldAmount(Meter.valueOf(text(row, "meter")), amount(row)))
                .list();
    }

    /** By tenant, of those that the transaction sees; only what is above zero. */
    SortedMap<TenantId, BigInteger> money(Left left) {
        Map<TenantId, List<HeldMoney.Part>> parts = of(left, """
                        select a.tenant_id, n.id as node, n.parent_id as parent, p.parent_id as grandparent, r.models, sum(a.drawn - a.spent - a.returned) as held
                          from quota.replica_allotment a
                          join quota.limit_rule r on r.tenant_id = a.tenant_id and r.id = a.limit_id and r.meter = 'MONEY'
                          join quota.node n on n.tenant_id = r.tenant_id and n.id = r.node_id
                          left join quota.node p on p.tenant_id = n.tenant_id and p.id = n.parent_id
                         where %s
                         group by a.tenant_id, r.id, n.id, n.parent_id, p.parent_id, r.models""")
                .query((row, number) -> new OfTenant(new TenantId(uuid(row, "tenant_id")), part(row)))
                .list().stream()
                .collect(Collectors.groupingBy(OfTenant::tenant, HashMap::new, Collectors.mapping(OfTenant::part, Collectors.toList())));
        SortedMap<TenantId, BigInteger> money = new TreeMap<>(Comparator.comparing(TenantId::value));
        parts.forEach((tenant, each) -> {
            BigInteger atMost = HeldMoney.atMost(each);
            if (atMost.signum() > 0) {
                money.put(tenant, atMost);
            }
        });
        return money;
    }

    /** The one that all price books share; empty: there is none, and nothing costs anything. */
    Optional<String> currency() {
        return jdbc.sql("select currency from quota.price_book order by version desc limit 1").query(String.class).optional();
    }

    private JdbcClient.StatementSpec of(Left left, String sql) {
        return jdbc.sql(sql.formatted("a.replica = :replica and a.journal = :journal and a.epoch <= :epoch and a.drawn > a.spent + a.returned"))
                .param("replica", left.replica())
                .param("journal", left.journal())
                .param("epoch", left.epoch());
    }

    private static HeldMoney.Part part(ResultSet row) throws SQLException {
        Set<UUID> above = Stream.of(row.getObject("parent", UUID.class), row.getObject("grandparent", UUID.class)).filter(Objects::nonNull).collect(Collectors.toSet());
        return new HeldMoney.Part(uuid(row, "node"), above, models(row), amount(row));
    }

    private static @Nullable Set<String> models(ResultSet row) throws SQLException {
        Array models = row.getArray("models");
        return models == null ? null : Set.of((String[]) models.getArray());
    }

    private static BigInteger amount(ResultSet row) throws SQLException {
        return Objects.requireNonNull(row.getBigDecimal("held"), "held").toBigIntegerExact();
    }
}
