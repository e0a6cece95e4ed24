package dev.penstock.quota.limit;

import static dev.penstock.frame.jobs.Required.uuid;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.LimitWarning;
import dev.penstock.frame.jobs.Timestamps;
import dev.penstock.quota.calendar.Period;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Thresholds that were passed, and those that are passed and nobody was told of. */
@Component
class WarningTable {

    /** One limit of one tenant. */
    record Key(TenantId tenant, LimitId limit) {}

    /**
     * A threshold that is passed.
     *
     * @param period in which it is passed
     * @param percent of the amount
     */
    record Passed(TenantId tenant, LimitId limit, Period period, int percent, BigInteger amount, BigInteger used) {}

    /** A period that ended is looked at for as long, so that a minute is not missed when looking is late. */
    private static final Duration LOOKS_BACK = Duration.ofMinutes(15);

    private final JdbcClient jdbc;

    WarningTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What the running transaction sees of it, by tenant and limit. What is set aside counts only where things are held, not used: otherwise it may
     * be given back, and the warning would be wrong.
     */
    List<Passed> passed(Instant now, int most) {
        return jdbc.sql("""
                        with recent as materialized (
                            -- Few of all there are. Left to itself, the planner goes through every period of each limit to spare itself the sorting.
                            select * from quota.limit_period where period_end > :since)
                        select p.tenant_id, p.limit_id, p.period_start, p.period_end, t.percent, r.amount, u.used
                          from recent p
                          join quota.limit_rule r on r.tenant_id = p.tenant_id and r.id = p.limit_id and r.amount > 0
                          cross join lateral (select p.settled + case when r."window" = 'NOW' then p.leased else 0 end as used,
                                                     case when r."window" = 'NOW' then :now else p.period_start end as at) u
                          cross join lateral (values (r.soft_percent), (nullif(100, r.soft_percent))) as t(percent)
                         where u.used * 100 >= r.amount * t.percent
                           and not exists (
                               select from quota.limit_warning w
                                where w.tenant_id = p.tenant_id and w.limit_id = p.limit_id and w.percent = t.percent and w.amount = r.amount
                                  and w.since <= u.at and w.until > u.at)
                         order by p.tenant_id, p.limit_id, t.percent
                         limit :most""")
                .param("now", Timestamps.column(now))
                .param("since", Timestamps.column(now.minus(LOOKS_BACK)))
                .param("most", most)
                .query(WarningTable::passed)
                .list();
    }

    /**
     * @param warned for how long this threshold warns no more
     * @return false if it was there
     */
    boolean insert(Passed passed, Period warned, Instant now) {
        return jdbc.sql("""
                        insert into quota.limit_warning (tenant_id, limit_id, since, until, percent, amount, used, warned_at)
                        values (:tenant, :limit, :since, :until, :percent, :amount, :used, :now)
                        on conflict (tenant_id, limit_id, since, percent, amount) do nothing""")
                .param("tenant", passed.tenant().value())
                .param("limit", passed.limit().value())
                .param("since", Timestamps.column(warned.start()))
                .param("until", Timestamps.column(warned.end()))
                .param("percent", passed.percent())
                .param("amount", new BigDecimal(passed.amount()))
                .param("used", new BigDecimal(passed.used()))
                .param("now", Timestamps.column(now))
                .update() == 1;
    }

    /** Those that hold at an instant for the amounts that limits have now, as far as the running transaction may see them, the lowest first. */
    Map<Key, List<LimitWarning>> at(Instant now, Collection<LimitId> limits) {
        Map<Key, List<LimitWarning>> warnings = new HashMap<>();
        if (limits.isEmpty()) {
            return warnings;
        }
        jdbc.sql("""
                        select w.tenant_id, w.limit_id, w.percent, w.used, w.warned_at
                          from quota.limit_warning w
                          join quota.limit_rule r on r.tenant_id = w.tenant_id and r.id = w.limit_id and r.amount = w.amount
                         where w.limit_id = any(:limits) and w.since <= :now and w.until > :now
                           and (w.percent = 100 or w.percent = r.soft_percent)
                         order by w.percent""")
                .param("limits", limits.stream().map(LimitId::value).toArray(UUID[]::new))
                .param("now", Timestamps.column(now))
                .query(row -> {
                    warnings.computeIfAbsent(new Key(new TenantId(uuid(row, "tenant_id")), new LimitId(uuid(row, "limit_id"))), key -> new ArrayList<>())
                            .add(new LimitWarning(row.getInt("percent"), number(row, "used"), Timestamps.read(row, "warned_at")));
                });
        return warnings;
    }

    private static Passed passed(ResultSet row, int number) throws SQLException {
        return new Passed(
                new TenantId(uuid(row, "tenant_id")), new LimitId(uuid(row, "limit_id")),
                new Period(Timestamps.read(row, "period_start"), Timestamps.read(row, "period_end")), row.getInt("percent"), number(row, "amount"),
                number(row, "used"));
    }

    private static BigInteger number(ResultSet row, String column) throws SQLException {
        return row.getBigDecimal(column).toBigIntegerExact();
    }
}
