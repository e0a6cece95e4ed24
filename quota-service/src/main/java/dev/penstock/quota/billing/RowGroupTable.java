package dev.penstock.quota.billing;

import static dev.penstock.frame.jobs.Required.text;
import static dev.penstock.frame.jobs.Required.uuid;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.BilledMeter;
import dev.penstock.contract.quota.StatementView.Kind;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What one tenant used in each of some months, added up by the database. In the running transaction. A row belongs to the month in which its call
 * began, or its stretch of slice time; no stretch crosses a month.
 */
@Component
class RowGroupTable {

    /** What is added up: the rows themselves, or their sums by quarter hours, which are the same and fewer. Of days that are archived there are only the sums. */
    enum Source {
        ROWS("""
                (select tenant_id, ts as at, project_id, model, price_version, 1::bigint as rows, estimated::int::bigint as estimated,
                        input, cache_read, cache_write, output, cost from quota.usage
                 union all
                 select tenant_id, bucket, project_id, model, price_version, attempts, estimated, input, cache_read, cache_write, output, cost
                   from quota.usage_rollup where bucket < (select retained_from from quota.usage_retention))"""),
        ROLLUPS("""
                (select tenant_id, bucket as at, project_id, model, price_version, attempts as rows, estimated,
                        input, cache_read, cache_write, output, cost from quota.usage_rollup)""");

        private final String table;

        Source(String table) {
            this.table = table;
        }
    }

    private static final String CALLS = """
            select width_bucket(u.at, :starts::text[]::timestamptz[]) as month, u.project_id, m.sku, u.price_version, sum(u.cost) as cost, sum(u.estimated) as estimated,
                   sum(u.input) as input, sum(u.rows) filter (where u.input > 0) as input_rows,
                   sum(u.cache_read) as cache_read, sum(u.rows) filter (where u.cache_read > 0) as cache_read_rows,
                   sum(u.cache_write) as cache_write, sum(u.rows) filter (where u.cache_write > 0) as cache_write_rows,
                   sum(u.output) as output, sum(u.rows) filter (where u.output > 0) as output_rows
              from %s u
              join quota.usage_model m on m.tenant_id = u.tenant_id and m.id = u.model
             where u.tenant_id = :tenant and u.at >= :from and u.at < :to
             group by 1, 2, 3, 4""";

    private static final String SLICES = """
            select width_bucket(u.starts_at, :starts::text[]::timestamptz[]) as month, u.project_id, u.profile as sku, coalesce(u.price_version, 0) as price_version,
                   coalesce(sum(u.cost), 0) as cost, 0 as estimated, sum(u.to_second - u.from_second) as slice_second, count(*) as slice_second_rows
              from quota.slice_usage u
             where u.tenant_id = :tenant and u.starts_at >= :from and u.starts_at < :to
             group by 1, 2, 3, 4""";

    private static final List<BilledMeter> TOKENS = List.of(BilledMeter.INPUT, BilledMeter.CACHE_READ, BilledMeter.CACHE_WRITE, BilledMeter.OUTPUT);

    private final JdbcClient jdbc;

    RowGroupTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param starts of the months, in order
     * @param end of the last one
     * @return groups by the start of their month; months without use are left out
     */
    Map<Instant, List<RowGroup>> months(TenantId tenant, List<Instant> starts, Instant end, Source source) {
        Map<Instant, List<RowGroup>> months = new HashMap<>();
        read(tenant, starts, end, CALLS.formatted(source.table), Kind.TOKENS, TOKENS, months);
        read(tenant, starts, end, SLICES, Kind.SLICES, List.of(BilledMeter.SLICE_SECOND), months);
        return months;
    }

    private void read(
            TenantId tenant, List<Instant> starts, Instant end, String sql, Kind kind, List<BilledMeter> meters, Map<Instant, List<RowGroup>> months) {
        jdbc.sql(sql)
                .param("starts", starts.stream().map(Instant::toString).toArray(String[]::new))
                .param("tenant", tenant.value())
                .param("from", starts.getFirst().atOffset(ZoneOffset.UTC))
                .param("to", end.atOffset(ZoneOffset.UTC))
                .query(row -> {
                    months.computeIfAbsent(starts.get(row.getInt("month") - 1), start -> new ArrayList<>()).add(group(row, kind, meters));
                });
    }

    private static RowGroup group(ResultSet row, Kind kind, List<BilledMeter> meters) throws SQLException {
        Map<BilledMeter, RowGroup.Count> counts = new EnumMap<>(BilledMeter.class);
        for (BilledMeter meter : meters) {
            String column = meter.name().toLowerCase(Locale.ROOT);
            long rows = row.getLong(column + "_rows");
            if (rows > 0) {
                counts.put(meter, new RowGroup.Count(number(row, column), rows));
            }
        }
        return new RowGroup(
                new ProjectId(uuid(row, "project_id")), kind, text(row, "sku"),
                row.getInt("price_version"), counts, number(row, "cost"), row.getLong("estimated"));
    }

    private static BigInteger number(ResultSet row, String column) throws SQLException {
        return row.getBigDecimal(column).toBigIntegerExact();
    }
}
