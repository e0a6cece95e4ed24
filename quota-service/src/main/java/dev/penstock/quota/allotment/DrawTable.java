package dev.penstock.quota.allotment;

import dev.penstock.contract.TenantId;
import dev.penstock.frame.jobs.Timestamps;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The statements by which replicas come to hold something. Each needs the transaction of {@link AllotmentKeeper}, and the periods that it moves locked before. */
final class DrawTable {

    private final JdbcClient jdbc;

    DrawTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The one statement by which what replicas hold grows: of all limits what is needed, and more where there is more, or nothing of any. Nothing is
     * drawn ahead where somebody had to recall: what was returned to one who is short is not for one who is not.
     *
     * @return the rows of which something was drawn; none: a limit does not allow it, or nothing was needed
     */
    List<Holding> draw(TenantId tenant, Life life, Draw draw, int replicas) {
        Map<Columns.LimitAndStart, PotId> asked = new HashMap<>();
        draw.lines().forEach(line -> asked.put(Columns.LimitAndStart.of(line.pot()), line.pot()));
        record Drawn(Holding holding, int moved) {}
        List<Drawn> drawn = jdbc.sql("""
                        with claim as (
                            select * from unnest(:limits::uuid[], :starts::timestamptz[], :needed::numeric[], :wanted::numeric[])
                                          as c(limit_id, period_start, needed, wanted)),
                        standing as (
                            select c.*, %1$s as amount, %1$s - p.settled - p.leased as room,
                                   exists (select from quota.replica_allotment a
                                            where a.tenant_id = :tenant and a.limit_id = c.limit_id and a.period_start = c.period_start and a.recalled > 0) as recalled
                              from claim c
                              join quota.limit_period p on p.tenant_id = :tenant and p.limit_id = c.limit_id and p.period_start = c.period_start
                              join quota.limit_rule l on l.tenant_id = :tenant and l.id = c.limit_id),
                        fits as (
                            select (select count(*) from standing where amount is null or needed = 0 or needed <= room) = (select count(*) from claim) as yes),
                        part as (
                            select limit_id, period_start, room,
                                   case when needed = 0 and recalled then 0
                                        when amount is null then greatest(needed, wanted)
                                        else greatest(needed, least(wanted, div(greatest(room, 0), 2 * :replicas))) end as granted
                              from standing, fits where yes),
                        moved as (
                            update quota.limit_period p set leased = p.leased + g.granted
                              from part g
                              join quota.limit_rule l on l.tenant_id = :tenant and l.id = g.limit_id
                             where p.tenant_id = :tenant and p.limit_id = g.limit_id and p.period_start = g.period_start and g.granted > 0
                               and (%1$s is null or p.settled + p.leased + g.granted <= %1$s)
                            returning p.limit_id),
                        drawn as (
                            insert into quota.replica_allotment as a (tenant_id, limit_id, period_start, replica, epoch, journal, drawn)
                            select :tenant, limit_id, period_start, :replica, :epoch, :journal, granted from part where granted > 0 order by limit_id, period_start
                            on conflict (tenant_id, limit_id, period_start, replica, epoch) do update set drawn = a.drawn + excluded.drawn
                            returning a.limit_id, a.period_start, a.id, a.drawn, a.returned)
                        select drawn.*, part.room - part.granted as beyond, (select count(*) from moved) as moved
                          from drawn join part using (limit_id, period_start)""".formatted(Columns.CAP))
                .param("tenant", tenant.value())
                .param("limits", Columns.texts(draw.lines().stream().map(line -> line.pot().limit()).toList()))
                .param("starts", Columns.starts(draw.lines().stream().map(Draw.Line::pot).toList()))
                .param("needed", Columns.texts(draw.lines().stream().map(Draw.Line::needed).toList()))
                .param("wanted", Columns.texts(draw.lines().stream().map(Draw.Line::wanted).toList()))
                .param("replicas", replicas)
                .param("replica", life.replica())
                .param("epoch", life.epoch())
                .param("journal", life.journal())
                .query((row, number) -> new Drawn(
                        Columns.holding(row, Objects.requireNonNull(asked.get(Columns.LimitAndStart.of(row)))),
                        row.getInt("moved")))
                .list();
        if (drawn.stream().anyMatch(each -> each.moved() != drawn.size())) {
            throw new IllegalStateException("a limit of tenant " + tenant + " moved although its use is locked");
        }
        return drawn.stream().map(Drawn::holding).toList();
    }

    /**
     * Why a line was not granted; empty if it alone would have been. Others who are there and hold something are asked for it, once, unless what is
     * settled leaves no room whatever they return.
     */
    List<Drawing.Refusal> refusal(TenantId tenant, Life life, Draw.Line line, Duration silence) {
        return jdbc.sql("""
                        with short as (
                            select l.amount, p.settled, p.leased
                              from quota.limit_period p
                              join quota.limit_rule l on l.tenant_id = p.tenant_id and l.id = p.limit_id
                             where p.tenant_id = :tenant and p.limit_id = :limit and p.period_start = :start and p.settled + p.leased + :needed > %s),
                        others as (
                            select a.id, a.recalled, a.answered
                              from quota.replica_allotment a
                              join quota.replica r on r.name = a.replica and r.epoch = a.epoch and r.contact_at > clock_timestamp() - make_interval(secs => :silence)
                             where a.tenant_id = :tenant and a.limit_id = :limit and a.period_start = :start
                               and (a.replica, a.epoch) <> (:replica, :epoch) and a.drawn > a.spent + a.returned
                               and exists (select from short where settled + :needed <= amount)),
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
                          from short""".formatted(Columns.CAP))
                .param("tenant", tenant.value())
                .param("limit", line.pot().limit().value())
                .param("start", Timestamps.column(line.pot().period().start()))
                .param("needed", new BigDecimal(line.needed()))
                .param("recall", line.recall())
                .param("silence", silence.toSeconds())
                .param("replica", life.replica())
                .param("epoch", life.epoch())
                .query((row, number) -> new Drawing.Refusal(
                        line.pot(), Columns.amount(row, "amount"), Columns.amount(row, "settled"), Columns.amount(row, "leased"), line.needed(), row.getLong("recall"),
                        row.getBoolean("awaited")))
                .list();
    }
}
