package dev.penstock.quota.settlement;

import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Window;
import dev.penstock.db.testing.TestDatabase;
import dev.penstock.quota.RunningService;
import dev.penstock.quota.admission.Verdict.Level;
import dev.penstock.quota.journal.Ended;
import dev.penstock.quota.measuring.Cost;
import dev.penstock.quota.measuring.Postgres;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What a settled call costs PostgreSQL: rows, bytes, write-ahead log and time, by how many calls of a tenant are settled together. Few are where calls are
 * rare or tenants many, since nobody waits for more. Not part of any build: {@code ./penstock bench bytes} plays it.
 */
class SettledBytesBench {

    /** Calls settled together, and in all. */
    private record Size(int batch, int calls) {}

    private static final List<Size> SIZES = List.of(new Size(10, 4_000), new Size(1, 1_000), new Size(10, 4_000), new Size(100, 20_000), new Size(1_000, 20_000));
    private static final int TENANTS = 20;
    /** Of each tenant: so many roll-ups in each quarter of an hour at least. */
    private static final int CALLERS = 500;

    private static final List<String> COUNTED = List.of("usage", "usage_rollup", "entry", "posting");
    private static final String BYTES = """
            select coalesce(p.relname, c.relname) || ' ' || sum(pg_table_size(c.oid)) || ' ' || sum(pg_indexes_size(c.oid))
              from pg_class c
              left join pg_inherits i on i.inhrelid = c.oid
              left join pg_class p on p.oid = i.inhparent
             where c.relnamespace = 'quota'::regnamespace and c.relkind = 'r'
             group by coalesce(p.relname, c.relname)""";

    /** Of one table. */
    private record Bytes(long table, long indexes) {}

    @Test
    void ofACall() {
        try (TestDatabase database = TestDatabase.create()) {
            RunningService service = RunningService.pricedOn(database);
            SpendBench bench = new SpendBench(service);
            Postgres postgres = new Postgres(service);
            List<SpendBench.Tenant> tenants = IntStream.range(0, TENANTS).mapToObj(number -> bench.tenant()).toList();
            List<TakenCalls> calls = tenants.stream().map(tenant -> limited(bench, tenant)).toList();
            boolean warm = false;
            for (Size size : SIZES) {
                List<List<Ended>> batches = batches(tenants, calls, size);
                service.execute("checkpoint");
                Map<String, Bytes> before = bytes(service);
                Map<String, Long> rows = rows(service);
                long images = images(service);
                Cost cost = Cost.of(postgres, () -> batches.forEach(batch -> bench.settling.apply(batch.getFirst().attempt().tenant(), batch)));
                if (warm) {
                    tell(service, size, cost, before, rows, images(service) - images);
                }
                warm = true;
            }
            tellRewritten(service);
            tenants.forEach(bench::isSound);
            service.stop();
        }
    }

    private static TakenCalls limited(SpendBench bench, SpendBench.Tenant tenant) {
        TakenCalls calls = new TakenCalls(bench, tenant);
        calls.limit(Level.TENANT, Meter.TOKENS, Window.MONTH);
        calls.limit(Level.TENANT, Meter.MONEY, Window.MONTH);
        calls.limit(Level.PROJECT, Meter.TOKENS, Window.MONTH);
        calls.limit(Level.KEY, Meter.TOKENS, Window.DAY);
        return calls;
    }

    /** Of the tenants by turns, each call of the next caller. */
    private static List<List<Ended>> batches(List<SpendBench.Tenant> tenants, List<TakenCalls> calls, Size size) {
        List<List<Ended>> batches = new ArrayList<>();
        List<List<Ended>> ofTenants = calls.stream().map(each -> each.ended(size.calls() / TENANTS, CALLERS)).toList();
        for (int from = 0; from < size.calls() / TENANTS; from += size.batch()) {
            for (List<Ended> ends : ofTenants) {
                batches.add(ends.subList(from, Math.min(from + size.batch(), ends.size())));
            }
        }
        return batches;
    }

    private static void tell(RunningService service, Size size, Cost cost, Map<String, Bytes> before, Map<String, Long> rows, long images) {
        double calls = size.calls();
        said("batches of %,d: a call takes %.2f ms; on processors quota-service %.2f ms, PostgreSQL %.2f ms; %,.0f bytes of WAL, %.2f whole pages among them", size.batch(),
                cost.took().toNanos() / 1e6 / calls, cost.service().toNanos() / 1e6 / calls, cost.postgres().toNanos() / 1e6 / calls, cost.written() / calls, images / calls);
        Map<String, Long> now = rows(service);
        COUNTED.forEach(table -> said("  %s: %.3f rows a call", table, (now.get(table) - rows.get(table)) / calls));
        bytes(service).forEach((table, bytes) -> {
            Bytes was = before.get(table);
            if (bytes.table() + bytes.indexes() > was.table() + was.indexes()) {
                said("  %s: %,.0f bytes a call, %,.0f with indexes", table, (bytes.table() - was.table()) / calls, (bytes.table() - was.table() + bytes.indexes() - was.indexes()) / calls);
            }
        });
    }

    /** Rows that are updated again and again: how many updates stayed within their page, and what of former versions is left. */
    private static void tellRewritten(RunningService service) {
        service.column("select pg_stat_force_next_flush()::text");
        service.column("""
                select relname || ': ' || n_live_tup || ' rows, updated ' || n_tup_upd || ' times, in their page ' || n_tup_hot_upd || ', former versions left '
                       || n_dead_tup || ', ' || pg_table_size(relid) / 1024 || ' KB, with indexes ' || pg_total_relation_size(relid) / 1024 || ' KB, vacuumed ' || autovacuum_count || ' times'
                  from pg_stat_user_tables where schemaname = 'quota' and n_tup_upd > 0 order by n_tup_upd desc""").forEach(line -> said("%s", line));
    }

    private static Map<String, Bytes> bytes(RunningService service) {
        Map<String, Bytes> bytes = new TreeMap<>();
        service.column(BYTES).forEach(line -> {
            String[] words = line.split(" ");
            bytes.put(words[0], new Bytes(Long.parseLong(words[1]), Long.parseLong(words[2])));
        });
        return bytes;
    }

    private static Map<String, Long> rows(RunningService service) {
        Map<String, Long> rows = new TreeMap<>();
        COUNTED.forEach(table -> rows.put(table, Long.parseLong(service.column("select count(*) from quota." + table).getFirst())));
        return rows;
    }

    private static long images(RunningService service) {
        service.column("select pg_stat_force_next_flush()::text");
        return Long.parseLong(service.column("select wal_fpi from pg_stat_wal").getFirst());
    }

    private static void said(String format, Object... arguments) {
        System.out.println("bytes: " + String.format(Locale.ROOT, format, arguments));
    }
}
