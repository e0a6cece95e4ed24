package dev.penstock.quota.reconciliation;

import dev.penstock.frame.jobs.Timestamps;
import dev.penstock.quota.route.Route;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How far each engine is compared. Every change names the version it follows, so that of two replicas that look at the same time one writes. */
@Component
class EngineTable {

    private final JdbcClient jdbc;

    EngineTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Known> find(Route route) {
        return jdbc.sql("select * from quota.engine_count where tenant_id = :tenant and endpoint_id = :endpoint")
                .param("tenant", route.holder().value())
                .param("endpoint", route.endpoint().value())
                .query(EngineTable::known)
                .optional();
    }

    /** Of a process that was not read before. */
    boolean begin(Route route, @Nullable Known before, EngineCounters now, Instant at) {
        return jdbc.sql("""
                        insert into quota.engine_count as c (tenant_id, endpoint_id, model, version, begun_at, read_at, started_at, read_input, read_output, idle, quiet_turns, mark)
                        values (:tenant, :endpoint, :model, 1, :at, :at, :started, :input, :output, :idle, 0, :at)
                        on conflict (tenant_id, endpoint_id) do update
                        set model = :model, version = c.version + 1, begun_at = :at, read_at = :at, started_at = :started, read_input = :input, read_output = :output,
                            idle = :idle, quiet_turns = 0, counted_input = null, counted_output = null, booked_input = null, booked_output = null,
                            at_least_input = 0, at_least_output = 0, failing_since = null, failure = null
                        where c.version = :version""")
                .params(common(route, now, at, before == null ? 0 : before.version()))
                .update() == 1;
    }

    boolean waits(Route route, Known known, EngineCounters now, Instant at, Course.Wait course) {
        return jdbc.sql("""
                        update quota.engine_count
                           set model = :model, version = version + 1, read_at = :at, started_at = :started, read_input = :input, read_output = :output, idle = :idle,
                               quiet_turns = :quiet, failing_since = null, failure = null,
                               at_least_input = greatest(at_least_input, :atLeastInput), at_least_output = greatest(at_least_output, :atLeastOutput)
                         where tenant_id = :tenant and endpoint_id = :endpoint and version = :version""")
                .params(common(route, now, at, known.version()))
                .param("quiet", course.quietTurns())
                .param("atLeastInput", course.atLeast().input())
                .param("atLeastOutput", course.atLeast().output())
                .update() == 1;
    }

    /** A quiet moment, up to which everything is in {@code balance}. */
    boolean settles(Route route, Known known, EngineCounters now, Instant at, int quietTurns, Known.Balance balance) {
        return jdbc.sql("""
                        update quota.engine_count
                           set model = :model, version = version + 1, read_at = :at, started_at = :started, read_input = :input, read_output = :output, idle = :idle,
                               quiet_turns = :quiet, failing_since = null, failure = null, at_least_input = 0, at_least_output = 0, mark = :at, compared_at = :at,
                               counted_input = :input, counted_output = :output, booked_input = :bookedInput, booked_output = :bookedOutput
                         where tenant_id = :tenant and endpoint_id = :endpoint and version = :version""")
                .params(common(route, now, at, known.version()))
                .param("quiet", quietTurns)
                .param("bookedInput", balance.booked().input())
                .param("bookedOutput", balance.booked().output())
                .update() == 1;
    }

    /** It is not known what it counted; what is known stays. */
    void failed(Route route, String why) {
        jdbc.sql("""
                        update quota.engine_count
                           set version = version + 1, quiet_turns = 0, failing_since = coalesce(failing_since, clock_timestamp()), failure = :why
                         where tenant_id = :tenant and endpoint_id = :endpoint""")
                .param("tenant", route.holder().value())
                .param("endpoint", route.endpoint().value())
                .param("why", why)
                .update();
    }

    /** Those that nobody has read for so long: their endpoints are gone. */
    int forgetUnread(Duration age) {
        return jdbc.sql("delete from quota.engine_count where read_at < clock_timestamp() - make_interval(secs => :seconds)")
                .param("seconds", age.toSeconds())
                .update();
    }

    private static Map<String, @Nullable Object> common(Route route, EngineCounters now, Instant at, long version) {
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("tenant", route.holder().value());
        values.put("endpoint", route.endpoint().value());
        values.put("model", route.model());
        values.put("version", version);
        values.put("at", Timestamps.column(at));
        values.put("started", now.startedAt() == null ? null : Timestamps.column(now.startedAt()));
        values.put("input", now.counted().input());
        values.put("output", now.counted().output());
        values.put("idle", now.idle());
        return values;
    }

    private static Known known(ResultSet row, int number) throws SQLException {
        Long counted = row.getObject("counted_input", Long.class);
        Known.Balance balance = counted == null ? null : new Known.Balance(
                new Amount(counted, row.getLong("counted_output")), new Amount(row.getLong("booked_input"), row.getLong("booked_output")));
        return new Known(
                row.getLong("version"), Timestamps.read(row, "begun_at"), Timestamps.read(row, "read_at"), Timestamps.find(row, "started_at"),
                new Amount(row.getLong("read_input"), row.getLong("read_output")), row.getBoolean("idle"), row.getInt("quiet_turns"),
                Timestamps.read(row, "mark"), Timestamps.find(row, "compared_at") != null, balance);
    }
}
