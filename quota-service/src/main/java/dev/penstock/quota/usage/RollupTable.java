package dev.penstock.quota.usage;

import static dev.penstock.frame.jobs.Required.text;

import dev.penstock.contract.Money;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.UsagePoint;
import dev.penstock.contract.quota.UsageSeries;
import dev.penstock.contract.quota.UsageSpeed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Sums of roll-ups for readers. In the running transaction. */
@Component
class RollupTable {

    private static final String SUMS = """
            select width_bucket(u.bucket, :starts::text[]::timestamptz[]) as number, %1$s as grouped, %2$s as group_name,
                   sum(u.calls) as calls, sum(u.failed) as failed, sum(u.estimated) as estimated,
                   sum(u.input) as input, sum(u.cache_read) as cache_read, sum(u.cache_write) as cache_write, sum(u.output) as output, sum(u.reasoning) as reasoning,
                   sum(u.cost) as cost, sum(u.streamed) as streamed, sum(u.first_token_ms) as first_token_ms,
                   sum(u.written) as written, sum(u.writing_ms) as writing_ms, max(coalesce(b.currency, t.currency)) as currency
              from quota.usage_rollup u
              join quota.tenant t on t.tenant_id = u.tenant_id
              join quota.usage_model m on m.tenant_id = u.tenant_id and m.id = u.model
              left join quota.usage_person w on w.tenant_id = u.tenant_id and w.id = u.person
              left join quota.project p on p.tenant_id = u.tenant_id and p.id = u.project_id
              left join quota.node n on n.tenant_id = u.tenant_id and n.id = u.key_id
              left join quota.price_book b on b.version = 1
             %3$s
             group by 1, 2
             order by 1, 2
             limit :limit""";

    private final JdbcClient jdbc;

    RollupTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Points by time, then group; {@code limit} at most. */
    List<UsagePoint> points(CallFilter filter, Buckets buckets, UsageSeries.By by, int limit) {
        CallWhere where = new CallWhere(filter, "u.bucket");
        return where.apply(jdbc.sql(SUMS.formatted(group(by), name(by), where.text())))
                .param("starts", buckets.starts().stream().map(Instant::toString).toArray(String[]::new))
                .param("limit", limit)
                .query((row, number) -> point(row, buckets.starts()))
                .list();
    }

    /** The time zone of a tenant that is seen here. */
    ZoneId zone(TenantId tenant) {
        return jdbc.sql("select time_zone from quota.tenant where tenant_id = :tenant")
                .param("tenant", tenant.value())
                .query((row, number) -> ZoneId.of(Objects.requireNonNull(row.getString(1))))
                .single();
    }

    private static String group(UsageSeries.By by) {
        return switch (by) {
            case MODEL -> "m.model";
            case KEY -> "u.key_id::text";
            case PROJECT -> "u.project_id::text";
            case TENANT -> "u.tenant_id::text";
            case PERSON -> "w.person";
        };
    }

    /** The name that goes with the group: one and the same in all its rows. */
    private static String name(UsageSeries.By by) {
        return switch (by) {
            case MODEL -> "max(m.model)";
            case KEY -> "max(n.name)";
            case PROJECT -> "max(p.name)";
            case TENANT -> "max(t.name)";
            case PERSON -> "max(w.person)";
        };
    }

    private static UsagePoint point(ResultSet row, List<Instant> starts) throws SQLException {
        return new UsagePoint(
                starts.get(row.getInt("number") - 1),
                row.getString("grouped"),
                row.getString("group_name"),
                row.getLong("calls"),
                row.getLong("failed"),
                row.getLong("estimated"),
                row.getLong("input"),
                row.getLong("cache_read"),
                row.getLong("cache_write"),
                row.getLong("output"),
                row.getLong("reasoning"),
                new Money(row.getBigDecimal("cost").toBigIntegerExact(), text(row, "currency")),
                new UsageSpeed(row.getLong("streamed"), row.getLong("first_token_ms"), row.getLong("written"), row.getLong("writing_ms")));
    }
}
