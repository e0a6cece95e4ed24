package dev.penstock.quota.settlement;

/**
 * What must hold of the books, each as a query for what breaks it: one line of text per break. {@code :tenant} null: of all tenants that the
 * transaction sees. {@code :since}, the beginning of 15 minutes, or {@code -infinity}: of what was used from then on, and of periods that began
 * since or, where it only takes the periods, have not ended by then. Of days that are archived, where there are no rows, what is asked of rows is asked of roll-ups.
 */
public enum Invariant {
    /** What is set aside on a limit is what somebody holds of it: it is given back once, and not forgotten. */
    LEASED_IS_HELD("""
            select 'limit ' || p.limit_id || ' from ' || p.period_start || ': ' || p.leased || ' leased, ' || coalesce(h.held, 0) || ' held'
              from quota.limit_period p
              left join (select tenant_id, limit_id, period_start, sum(held) as held
                           from (select tenant_id, limit_id, period_start, amount - settled as held from quota.allotment where state = 'open'
                                 union all
                                 select tenant_id, limit_id, period_start, drawn - spent - returned from quota.replica_allotment) each_hold
                          group by 1, 2, 3) h using (tenant_id, limit_id, period_start)
             where p.leased <> coalesce(h.held, 0) and p.period_end > :since::timestamptz and (:tenant::uuid is null or p.tenant_id = :tenant::uuid)"""),
    /** What is settled on a limit is what the rows of its node and period say. */
    SETTLED_IS_USED("""
            select r.meter || ' limit ' || p.limit_id || ' from ' || p.period_start || ': ' || p.settled || ' settled, ' || u.used || ' used'
              from (select * from quota.limit_period where period_start >= :since::timestamptz) p
              join quota.limit_rule r on r.tenant_id = p.tenant_id and r.id = p.limit_id and r.meter not in ('SLICES', 'GPU_TIME', 'CONCURRENCY')
              join quota.node n on n.tenant_id = r.tenant_id and n.id = r.node_id
              cross join lateral (
                   select coalesce(sum(case r.meter
                              when 'REQUESTS' then x.calls
                              when 'TOKENS_INPUT' then x.input + x.cache_read + x.cache_write
                              when 'TOKENS_OUTPUT' then x.output
                              when 'TOKENS' then x.input + x.cache_read + x.cache_write + x.output
                              else x.cost end), 0)
                        + case when r.meter = 'REQUESTS' then (
                              select count(*) from quota.reservation v
                                join quota.intent i on i.tenant_id = v.tenant_id and i.call_id = v.id and i.attempt = v.attempt and i.ts = v.ts
                               where v.tenant_id = p.tenant_id and v.kind = 'call' and v.attempt = 0
                                 and %1$s and i.ts >= p.period_start and i.ts < p.period_end) else 0 end as used
                     from %3$s x
                    where x.tenant_id = p.tenant_id and %2$s
                      and x.ts >= p.period_start and x.ts < p.period_end) u
             where p.settled <> u.used and (:tenant::uuid is null or p.tenant_id = :tenant::uuid)""".formatted(counted("i"), counted("x"), used())),
    /** Roll-ups are the sums of the rows. */
    ROLLUP_IS_ROWS("""
            select 'bucket ' || bucket || ' of project ' || project_id || ': ' || coalesce(s.line, 'no rows') || ' in rows, ' || coalesce(r.line, 'none') || ' rolled up'
              from (select tenant_id, date_bin('15 minutes', ts, '2000-01-01 00:00+00') as bucket, project_id, coalesce(key_id::text, '') as key,
                           coalesce(person, 0) as person, endpoint_id, model, price_version,
                           concat_ws(' ', count(*) filter (where attempt = 0), count(*), count(*) filter (where status >= 400 and status <> 499),
                                     count(*) filter (where estimated), sum(input), sum(cache_read), sum(cache_write), sum(output), sum(reasoning), sum(cost)) as line
                      from quota.usage where ts >= :since::timestamptz group by 1, 2, 3, 4, 5, 6, 7, 8) s
              full join (select tenant_id, bucket, project_id, coalesce(key_id::text, '') as key, coalesce(person, 0) as person, endpoint_id, model,
                                price_version, concat_ws(' ', calls, attempts, failed, estimated, input, cache_read, cache_write, output, reasoning, cost) as line
                           from quota.usage_rollup
                          where bucket >= greatest(:since::timestamptz, (select retained_from from quota.usage_retention))) r
                        using (tenant_id, bucket, project_id, key, person, endpoint_id, model, price_version)
             where s.line is distinct from r.line and (:tenant::uuid is null or tenant_id = :tenant::uuid)"""),
    /** An attempt has one row. */
    EACH_ONCE("""
            select 'call ' || call_id || ' attempt ' || attempt || ': ' || count(*) || ' rows'
              from quota.usage where ts >= :since::timestamptz and (:tenant::uuid is null or tenant_id = :tenant::uuid)
             group by tenant_id, call_id, attempt having count(*) > 1"""),
    /** A row costs what its tokens cost in its price book. */
    COST_IS_TOKENS_TIMES_PRICE("""
            select 'call ' || u.call_id || ': costs ' || u.cost || ', its tokens ' || e.cost
              from quota.usage u
              join quota.usage_model m on m.tenant_id = u.tenant_id and m.id = u.model
              cross join lateral (
                   select coalesce(sum(price) filter (where meter = 'INPUT'), 0) as input,
                          coalesce(sum(price) filter (where meter = 'CACHE_READ'), sum(price) filter (where meter = 'INPUT'), 0) as cache_read,
                          coalesce(sum(price) filter (where meter = 'CACHE_WRITE'), sum(price) filter (where meter = 'INPUT'), 0) as cache_write,
                          coalesce(sum(price) filter (where meter = 'OUTPUT'), 0) as output
                     from quota.price where version = u.price_version and sku = m.sku) p
              cross join lateral (select u.input * p.input + u.cache_read * p.cache_read + u.cache_write * p.cache_write + u.output * p.output as cost) e
             where u.cost <> e.cost and u.ts >= :since::timestamptz and (:tenant::uuid is null or u.tenant_id = :tenant::uuid)"""),
    /** Postings add up to zero in each unit. */
    BALANCED("""
            select 'unit ' || unit || ': ' || sum(amount) from quota.posting
             where bucket >= :since::timestamptz and (:tenant::uuid is null or tenant_id = :tenant::uuid) group by tenant_id, unit having sum(amount) <> 0"""),
    /** What callers owe in the ledger is what the rows say, month or not: by 15 minutes. */
    LEDGER_IS_ROWS("""
            with owed as (
                select tenant_id, project_id, bucket, unit, sum(amount) as amount from quota.posting
                 where account = 'caller' and bucket >= :since::timestamptz group by 1, 2, 3, 4),
            used as (
                select tenant_id, project_id, bucket, sum(amount) as amount, unit from (
                    select u.tenant_id, u.project_id, date_bin('15 minutes', u.ts, '2000-01-01 00:00+00') as bucket, n.unit, n.amount
                      from %s u
                      left join quota.price_book b on b.version = u.price_version
                      cross join lateral (values ('input', u.input::numeric), ('cache-read', u.cache_read), ('cache-write', u.cache_write),
                                                 ('output', u.output), (coalesce(b.currency, 'without a price'), u.cost)) as n(unit, amount)
                     where u.ts >= :since::timestamptz
                    union all
                    select s.tenant_id, s.project_id, date_bin('15 minutes', s.starts_at, '2000-01-01 00:00+00'), coalesce(b.currency, 'without a price'), s.cost
                      from quota.slice_usage s left join quota.price_book b on b.version = s.price_version where s.cost is not null and s.starts_at >= :since::timestamptz) all_use
                 where amount <> 0 group by tenant_id, project_id, bucket, unit)
            select 'project ' || project_id || ' at ' || bucket || ': ' || coalesce(used.amount, 0) || ' ' || unit || ' in rows, ' || coalesce(owed.amount, 0) || ' in the ledger'
              from used full join owed using (tenant_id, project_id, bucket, unit)
             where used.amount is distinct from owed.amount and (:tenant::uuid is null or tenant_id = :tenant::uuid)""".formatted(used())),
    /** An attempt whose intent stands here is open or has its row, and not both. A row without an intent here had it in a journal, and nothing of it is open here. */
    EVERY_INTENT_ENDS_ONCE("""
            select 'call ' || coalesce(i.call_id, u.call_id) || ' attempt ' || coalesce(i.attempt, u.attempt) || ': '
                   || concat_ws(', ', case when i.call_id is null then 'no intent' end, case when u.call_id is null then 'no row' else 'a row' end,
                                case when r.id is not null then 'open' end)
              from (select * from quota.intent where ts >= :since::timestamptz) i
              full join (select * from quota.usage where ts >= :since::timestamptz) u on u.tenant_id = i.tenant_id and u.call_id = i.call_id and u.attempt = i.attempt and u.ts = i.ts
              left join quota.reservation r on r.tenant_id = coalesce(i.tenant_id, u.tenant_id) and r.id = coalesce(i.call_id, u.call_id)
                                           and r.attempt = coalesce(i.attempt, u.attempt) and r.kind = 'call'
             where case when i.call_id is null then r.id is not null else (u.call_id is null) = (r.id is null) end
               and (:tenant::uuid is null or coalesce(i.tenant_id, u.tenant_id) = :tenant::uuid)"""),
    /** Only when no call is under way: nothing is set aside for calls but what replicas hold for those to come. */
    NOTHING_IS_HELD_WHEN_QUIET("""
            select 'call ' || id || ' attempt ' || attempt || ' is open' from quota.reservation
             where kind = 'call' and (:tenant::uuid is null or tenant_id = :tenant::uuid)
            union all
            select r.meter || ' limit ' || r.id || ': a share of ' || a.amount || ' is open'
              from quota.allotment a join quota.limit_rule r on r.tenant_id = a.tenant_id and r.id = a.limit_id
             where r.meter not in ('SLICES', 'GPU_TIME') and a.state = 'open' and (:tenant::uuid is null or a.tenant_id = :tenant::uuid)
            union all
            select r.meter || ' limit ' || r.id || ': ' || p.leased || ' leased, ' || coalesce(h.held, 0) || ' held by replicas'
              from quota.limit_period p join quota.limit_rule r on r.tenant_id = p.tenant_id and r.id = p.limit_id
              left join (select tenant_id, limit_id, period_start, sum(drawn - spent - returned) as held from quota.replica_allotment group by 1, 2, 3) h
                        on h.tenant_id = p.tenant_id and h.limit_id = p.limit_id and h.period_start = p.period_start
             where r.meter not in ('SLICES', 'GPU_TIME') and p.leased <> coalesce(h.held, 0) and (:tenant::uuid is null or p.tenant_id = :tenant::uuid)""");

