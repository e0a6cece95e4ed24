package dev.penstock.quota.settlement;

import static dev.penstock.frame.jobs.Required.text;
import static dev.penstock.frame.jobs.Required.uuid;

import dev.penstock.contract.CallId;
import dev.penstock.contract.EndpointId;
import dev.penstock.contract.KeyId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.jobs.Timestamps;
import dev.penstock.quota.journal.Attempt;
import dev.penstock.quota.rating.Tokens;
import dev.penstock.quota.usage.UsageRow;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Ends that were told when the day of their attempt was archived. In the running transaction. */
@Component
class LateTable {

    private static final Logger log = LoggerFactory.getLogger(LateTable.class);
    private static final JsonMapper JSON = JsonMapper.shared();

    /**
     * One that waits.
     *
     * @param row as its day's usage would hold it
     * @param lost used, and paid by nobody
     */
    record Late(Attempt attempt, UsageRow row, String sku, Tokens lost, BigInteger lostCost, String lostCause) {}

    /** A column each. */
    private record Columns(
            UUID call_id, int attempt, String ts, UUID project_id, @Nullable UUID key_id, @Nullable Integer person, UUID endpoint_id, int upstream,
            int model, int path, int price_version, int status, boolean estimated, long input, long cache_read, long cache_write, long output,
            long reasoning, BigInteger cost, int duration_ms, @Nullable Integer first_token_ms, long lost_input, long lost_cache_read, long lost_cache_write,
            long lost_output, BigInteger lost_cost, String lost_cause) {

        static Columns of(Settled settled) {
            UsageRow row = settled.row();
            Tokens lost = settled.charge().lost();
            return new Columns(
                    row.call().value(), row.attempt(), row.ts().toString(), row.project().value(), row.key() == null ? null : row.key().value(), row.person(),
                    row.endpoint().value(), row.upstream(), row.model(), row.path(), row.priceVersion(), row.status(), row.estimated(), row.tokens().input(),
                    row.tokens().cacheRead(), row.tokens().cacheWrite(), row.tokens().output(), row.reasoning(), row.cost(), row.durationMs(), row.firstTokenMs(),
                    lost.input(), lost.cacheRead(), lost.cacheWrite(), lost.output(), settled.charge().worth(), settled.lossCause());
        }
    }

    private static final String NAMES = """
            call_id, attempt, ts, project_id, key_id, person, endpoint_id, upstream, model, path, price_version, status, estimated, input, cache_read,
            cache_write, output, reasoning, cost, duration_ms, first_token_ms, lost_input, lost_cache_read, lost_cache_write, lost_output, lost_cost, lost_cause""";

    private final JdbcClient jdbc;

    LateTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those that were not told before. */
    void write(TenantId tenant, List<Settled> late) {
        if (!late.isEmpty()) {
            log.warn("{} ends of attempts of tenant {} were told after their days were archived; the archives decide whether they are booked", late.size(), tenant);
            jdbc.sql("""
                            insert into quota.usage_late (tenant_id, %1$s)
                            select :tenant, %1$s from jsonb_populate_recordset(null::quota.usage_late, :rows::jsonb)
                             order by call_id, attempt
                                on conflict do nothing""".formatted(NAMES))
                    .param("tenant", tenant.value())
                    .param("rows", JSON.writeValueAsString(late.stream().map(Columns::of).toList()))
                    .update();
        }
    }

    /** Of all tenants, the oldest first. */
    List<Attempt> waiting(int most) {
        return jdbc.sql("select tenant_id, call_id, attempt from quota.usage_late where state = 'waiting' order by ts, call_id, attempt limit :most")
                .param("most", most)
                .query((row, number) -> attempt(new TenantId(uuid(row, "tenant_id")), row))
                .list();
    }

    /** Those of them that still wait, locked. */
    List<Late> lock(TenantId tenant, Collection<Attempt> attempts) {
        return jdbc.sql("""
                        select l.*, m.sku from quota.usage_late l
                          join quota.usage_model m on m.tenant_id = l.tenant_id and m.id = l.model
                         where l.tenant_id = :tenant and l.state = 'waiting'
                           and (l.call_id, l.attempt) in (select * from unnest(:calls::uuid[], :attempts::int[]))
                         order by l.call_id, l.attempt for update of l""")
                .param("tenant", tenant.value())
                .param("calls", attempts.stream().map(attempt -> attempt.call().toString()).toArray(String[]::new))
                .param("attempts", attempts.stream().map(attempt -> Integer.toString(attempt.number())).toArray(String[]::new))
                .query((row, number) -> late(tenant, row))
                .list();
    }

    /** @param bookedAs null: it stands in the archive */
    void decide(Attempt attempt, @Nullable CallId bookedAs, Instant at) {
        jdbc.sql("""
                        update quota.usage_late set state = :state, booked_as = :bookedAs::uuid, decided_at = :at
                         where tenant_id = :tenant and call_id = :call and attempt = :attempt and state = 'waiting'""")
                .param("state", bookedAs == null ? "archived" : "booked")
                .param("bookedAs", bookedAs == null ? null : bookedAs.toString())
                .param("at", Timestamps.column(at))
                .param("tenant", attempt.tenant().value())
                .param("call", attempt.call().value())
                .param("attempt", attempt.number())
                .update();
    }

    /** A call's id of this moment, by the database's clock. */
    CallId newCall() {
        return jdbc.sql("select uuidv7() as id").query((row, number) -> new CallId(uuid(row, "id"))).single();
    }

    private static Late late(TenantId tenant, ResultSet row) throws SQLException {
        Attempt attempt = attempt(tenant, row);
        UUID key = row.getObject("key_id", UUID.class);
        UsageRow usage = new UsageRow(
                attempt.call(), attempt.number(), Timestamps.read(row, "ts"), new ProjectId(uuid(row, "project_id")), key == null ? null : new KeyId(key),
                row.getObject("person", Integer.class), new EndpointId(uuid(row, "endpoint_id")), row.getInt("upstream"), row.getInt("model"),
                row.getInt("path"), row.getInt("price_version"), row.getInt("status"), row.getBoolean("estimated"), tokens(row, ""), row.getLong("reasoning"), money(row, "cost"),
                row.getInt("duration_ms"), row.getObject("first_token_ms", Integer.class));
        return new Late(attempt, usage, text(row, "sku"), tokens(row, "lost_"), money(row, "lost_cost"), text(row, "lost_cause"));
    }

    private static Attempt attempt(TenantId tenant, ResultSet row) throws SQLException {
        return new Attempt(tenant, new CallId(uuid(row, "call_id")), row.getInt("attempt"));
    }

    private static Tokens tokens(ResultSet row, String kind) throws SQLException {
        return new Tokens(row.getLong(kind + "input"), row.getLong(kind + "cache_read"), row.getLong(kind + "cache_write"), row.getLong(kind + "output"));
    }

    private static BigInteger money(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getBigDecimal(column), column).toBigIntegerExact();
    }
}
