package dev.penstock.quota.health;

import dev.penstock.contract.quota.HealthView;
import dev.penstock.frame.jobs.Timestamps;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What replicas say of themselves. */
@Component
class ReplicaTable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MOST = 100;
    /** One that was not seen for longer is gone for good. */
    private static final Duration FORGOTTEN = Duration.ofDays(7);

    /** A life says every second that it is there. */
    private static final Duration SILENT = Duration.ofMinutes(1);

    private final JdbcClient jdbc;

    ReplicaTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param copies age in milliseconds by name */
    void put(String name, int places, int taken, int waiting, @Nullable Instant behindSince, Map<String, Long> copies) {
        jdbc.sql("""
                        update quota.replica
                           set told_at = clock_timestamp(), places = :places, places_taken = :taken, ends_waiting = :waiting, behind_since = :behind,
                               copies = :copies::jsonb
                         where name = :name""")
                .param("name", name)
                .param("places", places)
                .param("taken", taken)
                .param("waiting", waiting)
                .param("behind", behindSince == null ? null : Timestamps.column(behindSince), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("copies", JSON.writeValueAsString(copies))
                .update();
    }

    /**
     * Those seen in the last days, by name, and all that left something.
     *
     * @param left by name
     */
    List<HealthView.ReplicaState> all(Map<String, List<HealthView.LeftJournal>> left) {
        return jdbc.sql("""
                        select r.*, (select count(*) from quota.life l where l.replica = r.name and l.as_of < now() - make_interval(secs => :silent)) as unread
                          from quota.replica r
                         where r.seen_at > now() - make_interval(secs => :forgotten) or r.told_at > now() - make_interval(secs => :forgotten) or r.name = any(:left::text[])
                         order by r.name limit :most""")
                .param("forgotten", FORGOTTEN.toSeconds())
                .param("silent", SILENT.toSeconds())
                .param("left", left.keySet().toArray(String[]::new))
                .param("most", MOST)
                .query((row, number) -> state(row, left))
                .list();
    }

    private static HealthView.ReplicaState state(ResultSet row, Map<String, List<HealthView.LeftJournal>> left) throws SQLException {
        String name = Objects.requireNonNull(row.getString("name"));
        return new HealthView.ReplicaState(name, Timestamps.read(row, "seen_at"), figures(row), row.getInt("unread"), left.getOrDefault(name, List.of()));
    }

    private static HealthView.@Nullable ReplicaFigures figures(ResultSet row) throws SQLException {
        Instant toldAt = Timestamps.find(row, "told_at");
        return toldAt == null ? null : new HealthView.ReplicaFigures(
                toldAt, row.getInt("places"), row.getInt("places_taken"), row.getInt("ends_waiting"), Timestamps.find(row, "behind_since"),
                copies(Objects.requireNonNull(row.getString("copies"))));
    }

    private static List<HealthView.CopyAge> copies(String json) {
        return JSON.readValue(json, new TypeReference<Map<String, Long>>() {}).entrySet().stream()
                .map(copy -> new HealthView.CopyAge(copy.getKey(), Duration.ofMillis(copy.getValue())))
                .toList();
    }
}
