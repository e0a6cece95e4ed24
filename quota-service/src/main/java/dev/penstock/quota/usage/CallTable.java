package dev.penstock.quota.usage;

import static dev.penstock.frame.jobs.Required.text;
import static dev.penstock.frame.jobs.Required.uuid;

import dev.penstock.contract.CallId;
import dev.penstock.contract.EndpointId;
import dev.penstock.contract.KeyId;
import dev.penstock.contract.Money;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.CallRow;
import dev.penstock.contract.quota.DataClass;
import dev.penstock.contract.quota.Egress;
import dev.penstock.contract.quota.Steered;
import dev.penstock.frame.jobs.Timestamps;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Usage rows for readers, with the names of what they tell of. In the running transaction. */
@Component
public class CallTable {

    /** Rows in memory at once while all are read. */
    private static final int FETCH = 500;

    /**
     * In the order of the calls' ids, which is that of time: the primary key gives a tenant's first rows without sorting the others. Names are
     * looked up for these alone.
     */
    private static final String ROWS = """
            select u.*, p.name as project_name, n.name as key_name, w.person as person_name, m.model as model_name, m.asked, m.why,
                   e.upstream as egress_upstream, e.version as egress_version, e.data_class, e.asked_as,
                   coalesce(b.currency, t.currency) as currency
              from (select * from quota.usage u %1$s order by u.call_id %2$s, u.attempt %2$s limit %3$s) u
              join quota.tenant t on t.tenant_id = u.tenant_id
              join quota.usage_model m on m.tenant_id = u.tenant_id and m.id = u.model
              left join quota.usage_person w on w.tenant_id = u.tenant_id and w.id = u.person
              left join quota.usage_egress e on e.tenant_id = u.tenant_id and e.id = u.upstream
              left join quota.project p on p.tenant_id = u.tenant_id and p.id = u.project_id
              left join quota.node n on n.tenant_id = u.tenant_id and n.id = u.key_id
              left join quota.price_book b on b.version = 1
             order by u.call_id %2$s, u.attempt %2$s""";

    private final JdbcClient jdbc;

    CallTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Newest first, from the cursor on; {@code limit} at most. */
    List<CallRow> newest(CallFilter filter, @Nullable CallCursor after, int limit) {
        return page(filter, after, false, limit);
    }

    /** Oldest first, from the cursor on; {@code limit} at most. */
    public List<CallRow> oldest(CallFilter filter, @Nullable CallCursor after, int limit) {
        return page(filter, after, true, limit);
    }

    /** All of them, newest first. Close what you get. */
    Stream<CallRow> all(CallFilter filter) {
        CallWhere where = new CallWhere(filter, "u.ts");
        return where.apply(jdbc.sql(ROWS.formatted(where.text(), "desc", "all"))).withFetchSize(FETCH).query(CallTable::row).stream();
    }

    public static CallCursor place(CallRow row) {
        return new CallCursor(row.at(), row.call(), row.attempt());
    }

    private List<CallRow> page(CallFilter filter, @Nullable CallCursor after, boolean oldestFirst, int limit) {
        CallWhere where = new CallWhere(filter, "u.ts").after(after, oldestFirst);
        return where.apply(jdbc.sql(ROWS.formatted(where.text(), oldestFirst ? "asc" : "desc", ":limit")))
                .param("limit", limit)
                .query(CallTable::row)
                .list();
    }

    private static CallRow row(ResultSet row, int number) throws SQLException {
        return new CallRow(
                new CallId(uuid(row, "call_id")),
                row.getInt("attempt"),
                Timestamps.read(row, "ts"),
                new TenantId(uuid(row, "tenant_id")),
                new ProjectId(uuid(row, "project_id")),
                Objects.requireNonNullElse(row.getString("project_name"), ""),
                id(row, "key_id", KeyId::new),
                row.getString("key_name"),
                row.getString("person_name"),
                id(row, "endpoint_id", EndpointId::new),
                text(row, "model_name"),
                row.getInt("status"),
                row.getBoolean("estimated"),
                row.getLong("input"),
                row.getLong("cache_read"),
                row.getLong("cache_write"),
                row.getLong("output"),
                row.getLong("reasoning"),
                row.getInt("price_version"),
                new Money(row.getBigDecimal("cost").toBigIntegerExact(), text(row, "currency")),
                row.getInt("duration_ms"),
                row.getObject("first_token_ms", Integer.class),
                egress(row),
                steered(row));
    }

    /** From {@code asked} and {@code why}. */
    public static @Nullable Steered steered(ResultSet row) throws SQLException {
        return row.getString("asked") == null ? null : new Steered(text(row, "asked"), text(row, "why"));
    }

    /** From {@code egress_upstream}, {@code egress_version}, {@code data_class} and {@code asked_as}. */
    public static @Nullable Egress egress(ResultSet row) throws SQLException {
        String upstream = row.getString("egress_upstream");
        return upstream == null ? null : new Egress(upstream, row.getInt("egress_version"), DataClass.valueOf(text(row, "data_class")), text(row, "asked_as"));
    }

    private static <T> @Nullable T id(ResultSet row, String column, Function<UUID, T> type) throws SQLException {
        UUID value = row.getObject(column, UUID.class);
        return value == null ? null : type.apply(value);
    }
}
