package dev.penstock.quota.reservation;

import static dev.penstock.frame.jobs.Required.uuid;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.jobs.Timestamps;
import dev.penstock.quota.calendar.Period;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How much of each limit is used: for those who set and show limits. */
@Component
public class LimitUse {

    /** One limit in one period. */
    public record Key(TenantId tenant, LimitId limit, Period period) {}

    /**
     * In the limit's own unit.
     *
     * @param settled what is final
     * @param leased what is set aside
     */
    public record Use(BigInteger settled, BigInteger leased) {

        public static final Use NOTHING = new Use(BigInteger.ZERO, BigInteger.ZERO);
    }

    private final JobTransactions transactions;
    private final TenantLock lock;
    private final RuleTable rules;
    private final Escrow escrow;
    private final JdbcClient jdbc;

    LimitUse(JobTransactions transactions, TenantLock lock, RuleTable rules, Escrow escrow, JdbcClient jdbc) {
        this.transactions = transactions;
        this.lock = lock;
        this.rules = rules;
        this.escrow = escrow;
        this.jdbc = jdbc;
    }

    /** Counts every limit on slices of the tenant in its present period, if it was not counted there yet: after a limit is set or the months have moved. */
    public void openPresent(Actor actor, TenantId tenantId) {
        transactions.inTenant(Job.RESERVE, actor, tenantId, () -> {
            lock.takeRegistered(tenantId).ifPresent(
                    tenant -> rules.of(tenantId).forEach(rule -> escrow.open(tenant, rule, escrow.present(tenant, rule))));
            return true;
        });
    }

    /** The use at an instant, as far as the running transaction may see it; a limit without an entry is not used. */
    public Map<Key, Use> at(Instant now, Collection<LimitId> limits) {
        Map<Key, Use> uses = new HashMap<>();
        if (limits.isEmpty()) {
            return uses;
        }
        jdbc.sql("""
                        select tenant_id, limit_id, period_start, period_end, settled, leased from quota.limit_period
                         where limit_id = any(:limits) and period_start <= :now and period_end > :now""")
                .param("limits", limits.stream().map(LimitId::value).toArray(UUID[]::new))
                .param("now", Timestamps.column(now))
                .query(row -> {
                    Key key = new Key(
                            new TenantId(uuid(row, "tenant_id")),
                            new LimitId(uuid(row, "limit_id")),
                            new Period(Timestamps.read(row, "period_start"), Timestamps.read(row, "period_end")));
                    uses.put(key, new Use(row.getBigDecimal("settled").toBigIntegerExact(), row.getBigDecimal("leased").toBigIntegerExact()));
                });
        return uses;
    }
}
