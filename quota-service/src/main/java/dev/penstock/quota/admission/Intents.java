package dev.penstock.quota.admission;

import dev.penstock.frame.jobs.Timestamps;
import dev.penstock.quota.rating.TokenPrices;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What is promised to an attempt, and its share of every limit. */
@Component
class Intents {

    /**
     * What is written down beside the ask.
     *
     * @param cost the most it can cost
     */
    record Terms(TokenPrices prices, BigInteger cost, Words words) {}

    /** @param open whether it has not been settled yet */
    record Known(int priceVersion, BigInteger cost, boolean open) {}

    private final JdbcClient jdbc;
    private final Replica replica;

    Intents(JdbcClient jdbc, Replica replica) {
        this.jdbc = jdbc;
        this.replica = replica;
    }

    /** Empty: the attempt was never admitted. */
    Optional<Known> find(Ask ask) {
        return jdbc.sql("""
                        select i.price_version, i.cost, r.id is not null as open
                          from quota.intent i
                          left join quota.reservation r on r.tenant_id = i.tenant_id and r.id = i.call_id and r.attempt = i.attempt and r.kind = 'call'
                         where i.tenant_id = :tenant and i.call_id = :call and i.attempt = :attempt and i.ts = :ts""")
                .param("tenant", ask.caller().tenant().value())
                .param("call", ask.call().value())
                .param("attempt", ask.number())
                .param("ts", Timestamps.column(ask.ts()))
                .query((row, number) -> new Known(row.getInt("price_version"), row.getBigDecimal("cost").toBigIntegerExact(), row.getBoolean("open")))
                .optional();
    }

    /**
     * Sets everything aside and writes the intent, with one statement: the only one by which the {@code leased} of a limit on calls grows.
     *
     * @return false if a limit does not allow it; nothing was written then
     */
    boolean write(Ask ask, Terms terms, List<CallClaim> claims) {
        return jdbc.sql("""
                        with claim as (
                            select * from unnest(:limits::uuid[], :starts::timestamptz[], :asked::numeric[], :atOnce::boolean[])
                                          as c(limit_id, period_start, asked, at_once)),
                        moved as (
                            update quota.limit_period p
                               set leased = p.leased + case when c.at_once then 0 else c.asked end,
                                   settled = p.settled + case when c.at_once then c.asked else 0 end
                              from claim c
                              join quota.limit_rule l on l.tenant_id = :tenant and l.id = c.limit_id
                             where p.tenant_id = :tenant and p.limit_id = c.limit_id and p.period_start = c.period_start
                               and (l.amount is null or not l.hard or p.settled + p.leased + c.asked <= l.amount)
                            returning p.limit_id),
                        fits as (
                            select (select count(*) from moved) = (select count(*) from claim) as yes),
                        reserved as (
                            insert into quota.reservation (tenant_id, id, attempt, kind, state, created_at, ts, replica, epoch, deadline)
                            select :tenant, :call, :attempt, 'call', 'held', clock_timestamp(), :ts, :replica, :epoch, :deadline from fits where yes),
                        intended as (
                            insert into quota.intent (
                                   tenant_id, ts, call_id, attempt, project_id, key_id, person, endpoint_id, upstream, model, path, price_version,
                                   context, input, output, cost, answers)
                            select :tenant, :ts, :call, :attempt, :project, :key, :person, :endpoint, :upstream, :model, :path, :version,
                                   :context, :input, :output, :cost, :answers from fits where yes),
                        allotted as (
                            insert into quota.allotment (tenant_id, limit_id, period_start, replica, reservation_id, attempt, amount, state, created_at)
                            select :tenant, limit_id, period_start, 'direct', :call, :attempt, asked, 'open', clock_timestamp()
                              from claim, fits where yes and not at_once)
                        select yes from fits""")
                .param("limits", Columns.limits(claims))
                .param("starts", Columns.starts(claims))
                .param("asked", Columns.array(claims, CallClaim::asked))
                .param("atOnce", Columns.array(claims, claim -> claim.rule().settlesAtOnce()))
                .param("tenant", ask.caller().tenant().value())
                .param("call", ask.call().value())
                .param("attempt", ask.number())
                .param("ts", Timestamps.column(ask.ts()))
                .param("replica", replica.name())
                .param("epoch", replica.epoch())
                .param("deadline", Timestamps.column(ask.deadline()))
                .param("project", ask.caller().project().value())
                .param("key", ask.caller().key() == null ? null : ask.caller().key().value(), Types.OTHER)
                .param("person", terms.words().person(), Types.INTEGER)
                .param("endpoint", ask.target().endpoint().value())
                .param("upstream", terms.words().upstream())
                .param("model", terms.words().model())
                .param("path", ask.path().code())
                .param("version", terms.prices().version())
                .param("context", ask.target().contextTokens())
                .param("input", ask.bound().inputTokens())
                .param("output", ask.bound().outputTokens())
                .param("cost", new BigDecimal(terms.cost()))
                .param("answers", ask.bound().answers())
                .query(Boolean.class)
                .single();
    }
}
