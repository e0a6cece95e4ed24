package dev.penstock.quota.allotment;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.jobs.Timestamps;
import dev.penstock.quota.calendar.Period;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The statements. Each needs the transaction of {@link AllotmentKeeper}, and the periods that it moves locked before. */
final class AllotmentTable {

    /** A former life was there for the last time before the next one started. */
    private static final String SILENT_SLOT = """
            exists (select from quota.limit_rule l where l.tenant_id = a.tenant_id and l.id = a.limit_id and l.meter = 'CONCURRENCY')
            and exists (select from quota.replica r where r.name = a.replica
                           and case when r.epoch = a.epoch then coalesce(r.contact_at, r.started_at) else r.started_at end
                               < clock_timestamp() - make_interval(secs => :silence))""";

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
        Map<LimitAndStart, PotId> asked = new HashMap<>();
        pots.forEach(pot -> asked.put(LimitAndStart.of(pot), pot));
        return new HashSet<>(jdbc.sql("""
                        select limit_id, period_start from quota.limit_period
                         where tenant_id = :tenant and (limit_id, period_start) in (select * from unnest(:limits::uuid[], :starts::timestamptz[]))
                         order by limit_id, period_start
                           for update""")
                .param("tenant", tenant.value())
                .param("limits", texts(pots.stream().map(PotId::limit).toList()))
                .param("starts", starts(pots))
                .query((row, number) -> Objects.requireNonNull(asked.get(LimitAndStart.of(row))))
                .list());
    }

    /** Of these limits, the ones that are there. */
    Set<LimitId> existing(TenantId tenant, Collection<LimitId> limits) {
        return new HashSet<>(jdbc.sql("select id from quota.limit_rule where tenant_id = :tenant and id = any(:limits::uuid[])")
                .param("tenant", tenant.value())
                .param("limits", texts(limits))
                .query((row, number) -> new LimitId(uuid(row, "id")))
                .list());
    }

    /**
     * The one statement by which what replicas hold grows: of all limits what is needed, and more where there is more, or nothing of any.
     *
     * @return the rows of which something was drawn; none: a limit does not allow it, or nothing was needed
     */
    List<Holding> draw(TenantId tenant, Life life, Draw draw, int replicas) {
        Map<LimitAndStart, PotId> asked = new HashMap<>();
        draw.lines().forEach(line -> asked.put(LimitAndStart.of(line.pot()), line.pot()));
        record Drawn(Holding holding, int moved) {}
        List<Drawn> drawn = jdbc.sql("""
                        with claim as (
                            select * from unnest(:limits::uuid[], :starts::timestamptz[], :needed::numeric[], :wanted::numeric[])
                                          as c(limit_id, period_start, needed, wanted)),
                        standing as (
                            select c.*, l.amount, l.amount - p.settled - p.leased as room
                              from claim c
                              join quota.limit_period p on p.tenant_id = :tenant and p.limit_id = c.limit_id and p.period_start = c.period_start
                              join quota.limit_rule l on l.tenant_id = :tenant and l.id = c.limit_id),
                        fits as (
                            select (select count(*) from standing where amount is null or needed = 0 or needed <= room) = (select count(*) from claim) as yes),
                        part as (
                            select limit_id, period_start,
                                   case when amount is null then greatest(needed, wanted)
                                        else greatest(needed, least(wanted, div(greatest(room, 0), 2 * :replicas))) end as granted
                              from standing, fits where yes),
                        moved as (
                            update quota.limit_period p set leased = p.leased + g.granted
                              from part g
                              join quota.limit_rule l on l.tenant_id = :tenant and l.id = g.limit_id
                             where p.tenant_id = :tenant and p.limit_id = g.limit_id and p.period_start = g.period_start and g.granted > 0
                               and (l.amount is null or p.settled + p.leased + g.granted <= l.amount)
                            returning p.limit_id),
                        drawn as (
                            insert into quota.replica_allotment as a (tenant_id, limit_id, period_start, replica, epoch, journal, drawn)
                            select :tenant, limit_id, period_start, :replica, :epoch, :journal, granted from part where granted > 0 order by limit_id, period_start
                            on conflict (tenant_id, limit_id, period_start, replica, epoch) do update set drawn = a.drawn + excluded.drawn
                            returning a.limit_id, a.period_start, a.id, a.drawn, a.returned)
                        select drawn.*, (select count(*) from moved) as moved from drawn""")
                .param("tenant", tenant.value())
                .param("limits", texts(draw.lines().stream().map(line -> line.pot().limit()).toList()))
                .param("starts", starts(draw.lines().stream().map(Draw.Line::pot).toList()))
                .param("needed", texts(draw.lines().stream().map(Draw.Line::needed).toList()))
                .param("wanted", texts(draw.lines().stream().map(Draw.Line::wanted).toList()))
                .param("replicas", replicas)
                .param("replica", life.replica())
                .param("epoch", life.epoch())
                .param("journal", life.journal())
                .query((row, number) -> new Drawn(
                        new Holding(Objects.requireNonNull(asked.get(LimitAndStart.of(row))), row.getLong("id"), amount(row, "drawn"), amount(row, "returned"), false),
                        row.getInt("moved")))
                .list();
        if (drawn.stream().anyMatch(each -> each.moved() != drawn.size())) {
            throw new IllegalStateException("a limit of tenant " + tenant + " moved although its use is locked");
        }
        return drawn.stream().map(Drawn::holding).toList();
    }

    /** Why a line was not granted; empty if it alone would have been. Others who are there and hold something are asked for it, once. */
    List<Drawing.Refusal> refusal(TenantId tenant, Life life, Draw.Line line, Duration silence) {
        return jdbc.sql("""
                        with short as (
                            select l.amount, p.settled, p.leased
                              from quota.limit_period p
                              join quota.limit_rule l on l.tenant_id = p.tenant_id and l.id = p.limit_id
                             where p.tenant_id = :tenant and p.limit_id = :limit and p.period_start = :start and p.settled + p.leased + :needed > l.amount),
                        others as (
                            select a.id, a.recalled, a.answered
                              from quota.replica_allotment a
                              join quota.replica r on r.name = a.replica and r.epoch = a.epoch and r.contact_at > clock_timestamp() - make_interval(secs => :silence)
                             where a.tenant_id = :tenant and a.limit_id = :limit and a.period_start = :start
                               and (a.replica, a.epoch) <> (:replica, :epoch) and a.drawn > a.spent + a.returned),
                        number as (
                            select case when :recall > 0 then :recall else 1 + max(recalled) end as next
                              from quota.replica_allotment where tenant_id = :tenant and limit_id = :limit and period_start = :start),
                        recalled as (
                            update quota.replica_allotment a set recalled = n.next
                              from others o, number n, short where a.tenant_id = :tenant and a.id = o.id and :recall = 0
                            returning a.id)
                        select amount, settled, leased,
                               case when :recall > 0 or exists (select from recalled) then coalesce((select next from number), 0) else 0 end as recall,
                               exists (select from recalled) or exists (select from others where :recall > 0 and recalled >= :recall and answered < :recall) as awaited
                          from short""")
                .param("tenant", tenant.value())
                .param("limit", line.pot().limit().value())
                .param("start", Timestamps.column(line.pot().period().start()))
                .param("needed", new BigDecimal(line.needed()))
                .param("recall", line.recall())
                .param("silence", silence.toSeconds())
                .param("replica", life.replica())
                .param("epoch", life.epoch())
                .query((row, number) -> new Drawing.Refusal(
                        line.pot(), amount(row, "amount"), amount(row, "settled"), amount(row, "leased"), line.needed(), row.getLong("recall"),
                        row.getBoolean("awaited")))
                .list();
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
                .param("ids", texts(givings.stream().map(Giving::allotment).toList()))
                .param("returned", texts(givings.stream().map(Giving::returned).toList()))
                .param("answers", texts(givings.stream().map(Giving::answers).toList()))
                .update();
    }

    /**
     * What settled attempts used: final on every period that counts them, and no longer held where it was taken from, if that is still there.
     *
     * @param counted by period, in its limit's unit
     * @param spent by allotment
     */
    void settle(TenantId tenant, Map<PotId, BigInteger> counted, Map<Long, BigInteger> spent) {
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
                .param("limits", texts(counted.keySet().stream().map(PotId::limit).toList()))
                .param("starts", starts(counted.keySet()))
                .param("counted", texts(counted.values()))
                .param("ids", texts(spent.keySet()))
                .param("spent", texts(spent.values()))
                .update();
    }

    List<Holding> held(TenantId tenant, Life life) {
        return jdbc.sql("""
                        select a.id, a.limit_id, a.period_start, p.period_end, a.drawn, a.returned, coalesce(p.settled + p.leased > l.amount, false) as over
                          from quota.replica_allotment a
                          join quota.limit_period p on p.tenant_id = a.tenant_id and p.limit_id = a.limit_id and p.period_start = a.period_start
                          join quota.limit_rule l on l.tenant_id = a.tenant_id and l.id = a.limit_id
                         where a.tenant_id = :tenant and a.replica = :replica and a.epoch = :epoch""")
                .param("tenant", tenant.value())
                .param("replica", life.replica())
                .param("epoch", life.epoch())
                .query((row, number) -> new Holding(pot(row), row.getLong("id"), amount(row, "drawn"), amount(row, "returned"), row.getBoolean("over")))
                .list();
    }

    /** The periods of what the former lives of this journal hold. */
    List<PotId> formerly(TenantId tenant, Life life) {
        return pots("a.replica = :replica and a.epoch < :epoch and a.journal = :journal", tenant)
                .param("replica", life.replica()).param("epoch", life.epoch()).param("journal", life.journal())
                .query((row, number) -> pot(row)).list();
    }

    /** The periods of slots of which nobody has heard for so long. */
    List<PotId> silentSlots(TenantId tenant, Duration silence) {
        return pots(SILENT_SLOT, tenant).param("silence", silence.toSeconds()).query((row, number) -> pot(row)).list();
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

    private record LimitAndStart(LimitId limit, Instant start) {

        static LimitAndStart of(PotId pot) {
            return new LimitAndStart(pot.limit(), pot.period().start());
        }

        static LimitAndStart of(ResultSet row) throws SQLException {
            return new LimitAndStart(new LimitId(uuid(row, "limit_id")), Timestamps.read(row, "period_start"));
        }
    }

    private static PotId pot(ResultSet row) throws SQLException {
        return new PotId(new LimitId(uuid(row, "limit_id")), new Period(Timestamps.read(row, "period_start"), Timestamps.read(row, "period_end")));
    }

    private static UUID uuid(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, UUID.class), column);
    }

    private static BigInteger amount(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getBigDecimal(column), column).toBigIntegerExact();
    }

    private static String[] starts(Collection<PotId> pots) {
        return pots.stream().map(pot -> pot.period().start()).map(Timestamps::text).toArray(String[]::new);
    }

    private static String[] texts(Collection<?> values) {
        return values.stream().map(Object::toString).toArray(String[]::new);
    }
}
