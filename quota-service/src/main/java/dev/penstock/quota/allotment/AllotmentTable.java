package dev.penstock.quota.allotment;

import static dev.penstock.frame.jobs.Required.uuid;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.TenantId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is there, read and locked. Each needs the transaction of {@link AllotmentKeeper}. */
final class AllotmentTable {

    private final JdbcClient jdbc;

    AllotmentTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whether the life is the latest of its name; if so, it stays that until the transaction ends. */
    boolean isLatest(Life life) {
        return jdbc.sql("select true from quota.replica where name = :replica and epoch = :epoch for share")
                .param("replica", life.replica())
                .param("epoch", life.epoch())
                .query(Boolean.class)
                .optional().isPresent();
    }

    /**
     * Keeps everybody else from moving these, in the one order in which admission and settlement lock them.
     *
     * @return those that are there
     */
    Set<PotId> lock(TenantId tenant, Collection<PotId> pots) {
        Map<Columns.LimitAndStart, PotId> asked = new HashMap<>();
        pots.forEach(pot -> asked.put(Columns.LimitAndStart.of(pot), pot));
        return new HashSet<>(jdbc.sql("""
                        select limit_id, period_start from quota.limit_period
                         where tenant_id = :tenant and (limit_id, period_start) in (select * from unnest(:limits::uuid[], :starts::timestamptz[]))
                         order by limit_id, period_start
                           for update""")
                .param("tenant", tenant.value())
                .param("limits", Columns.texts(pots.stream().map(PotId::limit).toList()))
                .param("starts", Columns.starts(pots))
                .query((row, number) -> Objects.requireNonNull(asked.get(Columns.LimitAndStart.of(row))))
                .list());
    }

    /** Of these limits, the ones that are there. */
    Set<LimitId> existing(TenantId tenant, Collection<LimitId> limits) {
        return new HashSet<>(jdbc.sql("select id from quota.limit_rule where tenant_id = :tenant and id = any(:limits::uuid[])")
                .param("tenant", tenant.value())
                .param("limits", Columns.texts(limits))
                .query((row, number) -> new LimitId(uuid(row, "id")))
                .list());
    }

    List<Holding> held(TenantId tenant, Life life) {
        return jdbc.sql("""
                        select a.id, a.limit_id, a.period_start, p.period_end, a.drawn, a.returned, %s - p.settled - p.leased as beyond
                          from quota.replica_allotment a
                          join quota.limit_period p on p.tenant_id = a.tenant_id and p.limit_id = a.limit_id and p.period_start = a.period_start
                          join quota.limit_rule l on l.tenant_id = a.tenant_id and l.id = a.limit_id
                         where a.tenant_id = :tenant and a.replica = :replica and a.epoch = :epoch""".formatted(Columns.CAP))
                .param("tenant", tenant.value())
                .param("replica", life.replica())
                .param("epoch", life.epoch())
                .query((row, number) -> Columns.holding(row, Columns.pot(row)))
                .list();
    }
}
