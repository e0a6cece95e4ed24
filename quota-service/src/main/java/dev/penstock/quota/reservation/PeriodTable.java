package dev.penstock.quota.reservation;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.jobs.Timestamps;
import dev.penstock.quota.calendar.Period;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The use of each limit in each period. */
@Component
class PeriodTable {

    private final JdbcClient jdbc;

    PeriodTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @return false if it was there */
    boolean insert(TenantId tenant, Rule rule, Period period) {
        return statement("""
                insert into quota.limit_period (tenant_id, limit_id, period_start, period_end)
                values (:tenant, :limit, :start, :end)
                on conflict (tenant_id, limit_id, period_start) do nothing""", tenant, rule.id(), period.start())
                .param("end", Timestamps.column(period.end()))
                .update() == 1;
    }

    /** What was used and held before the period was opened. It admits nothing, so it checks nothing: it may be more than the limit allows. */
    void count(TenantId tenant, Rule rule, Period period, long settled, long leased) {
        statement("""
                update quota.limit_period set settled = :settled, leased = :leased
                 where tenant_id = :tenant and limit_id = :limit and period_start = :start""", tenant, rule.id(), period.start())
                .param("settled", settled)
                .param("leased", leased)
                .update();
    }

    /** Reads the use and keeps everybody else from moving it. */
    Standing lock(TenantId tenant, Claim claim) {
        return statement("""
                select settled, leased from quota.limit_period
                 where tenant_id = :tenant and limit_id = :limit and period_start = :start
                   for update""", tenant, claim.rule().id(), claim.period().start())
                .query((row, number) -> new Standing(
                        claim, row.getBigDecimal("settled").longValueExact(), row.getBigDecimal("leased").longValueExact()))
                .single();
    }

    /**
     * Sets aside, if the limit allows it: the one statement by which {@code leased} grows.
     *
     * @return false if the limit does not allow it
     */
    boolean setAside(TenantId tenant, Claim claim) {
        return statement("""
                update quota.limit_period p set leased = p.leased + :asked
                  from quota.limit_rule r
                 where p.tenant_id = :tenant and p.limit_id = :limit and p.period_start = :start
                   and r.tenant_id = p.tenant_id and r.id = p.limit_id
                   and (r.amount is null or not r.hard or p.settled + p.leased + :asked <= r.amount)""", tenant, claim.rule().id(), claim.period().start())
                .param("asked", claim.asked())
                .update() == 1;
    }

    /** Books what was used, as much of it as was set aside from there. Always succeeds. */
    void settle(TenantId tenant, LimitId limit, Instant start, long used, long wasSetAside) {
        statement("""
                update quota.limit_period set settled = settled + :used, leased = leased - :wasSetAside
                 where tenant_id = :tenant and limit_id = :limit and period_start = :start""", tenant, limit, start)
                .param("used", used)
                .param("wasSetAside", wasSetAside)
                .update();
    }

    private JdbcClient.StatementSpec statement(String sql, TenantId tenant, LimitId limit, Instant start) {
        return jdbc.sql(sql)
                .param("tenant", tenant.value())
                .param("limit", limit.value())
                .param("start", Timestamps.column(start));
    }
}
