package dev.penstock.quota.admission;

import static dev.penstock.frame.jobs.Required.uuid;

import dev.penstock.contract.KeyId;
import dev.penstock.contract.LimitId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.jobs.Timestamps;
import dev.penstock.quota.allotment.PotId;
import dev.penstock.quota.calendar.Period;
import dev.penstock.quota.usage.UsageRow;
import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which periods of which limits count settled rows, and by how much: of those whose intents were in a journal, which took of limits that they knew. */
@Component
public class SettledUse {

    /** Rows that every limit counts alike, and in the same period: all periods begin and end with whole minutes. */
    private record Alike(Instant minute, ProjectId project, @Nullable KeyId key, @Nullable Integer person, int model) {

        static Alike of(UsageRow row) {
            return new Alike(row.ts().truncatedTo(ChronoUnit.MINUTES), row.project(), row.key(), row.person(), row.model());
        }
    }

    private record Amounts(long requests, BigInteger input, BigInteger output, BigInteger cost) {

        static Amounts of(UsageRow row) {
            return new Amounts(row.attempt() == 0 ? 1 : 0, BigInteger.valueOf(row.tokens().in()), BigInteger.valueOf(row.tokens().output()), row.cost());
        }

        Amounts plus(Amounts other) {
            return new Amounts(requests + other.requests, input.add(other.input), output.add(other.output), cost.add(other.cost));
        }
    }

    private final JdbcClient jdbc;

    SettledUse(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * In the limits' units. Needs the tenant's lock, shared, and the transaction that inserts the rows.
     *
     * <p>Counted is on the periods that are there, whoever made them: a limit that was set while a call was under way has one, and a tenant whose zone
     * has moved has days of the old calendar that are over and go on being what they were. One that is not there yet will be counted from the rows when
     * it is made, which takes the lock alone; so no row is missed, and none counted twice.
     *
     * @param rows of one tenant
     * @return without those that the rows add nothing to
     */
    public Map<PotId, BigInteger> of(TenantId tenant, Collection<UsageRow> rows) {
        if (rows.isEmpty()) {
            return Map.of();
        }
        Map<Alike, Amounts> sums = new LinkedHashMap<>();
        rows.forEach(row -> sums.merge(Alike.of(row), Amounts.of(row), Amounts::plus));
        return of(tenant, List.copyOf(sums.entrySet()));
    }

    private Map<PotId, BigInteger> of(TenantId tenant, List<Map.Entry<Alike, Amounts>> sums) {
        Map<PotId, BigInteger> use = new HashMap<>();
        // No period of a window is longer than said here, whatever clocks are set to. Nothing is to be joined in another order than it is written in (offset 0): from the
        // rows to the rules on their nodes and to their periods, each by its key, so that a tenant's other keys and people, and periods long past, cost nothing.
        jdbc.sql("""
                        with used as (
                            select * from unnest(:ts::timestamptz[], :projects::uuid[], :keys::uuid[], :people::int[], :models::int[], :requests::numeric[],
                                                 :input::numeric[], :output::numeric[], :cost::numeric[])
                                          as u(ts, project, "key", person, model, requests, input, output, cost)),
                        place as (
                            select :tenant as node, u.* from used u
                            union all select u.project, u.* from used u
                            union all select u."key", u.* from used u where u."key" is not null
                            union all
                            select n.id, u.* from used u
                             cross join lateral (
                                   select n.id from quota.usage_person w
                                     join quota.node n on n.tenant_id = :tenant and n.kind = 'user' and n.parent_id = u.project and n.name = w.person
                                    where w.tenant_id = :tenant and w.id = u.person offset 0) n)
                        select p.limit_id, p.period_start, p.period_end, sum(c.amount) as amount
                          from place u
                         cross join lateral (
                               select r.id, r.meter, r."window", r.models from quota.limit_rule r where r.tenant_id = :tenant and r.node_id = u.node offset 0) r
                         cross join lateral (
                               select p.limit_id, p.period_start, p.period_end from quota.limit_period p
                                where p.tenant_id = :tenant and p.limit_id = r.id and p.period_start <= u.ts and p.period_end > u.ts
                                  and p.period_start >= case r."window" when 'MINUTE' then u.ts - interval '1 minute' when 'HOUR' then u.ts - interval '1 hour'
                                                                        when 'DAY' then u.ts - interval '3 days' when 'MONTH' then u.ts - interval '34 days'
                                                                        else '-infinity' end
                                offset 0) p
                         cross join lateral (
                               select case r.meter when 'REQUESTS' then u.requests when 'TOKENS_INPUT' then u.input when 'TOKENS_OUTPUT' then u.output
                                                   when 'TOKENS' then u.input + u.output when 'MONEY' then u.cost else 0 end as amount) c
                         where c.amount > 0
                           and (r.models is null or exists (
                                   select from quota.usage_model m where m.tenant_id = :tenant and m.id = u.model and m.model = any(r.models)))
                         group by p.limit_id, p.period_start, p.period_end""")
                .param("tenant", tenant.value())
                .param("ts", array(sums, each -> Timestamps.text(each.getKey().minute())))
                .param("projects", array(sums, each -> each.getKey().project()))
                .param("keys", array(sums, each -> each.getKey().key()))
                .param("people", array(sums, each -> each.getKey().person()))
                .param("models", array(sums, each -> each.getKey().model()))
                .param("requests", array(sums, each -> each.getValue().requests()))
                .param("input", array(sums, each -> each.getValue().input()))
                .param("output", array(sums, each -> each.getValue().output()))
                .param("cost", array(sums, each -> each.getValue().cost()))
                .query(row -> {
                    Period period = new Period(Timestamps.read(row, "period_start"), Timestamps.read(row, "period_end"));
                    BigInteger amount = Objects.requireNonNull(row.getBigDecimal("amount")).toBigIntegerExact();
                    use.put(new PotId(new LimitId(uuid(row, "limit_id")), period), amount);
                });
        return use;
    }

    private static @Nullable String[] array(List<Map.Entry<Alike, Amounts>> sums, Function<Map.Entry<Alike, Amounts>, @Nullable Object> column) {
        List<@Nullable String> values = sums.stream().<@Nullable String>map(each -> {
            Object value = column.apply(each);
            return value == null ? null : value.toString();
        }).toList();
        return values.toArray(new @Nullable String[0]);
    }
}
