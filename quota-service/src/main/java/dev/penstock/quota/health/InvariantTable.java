package dev.penstock.quota.health;

import static dev.penstock.frame.jobs.Required.text;

import dev.penstock.contract.quota.HealthView;
import dev.penstock.contract.quota.HealthView.Outcome;
import dev.penstock.frame.jobs.Timestamps;
import dev.penstock.quota.settlement.Invariant;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The last answer to each invariant. */
@Component
class InvariantTable {

    private record Key(String invariant, String reach) {}

    private final JdbcClient jdbc;

    InvariantTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void put(Invariant invariant, Reach reach, Instant at, Duration took, Outcome outcome, List<String> breaks) {
        jdbc.sql("""
                        insert into quota.invariant_check as c (invariant, reach, checked_at, took_ms, outcome, breaks, held_at)
                        values (:invariant, :reach, :at, :took, :outcome, :breaks, case when :outcome = 'holds' then :at end)
                        on conflict (invariant, reach) do update
                        set checked_at = excluded.checked_at, took_ms = excluded.took_ms, outcome = excluded.outcome, breaks = excluded.breaks,
                            held_at = coalesce(excluded.held_at, c.held_at)
                        where c.checked_at <= excluded.checked_at""")
                .param("invariant", invariant.name())
                .param("reach", reach.word())
                .param("at", Timestamps.column(at))
                .param("took", took.toMillis())
                .param("outcome", outcome.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .param("breaks", breaks.toArray(String[]::new))
                .update();
    }

    /** In the order of the invariants. */
    List<HealthView.InvariantState> all() {
        Map<Key, HealthView.Sample> samples = new HashMap<>();
        jdbc.sql("select * from quota.invariant_check")
                .query((row, number) -> samples.put(new Key(text(row, "invariant"), text(row, "reach")), sample(row)))
                .list();
        return Arrays.stream(Invariant.values())
                .map(invariant -> new HealthView.InvariantState(
                        invariant.name(), InvariantWords.of(invariant), samples.get(new Key(invariant.name(), Reach.RECENT.word())),
                        samples.get(new Key(invariant.name(), Reach.ALL.word()))))
                .toList();
    }

    private static HealthView.Sample sample(ResultSet row) throws SQLException {
        return new HealthView.Sample(
                Timestamps.read(row, "checked_at"), Outcome.valueOf(text(row, "outcome").toUpperCase(Locale.ROOT).replace('-', '_')), row.getLong("took_ms"),
                List.of((String[]) row.getArray("breaks").getArray()), Timestamps.find(row, "held_at"));
    }
}
