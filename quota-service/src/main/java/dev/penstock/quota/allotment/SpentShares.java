package dev.penstock.quota.allotment;

import dev.penstock.contract.TenantId;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What settled attempts used of allotments. Works in the transaction that inserts the usage rows, with the tenant's lock shared, for rows that it
 * inserted and no others. Whose allotments they are makes no difference: a journal that was left is settled like one's own.
 */
@Component
public class SpentShares {

    private final JdbcClient jdbc;
    private final AllotmentTable table;

    SpentShares(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.table = new AllotmentTable(jdbc);
    }

    /**
     * Keeps everybody else from moving these, in the one order in which admission, drawing and settlement lock them. To be called once, for all that
     * the transaction moves: who locks some, and then others that come before them, may wait in a circle.
     */
    public void lock(TenantId tenant, Collection<PotId> pots) {
        if (!pots.isEmpty()) {
            table.lock(tenant, pots);
        }
    }

    /**
     * What they used is final on every period that counts them, and no longer held where it was taken from, if that is still there. Always succeeds.
     *
     * @param counted by period, taken from or not, in its limit's unit; {@linkplain #lock locked}, as those of the shares are
     */
    public void settle(TenantId tenant, Map<PotId, BigInteger> counted, Collection<Used> shares) {
        Map<Long, BigInteger> spent = new TreeMap<>();
        shares.stream().filter(used -> used.amount().signum() > 0).forEach(used -> spent.merge(used.share().allotment(), used.amount(), BigInteger::add));
        if (!counted.isEmpty() || !spent.isEmpty()) {
            move(tenant, counted, spent);
        }
    }

    /** @param spent by allotment */
    private void move(TenantId tenant, Map<PotId, BigInteger> counted, Map<Long, BigInteger> spent) {
        jdbc.sql("""
                        with counted as (
                            select * from unnest(:limits::uuid[], :starts::timestamptz[], :counted::numeric[]) as c(limit_id, period_start, used)),
                        spent as (
                            update quota.replica_allotment a set spent = a.spent + s.used
                              from unnest(:ids::bigint[], :spent::numeric[]) as s(id, used) where a.tenant_id = :tenant and a.id = s.id
                            returning a.limit_id, a.period_start, s.used),
                        freed as (
                            select limit_id, period_start, sum(used) as used from spent group by limit_id, period_start)
                        update quota.limit_period p set settled = p.settled + m.settled, leased = p.leased - m.freed
                          from (select limit_id, period_start, coalesce(c.used, 0) as settled, coalesce(f.used, 0) as freed
                                  from counted c full join freed f using (limit_id, period_start)) m
                         where p.tenant_id = :tenant and p.limit_id = m.limit_id and p.period_start = m.period_start""")
                .param("tenant", tenant.value())
                .param("limits", Columns.texts(counted.keySet().stream().map(PotId::limit).toList()))
                .param("starts", Columns.starts(counted.keySet()))
                .param("counted", Columns.texts(counted.values()))
                .param("ids", Columns.texts(spent.keySet()))
                .param("spent", Columns.texts(spent.values()))
                .update();
    }
}
