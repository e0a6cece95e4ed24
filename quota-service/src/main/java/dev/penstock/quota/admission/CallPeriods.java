package dev.penstock.quota.admission;

import static dev.penstock.frame.jobs.Required.uuid;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.jobs.Timestamps;
import dev.penstock.quota.calendar.Period;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The use of the limits on calls, period by period. */
@Component
class CallPeriods {

    private record Key(LimitId limit, Instant start) {

        static Key of(CallClaim claim) {
            return new Key(claim.rule().id(), claim.period().start());
        }
    }

    private record Use(BigInteger settled, BigInteger leased) {

        static final Use NONE = new Use(BigInteger.ZERO, BigInteger.ZERO);
    }

    private final JdbcClient jdbc;

    CallPeriods(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Reads the use and keeps everybody else from moving it until the transaction ends. Rows are locked in one order, by limit and period, the same
     * here and in settlement, so that nobody waits in a circle.
     *
     * @return empty if a period has not been counted yet
     */
    Optional<List<CallStanding>> lock(TenantId tenant, List<CallClaim> claims) {
        Map<Key, Use> uses = uses(tenant, claims, "order by p.limit_id, p.period_start for update");
        return uses.size() < claims.size()
                ? Optional.empty()
                : Optional.of(claims.stream().map(claim -> standing(claim, Objects.requireNonNull(uses.get(Key.of(claim))))).toList());
    }

    /** As it is at this moment, for telling. A period in which nobody has called is not counted yet, and counts as unused. */
    List<CallStanding> look(TenantId tenant, List<CallClaim> claims) {
        Map<Key, Use> uses = uses(tenant, claims, "");
        return claims.stream().map(claim -> standing(claim, uses.getOrDefault(Key.of(claim), Use.NONE))).toList();
    }

    private static CallStanding standing(CallClaim claim, Use use) {
        return new CallStanding(claim, use.settled(), use.leased());
    }

    private Map<Key, Use> uses(TenantId tenant, List<CallClaim> claims, String order) {
        Map<Key, Use> uses = new HashMap<>();
        if (!claims.isEmpty()) {
            jdbc.sql("""
                            select p.limit_id, p.period_start, p.settled, p.leased
                              from quota.limit_period p
                             where p.tenant_id = :tenant
                               and (p.limit_id, p.period_start) in (select * from unnest(:limits::uuid[], :starts::timestamptz[]))
                             """ + order)
                    .param("tenant", tenant.value())
                    .param("limits", Columns.limits(claims))
                    .param("starts", Columns.starts(claims))
                    .query(row -> {
                        uses.put(
                                new Key(new LimitId(uuid(row, "limit_id")), Timestamps.read(row, "period_start")),
                                new Use(row.getBigDecimal("settled").toBigIntegerExact(), row.getBigDecimal("leased").toBigIntegerExact()));
                    });
        }
        return uses;
    }

    /**
     * Makes sure that the period is counted, with the tenant locked. The first time, it is counted from usage and from what is open: the limit may
     * be younger than the calls, may have been removed and set again, or the tenant's time zone may have moved its days.
     */
    void open(TenantId tenant, CallRule rule, Period period) {
        int made = statement("""
                insert into quota.limit_period (tenant_id, limit_id, period_start, period_end) values (:tenant, :limit, :start, :end)
                on conflict (tenant_id, limit_id, period_start) do nothing""", tenant, rule, period).update();
        if (made == 1) {
            String asked = Columns.askedOfIntent(rule.meter());
            String open = """
                      from quota.reservation r
                      join quota.intent i on i.tenant_id = r.tenant_id and i.call_id = r.id and i.attempt = r.attempt and i.ts = r.ts
                     where r.tenant_id = :tenant and r.kind = 'call' and r.ts >= :start and r.ts < :end
                       and %s and (%s) > 0""".formatted(Columns.counted(rule, "i"), asked);
            if (!rule.settlesAtOnce()) {
                statement("""
                        insert into quota.allotment (tenant_id, limit_id, period_start, replica, reservation_id, attempt, amount, state, created_at)
                        select :tenant, :limit, :start, 'direct', r.id, r.attempt, %s, 'open', clock_timestamp()
                        """.formatted(asked) + open, tenant, rule, period).update();
            }
            statement("""
                    update quota.limit_period
                       set settled = (select %s from %s where %s and %s) + (select coalesce(sum(%s), 0) %s),
                           leased = (select coalesce(sum(a.amount), 0) from quota.allotment a
                                      where a.tenant_id = :tenant and a.limit_id = :limit and a.period_start = :start)
                     where tenant_id = :tenant and limit_id = :limit and period_start = :start"""
                    .formatted(Columns.used(rule.meter(), period), Columns.source(period), Columns.within(period), Columns.counted(rule, "u"),
                            rule.settlesAtOnce() ? asked : "0", open), tenant, rule, period).update();
        }
    }

    private JdbcClient.StatementSpec statement(String sql, TenantId tenant, CallRule rule, Period period) {
        return jdbc.sql(sql)
                .param("tenant", tenant.value())
                .param("limit", rule.id().value())
                .param("node", rule.node())
                .param("models", rule.models() == null ? null : rule.models().toArray(String[]::new))
                .param("start", Timestamps.column(period.start()))
                .param("end", Timestamps.column(period.end()));
    }
}
