package dev.penstock.quota.usage;

import static dev.penstock.frame.jobs.Required.uuid;

import dev.penstock.contract.TenantId;
import java.math.BigInteger;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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
     * Writes those that are not there yet.
     *
     * @return the ones that were written; only they may move anything else
     */
    public List<UsageRow> add(TenantId tenant, Collection<UsageRow> rows) {
        record Key(UUID call, int attempt) {}
        Set<Key> written = new HashSet<>(jdbc.sql("""
                        insert into quota.usage (
                               tenant_id, ts, call_id, attempt, project_id, key_id, person, endpoint_id, upstream, model, path, price_version, status,
                               estimated, input, cache_read, cache_write, output, cost, duration_ms, first_token_ms)
                        select :tenant, ts, "call", attempt, project, "key", person, endpoint, upstream, model, path, "priceVersion", status,
                               estimated, input, "cacheRead", "cacheWrite", output, cost, "durationMs", "firstTokenMs"
                          from jsonb_to_recordset(:rows::jsonb) as r(
                               ts timestamptz, "call" uuid, attempt smallint, project uuid, "key" uuid, person int, endpoint uuid, upstream smallint,
                               model int, path smallint, "priceVersion" int, status smallint, estimated boolean, input bigint, "cacheRead" bigint,
                               "cacheWrite" bigint, output bigint, cost numeric, "durationMs" int, "firstTokenMs" int)
                         order by "call", attempt
                            on conflict do nothing
                        returning call_id, attempt""")
                .param("tenant", tenant.value())
                .param("rows", JSON.writeValueAsString(rows.stream().map(Columns::of).toList()))
                .query((row, number) -> new Key(uuid(row, "call_id"), row.getInt("attempt")))
                .list());
        List<UsageRow> added = rows.stream().filter(row -> written.contains(new Key(row.call().value(), row.attempt()))).toList();
        addUp(tenant, added);
        return added;
    }

    /** Into their buckets, in the order of the buckets' key, so that nobody waits in a circle. */
    private void addUp(TenantId tenant, List<UsageRow> rows) {
        if (rows.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        insert into quota.usage_rollup as r (
                               tenant_id, bucket, project_id, key_id, person, endpoint_id, model, price_version,
                               calls, attempts, failed, estimated, input, cache_read, cache_write, output, cost)
                        select :tenant, date_bin('15 minutes', ts, '2000-01-01 00:00+00') as bucket, project, "key", person, endpoint, model, "priceVersion",
                               count(*) filter (where attempt = 0), count(*), count(*) filter (where failed), count(*) filter (where estimated),
                               sum(input), sum("cacheRead"), sum("cacheWrite"), sum(output), sum(cost)
                          from jsonb_to_recordset(:rows::jsonb) as n(
                               ts timestamptz, attempt smallint, project uuid, "key" uuid, person int, endpoint uuid, model int, "priceVersion" int,
                               failed boolean, estimated boolean, input bigint, "cacheRead" bigint, "cacheWrite" bigint, output bigint, cost numeric)
                         group by 2, 3, 4, 5, 6, 7, 8
                         order by 2, 3, 4, 5, 6, 7, 8
                            on conflict (tenant_id, bucket, project_id, key_id, person, endpoint_id, model, price_version) do update set
                               calls = r.calls + excluded.calls, attempts = r.attempts + excluded.attempts, failed = r.failed + excluded.failed,
                               estimated = r.estimated + excluded.estimated, input = r.input + excluded.input,
                               cache_read = r.cache_read + excluded.cache_read, cache_write = r.cache_write + excluded.cache_write,
                               output = r.output + excluded.output, cost = r.cost + excluded.cost""")
                .param("tenant", tenant.value())
                .param("rows", JSON.writeValueAsString(rows.stream().map(Columns::of).toList()))
                .update();
    }

    /** A row as the statements read it. */
    private record Columns(
            String ts, UUID call, int attempt, UUID project, @Nullable UUID key, @Nullable Integer person, UUID endpoint, int upstream, int model,
            int path, int priceVersion, int status, boolean failed, boolean estimated, long input, long cacheRead, long cacheWrite, long output,
            BigInteger cost, int durationMs, @Nullable Integer firstTokenMs) {

        static Columns of(UsageRow row) {
            return new Columns(
                    row.ts().toString(), row.call().value(), row.attempt(), row.project().value(), row.key() == null ? null : row.key().value(),
                    row.person(), row.endpoint().value(), row.upstream(), row.model(), row.path(), row.priceVersion(), row.status(), row.failed(),
                    row.estimated(), row.tokens().input(), row.tokens().cacheRead(), row.tokens().cacheWrite(), row.tokens().output(), row.cost(),
                    row.durationMs(), row.firstTokenMs());
        }
    }
}
