package dev.penstock.quota.usage;

import static dev.penstock.frame.jobs.Required.uuid;

import dev.penstock.contract.TenantId;
import dev.penstock.frame.jobs.Timestamps;
import java.math.BigInteger;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes rows and adds them to their sums, in the running transaction, for the tenant that it works for. */
@Component
public class UsageRows {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient jdbc;

    UsageRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Writes them all, and has PostgreSQL answer with nothing: the ordinary case, for which {@link #add} would be told each row again.
     *
     * @return the rows
     * @throws DuplicateKeyException if one of them is there already; the transaction can only be rolled back then
     */
    public List<UsageRow> addNew(TenantId tenant, Collection<UsageRow> rows) {
        List<UsageRow> all = List.copyOf(rows);
        insert(tenant, all, "").update();
        addUp(tenant, all);
        return all;
    }

    /**
     * Writes those that are not there yet.
     *
     * @return the ones that were written; only they may move anything else
     */
    public List<UsageRow> add(TenantId tenant, Collection<UsageRow> rows) {
        record Key(UUID call, int attempt) {}
        List<UsageRow> all = List.copyOf(rows);
        Set<Key> written = new HashSet<>(insert(tenant, all, "on conflict do nothing returning call_id, attempt")
                .query((row, number) -> new Key(uuid(row, "call_id"), row.getInt("attempt")))
                .list());
        List<UsageRow> added = all.stream().filter(row -> written.contains(new Key(row.call().value(), row.attempt()))).toList();
        addUp(tenant, added);
        return added;
    }

    private JdbcClient.StatementSpec insert(TenantId tenant, List<UsageRow> rows, String otherwise) {
        return jdbc.sql("""
                        insert into quota.usage (
                               tenant_id, ts, call_id, attempt, project_id, key_id, person, endpoint_id, upstream, model, path, price_version, status,
                               estimated, input, cache_read, cache_write, output, reasoning, cost, duration_ms, first_token_ms)
                        select :tenant, r.*
                          from unnest(:ts::timestamptz[], :calls::uuid[], :attempts::smallint[], :projects::uuid[], :keys::uuid[], :people::int[],
                                      :endpoints::uuid[], :upstreams::smallint[], :models::int[], :paths::smallint[], :versions::int[], :statuses::smallint[],
                                      :estimated::boolean[], :input::bigint[], :cacheRead::bigint[], :cacheWrite::bigint[], :output::bigint[],
                                      :reasoning::bigint[], :cost::numeric[], :durations::int[], :firstTokens::int[]) as r(ts, "call", attempt)
                         order by r."call", r.attempt
                        """ + otherwise)
                .param("tenant", tenant.value())
                .param("ts", words(rows, row -> Timestamps.text(row.ts())))
                .param("calls", words(rows, UsageRow::call))
                .param("attempts", integers(rows, UsageRow::attempt))
                .param("projects", words(rows, UsageRow::project))
                .param("keys", words(rows, UsageRow::key))
                .param("people", integers(rows, UsageRow::person))
                .param("endpoints", words(rows, UsageRow::endpoint))
                .param("upstreams", integers(rows, UsageRow::upstream))
                .param("models", integers(rows, UsageRow::model))
                .param("paths", integers(rows, UsageRow::path))
                .param("versions", integers(rows, UsageRow::priceVersion))
                .param("statuses", integers(rows, UsageRow::status))
                .param("estimated", array(rows, UsageRow::estimated, Boolean[]::new))
                .param("input", longs(rows, row -> row.tokens().input()))
                .param("cacheRead", longs(rows, row -> row.tokens().cacheRead()))
                .param("cacheWrite", longs(rows, row -> row.tokens().cacheWrite()))
                .param("output", longs(rows, row -> row.tokens().output()))
                .param("reasoning", longs(rows, UsageRow::reasoning))
                .param("cost", words(rows, UsageRow::cost))
                .param("durations", integers(rows, UsageRow::durationMs))
                .param("firstTokens", integers(rows, UsageRow::firstTokenMs));
    }

    /** Into their buckets, in the order of the buckets' key, so that nobody waits in a circle. Added up here first: they are few. */
    private void addUp(TenantId tenant, List<UsageRow> rows) {
        if (rows.isEmpty()) {
            return;
        }
        Map<RollUp.Key, RollUp> sums = new LinkedHashMap<>();
        rows.forEach(row -> sums.merge(RollUp.Key.of(row), RollUp.of(row), RollUp::plus));
        jdbc.sql("""
                        insert into quota.usage_rollup as r (
                               tenant_id, bucket, project_id, key_id, person, endpoint_id, model, price_version,
                               calls, attempts, failed, estimated, input, cache_read, cache_write, output, reasoning, cost,
                               streamed, first_token_ms, written, writing_ms)
                        select :tenant, bucket, project, "key", person, endpoint, model, "priceVersion",
                               calls, attempts, failed, estimated, input, "cacheRead", "cacheWrite", output, reasoning, cost,
                               streamed, "firstTokenMs", written, "writingMs"
                          from jsonb_to_recordset(:sums::jsonb) as n(
                               bucket timestamptz, project uuid, "key" uuid, person int, endpoint uuid, model int, "priceVersion" int,
                               calls bigint, attempts bigint, failed bigint, estimated bigint, input bigint, "cacheRead" bigint, "cacheWrite" bigint,
                               output bigint, reasoning bigint, cost numeric, streamed bigint, "firstTokenMs" bigint, written bigint, "writingMs" bigint)
                         order by 2, 3, 4, 5, 6, 7, 8
                            on conflict (tenant_id, bucket, project_id, key_id, person, endpoint_id, model, price_version) do update set
                               calls = r.calls + excluded.calls, attempts = r.attempts + excluded.attempts, failed = r.failed + excluded.failed,
                               estimated = r.estimated + excluded.estimated, input = r.input + excluded.input,
                               cache_read = r.cache_read + excluded.cache_read, cache_write = r.cache_write + excluded.cache_write,
                               output = r.output + excluded.output, reasoning = r.reasoning + excluded.reasoning, cost = r.cost + excluded.cost,
                               streamed = r.streamed + excluded.streamed, first_token_ms = r.first_token_ms + excluded.first_token_ms,
                               written = r.written + excluded.written, writing_ms = r.writing_ms + excluded.writing_ms""")
                .param("tenant", tenant.value())
                .param("sums", JSON.writeValueAsString(sums.entrySet().stream().map(sum -> Columns.of(sum.getKey(), sum.getValue())).toList()))
                .update();
    }

    private static Object words(List<UsageRow> rows, Function<UsageRow, @Nullable Object> column) {
        return array(rows, column.andThen(value -> value == null ? null : value.toString()), String[]::new);
    }

    private static Object integers(List<UsageRow> rows, Function<UsageRow, @Nullable Integer> column) {
        return array(rows, column, Integer[]::new);
    }

    private static Object longs(List<UsageRow> rows, Function<UsageRow, Long> column) {
        return array(rows, column, Long[]::new);
    }

    private static <T> Object array(List<UsageRow> rows, Function<UsageRow, ? extends @Nullable T> column, IntFunction<@Nullable T[]> kind) {
        return rows.stream().map(column).toArray(kind);
    }

    /** A sum as the statement reads it. */
    private record Columns(
            String bucket, UUID project, @Nullable UUID key, @Nullable Integer person, UUID endpoint, int model, int priceVersion,
            long calls, long attempts, long failed, long estimated, BigInteger input, BigInteger cacheRead, BigInteger cacheWrite, BigInteger output, BigInteger reasoning,
            BigInteger cost, long streamed, long firstTokenMs, long written, long writingMs) {

        static Columns of(RollUp.Key key, RollUp sum) {
            return new Columns(
                    key.bucket().toString(), key.project().value(), key.key() == null ? null : key.key().value(), key.person(), key.endpoint().value(), key.model(),
                    key.priceVersion(), sum.calls(), sum.attempts(), sum.failed(), sum.estimated(), sum.input(), sum.cacheRead(), sum.cacheWrite(), sum.output(), sum.reasoning(),
                    sum.cost(), sum.speed().streamed(), sum.speed().firstTokenMs(), sum.speed().written(), sum.speed().writingMs());
        }
    }
}
