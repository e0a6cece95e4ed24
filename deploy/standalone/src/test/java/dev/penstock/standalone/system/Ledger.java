package dev.penstock.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.TenantId;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the books say of one tenant's calls, read behind the programs' backs, beside what callers received and what the engines say they produced.
 * For each call by itself: totals alone prove nothing.
 */
final class Ledger {

    /** What an attempt is booked with. */
    record Row(String call, int attempt, int status, boolean estimated, long input, long output) {}

    private final RunningPenstock penstock;
    private final String tenant;

    Ledger(RunningPenstock penstock, TenantId tenant) {
        this.penstock = penstock;
        this.tenant = tenant.toString();
    }

    /** Until no attempt is open: none that stands in the database, and none that a replica, or the journal of a dead one, has by itself. */
    void awaitQuiet(Duration atMost) {
        try (Database database = Database.asAdministrator(penstock)) {
            String now = database.rows("select clock_timestamp()::text as now").getFirst().get("now");
            Eventually.eventually("every attempt is settled", atMost, () -> {
                // Each time it is another transaction that looks.
                database.end();
                return database.count("select count(*) from quota.reservation where tenant_id = ?::uuid and kind = 'call'", tenant) == 0
                        && (database.count("select count(*) from pg_class where oid = to_regclass('quota.life')") == 0 || lives(database, now) == 0);
            });
        }
    }

    /** Those that have something under way, or have not told anything since. */
    private static long lives(Database database, String since) {
        return database.count("""
                select count(*) from quota.life l where l.as_of <= ?::timestamptz
                or exists (select from quota.under_way u where u.replica = l.replica and u.epoch = l.epoch)""", since);
    }

    List<Row> rows() {
        try (Database database = Database.asAdministrator(penstock)) {
            return database.rows("""
                    select call_id, attempt, status, estimated, input + cache_read + cache_write as input, output
                    from quota.usage where tenant_id = ?::uuid""", tenant).stream().map(Ledger::row).toList();
        }
    }

    private static Row row(Map<String, String> columns) {
        return new Row(columns.get("call_id"), Integer.parseInt(columns.get("attempt")), Integer.parseInt(columns.get("status")), columns.get("estimated").equals("t"),
                Long.parseLong(columns.get("input")), Long.parseLong(columns.get("output")));
    }

    /**
     * Received ≤ booked ≤ produced, of input and output; and where nobody interrupted and nothing is estimated, booked = produced.
     *
     * @param seen what the callers received
     */
    void compare(Collection<RawCall> seen) {
        compare(seen, EngineLog.read(penstock));
    }

    /** @param produced what the engines say, of this tenant's calls and maybe others */
    void compare(Collection<RawCall> seen, Map<String, EngineLog.Entry> produced) {
        Map<String, RawCall> received = new HashMap<>();
        seen.forEach(call -> call.call().ifPresent(id -> received.put(id, call)));
        List<String> wrong = new ArrayList<>();
        List<Row> rows = rows();
        for (Row row : rows) {
            EngineLog.Entry engine = produced.getOrDefault(row.call(), EngineLog.Entry.NOTHING);
            RawCall caller = received.get(row.call());
            long delivered = caller == null ? 0 : caller.tokens();
            if (delivered > row.output() || row.output() > engine.output() || row.input() > engine.input()) {
                wrong.add("not received ≤ booked ≤ produced: " + row + ", " + caller + ", " + engine);
            } else if (caller != null && caller.whole() && (row.output() != engine.output() || row.input() != engine.input() || row.estimated())) {
                wrong.add("heard to its end and not booked as produced: " + row + ", " + caller + ", " + engine);
            }
        }
        assertThat(wrong).isEmpty();
        Set<String> booked = rows.stream().map(Row::call).collect(Collectors.toSet());
        assertThat(answered(seen).filter(call -> !booked.contains(call))).as("answered and not booked").isEmpty();
    }

    private static Stream<String> answered(Collection<RawCall> seen) {
        return seen.stream().filter(call -> call.status() == 200).flatMap(call -> call.call().stream());
    }

    /** I1 to I6, after quiet. */
    void requireInvariants() {
        none("I1 nothing beyond a limit", """
                select r.meter from quota.limit_period p join quota.limit_rule r on r.tenant_id = p.tenant_id and r.id = p.limit_id
                where p.tenant_id = ?::uuid and r.hard and p.settled + p.leased > r.amount""");
        none("I2 roll-ups are the sums of rows", """
                with rolled as (
                    select model, price_version, sum(attempts) as n, sum(estimated) as e, sum(input) as i, sum(cache_read) as r, sum(cache_write) as w, sum(output) as o, sum(cost) as c
                    from quota.usage_rollup where tenant_id = ?::uuid group by model, price_version),
                summed as (
                    select model, price_version, count(*) as n, count(*) filter (where estimated) as e, sum(input) as i, sum(cache_read) as r, sum(cache_write) as w, sum(output) as o, sum(cost) as c
                    from quota.usage where tenant_id = ?::uuid group by model, price_version)
                (table rolled except table summed) union all (table summed except table rolled)""");
        none("I3 each attempt once", "select call_id from quota.usage where tenant_id = ?::uuid group by call_id, attempt having count(*) > 1");
        none("I4 postings of an entry add up to zero", "select entry_id from quota.posting where tenant_id = ?::uuid group by entry_id, unit having sum(amount) <> 0");
        none("I5 each intent is settled once", """
                select i.call_id from quota.intent i left join quota.usage u using (tenant_id, call_id, attempt)
                where tenant_id = ?::uuid group by i.call_id, i.attempt having count(u.ts) <> 1""");
        none("I6 nothing is set aside, but what replicas hold that nobody has taken", """
                select 'period' as what from quota.limit_period p where tenant_id = ?::uuid and leased <> (
                    select coalesce(sum(drawn - spent - returned), 0) from quota.replica_allotment a
                    where a.tenant_id = p.tenant_id and a.limit_id = p.limit_id and a.period_start = p.period_start)
                union all select 'reservation' from quota.reservation where tenant_id = ?::uuid and kind = 'call'
                union all select 'allotment' from quota.allotment where tenant_id = ?::uuid and state = 'open'""");
        none("nothing is booked beyond what was set aside", """
                select call_id from quota.usage u join quota.intent i using (tenant_id, call_id, attempt)
                where tenant_id = ?::uuid and (u.input + u.cache_read + u.cache_write > i.input or u.output > i.output or u.cost > i.cost)""");
    }

    /** When no replica is there any more. What is left of a minute or an hour is nobody's. */
    void requireNothingHeld() {
        none("each replica returned what it held", """
                select r.meter, r."window", p.leased from quota.limit_period p join quota.limit_rule r on r.tenant_id = p.tenant_id and r.id = p.limit_id
                where p.tenant_id = ?::uuid and p.leased <> 0 and r."window" not in ('MINUTE', 'HOUR')""");
    }

    /** What a meter must say: the sum over the rows. */
    BigInteger sum(String expression) {
        try (Database database = Database.asAdministrator(penstock)) {
            return new BigInteger(database.rows("select coalesce(sum(" + expression + "), 0) as total from quota.usage where tenant_id = ?::uuid", tenant).getFirst().get("total"));
        }
    }

    private void none(String rule, String violations) {
        String[] tenants = new String[(int) violations.chars().filter(character -> character == '?').count()];
        Arrays.fill(tenants, tenant);
        try (Database database = Database.asAdministrator(penstock)) {
            assertThat(database.rows(violations, tenants)).as(rule).isEmpty();
        }
    }
}
