package dev.penstock.quota.health;

import static dev.penstock.frame.jobs.Required.text;
import static dev.penstock.frame.jobs.Required.uuid;

import dev.penstock.contract.EndpointId;
import dev.penstock.contract.Money;
import dev.penstock.contract.quota.HealthView;
import dev.penstock.contract.quota.Meter;
import dev.penstock.frame.jobs.Timestamps;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Sums over the books of all tenants. */
@Component
class BooksTable {

    private static final int DAYS_ESTIMATED = 30;
    private static final int MONTHS_LOST = 3;
    /** Replicas tell every second. */
    private static final Duration SILENT = Duration.ofMinutes(1);

    private static final String MONTH = "to_char(p.bucket at time zone 'UTC', 'YYYY-MM') as month";

    /** Loss of the last months, by the time at which it was used. */
    private static final String LOST = """
              from quota.posting p
              join quota.entry e on e.tenant_id = p.tenant_id and e.id = p.entry_id
             where p.account = 'platform-loss'
               and p.bucket >= (date_trunc('month', now() at time zone 'UTC') - make_interval(months => :months)) at time zone 'UTC'
            """;

    private record LossKey(YearMonth month, String cause) {

        static LossKey of(ResultSet row) throws SQLException {
            return new LossKey(YearMonth.parse(text(row, "month")), text(row, "cause"));
        }
    }

    private final JdbcClient jdbc;
    private final HealthSettings settings;

    BooksTable(JdbcClient jdbc, HealthSettings settings) {
        this.jdbc = jdbc;
        this.settings = settings;
    }

    HealthView.SettlementState settlement() {
        return jdbc.sql("""
                        with reserved as (
                            select count(*) as open, min(ts) as oldest, count(*) filter (where deadline < now()) as overdue
                              from quota.reservation where kind = 'call'),
                        told as (
                            select coalesce(sum(u.attempts), 0)::bigint as open, min(u.oldest) as oldest,
                                   coalesce(sum(u.attempts) filter (where l.as_of < now() - make_interval(secs => :silent)), 0)::bigint as unheard
                              from quota.under_way u join quota.life l on l.replica = u.replica and l.epoch = u.epoch),
                        used as (
                            select coalesce(sum(attempts), 0)::bigint as attempts, coalesce(sum(estimated), 0)::bigint as estimated
                              from quota.usage_rollup where bucket > now() - make_interval(days => :days)),
                        behind as (
                            select min(behind_since) as behind from quota.replica where told_at > now() - interval '1 minute')
                        select reserved.open + told.open as open, least(reserved.oldest, told.oldest) as oldest, reserved.overdue, told.unheard, used.*, behind.*
                          from reserved, told, used, behind""")
                .param("days", DAYS_ESTIMATED)
                .param("silent", SILENT.toSeconds())
                .query((row, number) -> new HealthView.SettlementState(
                        row.getLong("open"), Timestamps.find(row, "oldest"), row.getLong("overdue"), row.getLong("unheard"), Timestamps.find(row, "behind"), row.getLong("attempts"),
                        row.getLong("estimated")))
                .single();
    }

    List<HealthView.SetAside> setAside() {
        return jdbc.sql("""
                        with part as (
                            select tenant_id, limit_id, 1 as shares, amount - settled as amount, 0 as held, 0 as written_off from quota.allotment where state = 'open'
                            union all
                            select a.tenant_id, a.limit_id, 0, 0, case when w.id is null then drawn - spent - returned else 0 end,
                                   case when w.id is null then 0 else drawn - spent - returned end
                              from quota.replica_allotment a
                              left join quota.write_off w on w.journal = a.journal and w.replica = a.replica and w.epoch >= a.epoch and w.reversed_at is null
                             where drawn > spent + returned)
                        select r.meter, sum(p.shares) as shares, sum(p.amount) as amount, sum(p.held) as held, sum(p.written_off) as written_off
                          from part p
                          join quota.limit_rule r on r.tenant_id = p.tenant_id and r.id = p.limit_id
                         where r.meter not in ('SLICES', 'GPU_TIME')
                         group by r.meter order by r.meter""")
                .query((row, number) -> new HealthView.SetAside(
                        Meter.valueOf(text(row, "meter")), whole(row, "amount"), row.getLong("shares"), whole(row, "held"), whole(row, "written_off")))
                .list();
    }

    /** By month and cause, the newest first. */
    List<HealthView.Loss> losses() {
        Map<LossKey, List<Money>> money = money();
        return jdbc.sql("select " + MONTH + """
                        , e.cause, count(distinct (p.tenant_id, e.call_id, e.attempt)) filter (where e.call_id is not null) as attempts,
                               coalesce(sum(p.amount) filter (where p.unit in ('input', 'cache-read', 'cache-write')), 0) as input,
                               coalesce(sum(p.amount) filter (where p.unit = 'output'), 0) as output
                        """ + LOST + " group by 1, 2 order by 1 desc, 2")
                .param("months", MONTHS_LOST - 1)
                .query((row, number) -> new HealthView.Loss(
                        LossKey.of(row).month(), LossKey.of(row).cause(), row.getLong("attempts"), whole(row, "input"), whole(row, "output"),
                        money.getOrDefault(LossKey.of(row), List.of())))
                .list().stream()
                .filter(BooksTable::isSomething)
                .toList();
    }

    /** By endpoint, the most first. Every loss that has an attempt names the endpoint that worked for it. */
    List<HealthView.LossToday> lossesToday() {
        return jdbc.sql("""
                        select u.endpoint_id, (select max(c.model) from quota.engine_count c where c.endpoint_id = u.endpoint_id) as model, sum(l.amount) as tokens
                          from quota.posting l
                          join quota.posting u on u.tenant_id = l.tenant_id and u.entry_id = l.entry_id and u.bucket = l.bucket and u.unit = l.unit and u.account = 'upstream'
                         where l.account = 'platform-loss' and l.bucket >= date_trunc('day', now() at time zone 'UTC') at time zone 'UTC'
                         group by u.endpoint_id having sum(l.amount) > 0 order by tokens desc, u.endpoint_id""")
                .query((row, number) -> new HealthView.LossToday(
                        new EndpointId(uuid(row, "endpoint_id")), row.getString("model"), whole(row, "tokens"), settings.mostLost()))
                .list();
    }

    /** What was written off and taken back is no loss. */
    private static boolean isSomething(HealthView.Loss loss) {
        return loss.attempts() > 0 || loss.money().stream().anyMatch(money -> money.picoUnits().signum() != 0);
    }

    private Map<LossKey, List<Money>> money() {
        Map<LossKey, List<Money>> money = new HashMap<>();
        jdbc.sql("select " + MONTH + ", e.cause, p.unit, sum(p.amount) as amount " + LOST + " and p.unit ~ '^[A-Z]{3}$' group by 1, 2, 3 order by 1, 2, 3")
                .param("months", MONTHS_LOST - 1)
                .query((row, number) -> money.computeIfAbsent(LossKey.of(row), key -> new ArrayList<>()).add(new Money(whole(row, "amount"), text(row, "unit"))))
                .list();
        return money;
    }

    private static BigInteger whole(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getBigDecimal(column), column).toBigIntegerExact();
    }
}
