package dev.penstock.quota.admission;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.jobs.Timestamps;
import dev.penstock.quota.calendar.Period;
import dev.penstock.quota.reservation.TenantLock;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Counts the use of limits on calls, where it has not been counted: for those who set limits and register tenants, and for admission. */
@Component
public class CallLimits {

    private final JobTransactions transactions;
    private final TenantLock lock;
    private final CallRuleTable rules;
    private final CallPeriods periods;
    private final JdbcClient jdbc;
    private final Clock clock;

    CallLimits(JobTransactions transactions, TenantLock lock, CallRuleTable rules, CallPeriods periods, JdbcClient jdbc, Clock clock) {
        this.transactions = transactions;
        this.lock = lock;
        this.rules = rules;
        this.periods = periods;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Every limit on calls of the tenant, in its present period: after a limit was set or days and months have moved. */
    public void openPresent(Actor actor, TenantId tenant) {
        transactions.inTenant(Job.SETTLE, actor, tenant, () -> {
            lock.take(tenant);
            rules.of(tenant).ifPresent(all ->
                    all.rules().forEach(rule -> periods.open(tenant, rule, all.calendar().period(rule.window(), clock.instant()))));
            return true;
        });
    }

    /**
     * To be called before a tenant is registered with a time zone, in the transaction that does, with the tenant locked. If it is another than
     * before, days and months that are not over are forgotten, so that they are counted anew by the new calendar: one that was counted, left and
     * come back to would miss what was used meanwhile.
     */
    public void forgetIfZoneMoves(TenantId tenant, ZoneId zone) {
        jdbc.sql("""
                        delete from quota.limit_period p
                         using quota.limit_rule r, quota.tenant t
                         where p.tenant_id = :tenant and p.period_end > :now
                           and t.tenant_id = p.tenant_id and t.time_zone <> :zone
                           and r.tenant_id = p.tenant_id and r.id = p.limit_id
                           and r.meter not in ('SLICES', 'GPU_TIME') and r."window" in ('DAY', 'MONTH')""")
                .param("tenant", tenant.value())
                .param("zone", zone.getId())
                .param("now", Timestamps.column(clock.instant()))
                .update();
    }

    /** As {@link #open(Actor, TenantId, List)}, by the limits' ids. */
    void open(Actor actor, TenantId tenant, Map<LimitId, List<Period>> uncounted) {
        transactions.inTenant(Job.SETTLE, actor, tenant, () -> {
            lock.take(tenant);
            rules.of(tenant).ifPresent(all -> all.rules().forEach(rule ->
                    uncounted.getOrDefault(rule.id(), List.of()).forEach(period -> periods.open(tenant, rule, period))));
            return true;
        });
    }

    /** These periods, in a transaction of their own: admission shares the lock that counting takes alone. A limit may have been removed since it was read. */
    void open(Actor actor, TenantId tenant, List<CallClaim> claims) {
        open(actor, tenant, claims.stream().collect(Collectors.groupingBy(claim -> claim.rule().id(), Collectors.mapping(CallClaim::period, Collectors.toList()))));
    }
}
