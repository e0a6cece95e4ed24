package dev.penstock.quota.allotment;

import dev.penstock.contract.TenantId;
import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The statements by which replicas give up what they hold. Each needs the transaction of {@link AllotmentKeeper}, and the periods that it moves locked before. */
final class ReturnTable {

    /** A former life was there for the last time before the next one started. */
    private static final String SILENT_SLOT = """
            exists (select from quota.limit_rule l where l.tenant_id = a.tenant_id and l.id = a.limit_id and l.meter = 'CONCURRENCY')
            and exists (select from quota.replica r where r.name = a.replica
                           and case when r.epoch = a.epoch then coalesce(r.contact_at, r.started_at) else r.started_at end
                               < clock_timestamp() - make_interval(secs => :silence))""";

    private final JdbcClient jdbc;

    ReturnTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Only what the row does not have yet is moved. */
    void giveBack(TenantId tenant, List<Giving> givings) {
        jdbc.sql("""
                        with giving as (
                            select * from unnest(:ids::bigint[], :returned::numeric[], :answers::bigint[]) as g(id, returned, answers)),
                        given as (
                            select a.id, a.limit_id, a.period_start, greatest(g.returned - a.returned, 0) as more, g.answers
                              from giving g join quota.replica_allotment a on a.tenant_id = :tenant and a.id = g.id),
                        grown as (
                            update quota.replica_allotment a set returned = a.returned + g.more, answered = greatest(a.answered, g.answers)
                              from given g where a.tenant_id = :tenant and a.id = g.id)
                        update quota.limit_period p set leased = p.leased - g.more
                          from given g where p.tenant_id = :tenant and p.limit_id = g.limit_id and p.period_start = g.period_start and g.more > 0""")
                .param("tenant", tenant.value())
                .param("ids", Columns.texts(givings.stream().map(Giving::allotment).toList()))
                .param("returned", Columns.texts(givings.stream().map(Giving::returned).toList()))
                .param("answers", Columns.texts(givings.stream().map(Giving::answers).toList()))
                .update();
    }

    /** The periods of what the former lives of this journal hold. */
    List<PotId> formerly(TenantId tenant, Life life) {
        return pots("a.replica = :replica and a.epoch < :epoch and a.journal = :journal", tenant)
                .param("replica", life.replica()).param("epoch", life.epoch()).param("journal", life.journal())
                .query((row, number) -> Columns.pot(row)).list();
    }

    /** The periods of slots of which nobody has heard for so long. */
    List<PotId> silentSlots(TenantId tenant, Duration silence) {
        return pots(SILENT_SLOT, tenant).param("silence", silence.toSeconds()).query((row, number) -> Columns.pot(row)).list();
    }

    /** Returned whole, and gone. */
    void returnFormer(TenantId tenant, Life life) {
        returned("a.replica = :replica and a.epoch < :epoch and a.journal = :journal", tenant)
                .param("replica", life.replica()).param("epoch", life.epoch()).param("journal", life.journal()).update();
    }

    int returnSilentSlots(TenantId tenant, Duration silence) {
        return returned(SILENT_SLOT, tenant).param("silence", silence.toSeconds()).update();
    }

    private JdbcClient.StatementSpec pots(String which, TenantId tenant) {
        return jdbc.sql("""
                        select a.limit_id, a.period_start, p.period_end
                          from quota.replica_allotment a
                          join quota.limit_period p on p.tenant_id = a.tenant_id and p.limit_id = a.limit_id and p.period_start = a.period_start
                         where a.tenant_id = :tenant and\s""" + which).param("tenant", tenant.value());
    }

    private JdbcClient.StatementSpec returned(String which, TenantId tenant) {
        return jdbc.sql("""
                        with gone as (
                            delete from quota.replica_allotment a where a.tenant_id = :tenant and %s
                            returning a.limit_id, a.period_start, a.drawn - a.spent - a.returned as held)
                        update quota.limit_period p set leased = p.leased - g.held
                          from (select limit_id, period_start, sum(held) as held from gone group by limit_id, period_start) g
                         where p.tenant_id = :tenant and p.limit_id = g.limit_id and p.period_start = g.period_start""".formatted(which))
                .param("tenant", tenant.value());
    }
}