    private final String sql;

    Invariant(String sql) {
        this.sql = sql;
    }

    /** Whether it holds at every moment, and not only when no call is under way. */
    public boolean holdsAlways() {
        return this != NOTHING_IS_HELD_WHEN_QUIET;
    }

    /** Rows; of days that are archived their sums, which stay. */
    private static String used() {
        return """
                (select tenant_id, ts, project_id, key_id, person, model, price_version, (attempt = 0)::int::bigint as calls, input, cache_read, cache_write, output, cost
                   from quota.usage
                 union all
                 select tenant_id, bucket, project_id, key_id, person, model, price_version, calls, input, cache_read, cache_write, output, cost
                   from quota.usage_rollup where bucket < (select retained_from from quota.usage_retention))""";
    }

    /**
     * That limit {@code r}, which stands on node {@code n}, counts a row. Not by {@code exists}: of rows in several partitions PostgreSQL 18 goes on comparing
     * with what an earlier limit was asked about (a hashed subplan is made anew for one partition only).
     */
    private static String counted(String row) {
        return """
                case n.kind when 'user' then %1$s.project_id = n.parent_id
                                         and %1$s.person = (select w.id from quota.usage_person w where w.tenant_id = n.tenant_id and w.person = n.name)
                     else r.node_id in (%1$s.tenant_id, %1$s.project_id, %1$s.key_id) end
                and (r.models is null or %1$s.model = any (array(
                          select m.id from quota.usage_model m where m.tenant_id = r.tenant_id and m.model = any(r.models))))""".formatted(row);
    }

    String sql() {
        return sql;
    }
}
