package dev.penstock.platform.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Statements on what the fleet was, for use within a transaction. */
@Component
class HistoryTable {

    private static final TypeReference<Map<String, Integer>> OFFERED = new TypeReference<>() {};
    private static final String STRETCH = "select from_at, until, keeper from platform.fleet_watched ";
    private static final String INTERVAL = "select * from platform.fleet_node ";

    private final JdbcClient jdbc;
    private final JsonMapper json;

    HistoryTable(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Whoever writes waits for each other here. */
    void lock() {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended('fleet history', 0))::text").query().singleRow();
    }

    Optional<Stretch> last() {
        return jdbc.sql(STRETCH + "order by from_at desc limit 1").query(HistoryTable::stretch).optional();
    }

    void begin(Instant at, UUID keeper) {
        jdbc.sql("insert into platform.fleet_watched (from_at, until, keeper) values (:at, :at, :keeper)").param("at", at(at)).param("keeper", keeper).update();
    }

    void extend(Stretch stretch, Instant until, UUID keeper) {
        jdbc.sql("update platform.fleet_watched set until = :until, keeper = :keeper where from_at = :from")
                .param("until", at(until))
                .param("keeper", keeper)
                .param("from", at(stretch.from()))
                .update();
    }

    /** What was so at the last look. */
    List<NodeState> now() {
        return jdbc.sql(INTERVAL + "where until is null").query((row, number) -> state(row)).list();
    }

    void close(Collection<String> nodes, Instant at) {
        if (!nodes.isEmpty()) {
            jdbc.sql("update platform.fleet_node set until = :at where until is null and node in (:nodes)").param("at", at(at)).param("nodes", nodes).update();
        }
    }

    /** All in one statement: a fleet that is seen for the first time is one of hundreds. */
    void insert(Collection<NodeState> states, Instant at) {
        if (states.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        insert into platform.fleet_node (node, from_at, product, ready, schedulable, simulated, gpus, sharing, replicas, offered)
                        select node, :at, product, ready, schedulable, simulated, gpus, sharing, replicas, offered
                          from jsonb_to_recordset(:states::jsonb)
                            as s(node text, product text, ready boolean, schedulable boolean, simulated boolean, gpus int, sharing text, replicas int, offered jsonb)""")
                .param("at", at(at))
                .param("states", json.writeValueAsString(states))
                .update();
    }

    /** Deletes what was over by then; what is left of the time before counts as not looked at. */
    int forget(Instant then) {
        int rows = jdbc.sql("delete from platform.fleet_node where until < :then").param("then", at(then)).update();
        jdbc.sql("delete from platform.fleet_watched where until < :then").param("then", at(then)).update();
        jdbc.sql("update platform.fleet_watched set from_at = :then where from_at < :then").param("then", at(then)).update();
        return rows;
    }

    /** The one that had begun by then; it may be over. */
    Optional<Stretch> begunBy(Instant at) {
        return jdbc.sql(STRETCH + "where from_at <= :at order by from_at desc limit 1").param("at", at(at)).query(HistoryTable::stretch).optional();
    }

    Optional<Stretch> after(Instant at) {
        return jdbc.sql(STRETCH + "where from_at > :at order by from_at limit 1").param("at", at(at)).query(HistoryTable::stretch).optional();
    }

    /** By time, with the last one that had begun before. */
    List<Stretch> within(Instant from, Instant until) {
        return jdbc.sql(STRETCH + "where from_at < :until and from_at >= coalesce((select max(from_at) from platform.fleet_watched where from_at <= :from), '-infinity') order by from_at")
                .param("from", at(from))
                .param("until", at(until))
                .query(HistoryTable::stretch)
                .list();
    }

    Optional<Instant> firstLook() {
        return jdbc.sql("select min(from_at) as first from platform.fleet_watched").query((row, number) -> Optional.ofNullable(time(row, "first"))).single();
    }

    /** By node. */
    List<Interval> at(Instant at, int limit) {
        return jdbc.sql(INTERVAL + "where from_at <= :at and (until is null or until > :at) order by node limit :limit")
                .param("at", at(at))
                .param("limit", limit)
                .query(this::interval)
                .list();
    }

    /**
     * Intervals that begin or end within a time, with those that they follow, by time and node.
     *
     * @param from not included
     * @param node only of this one; null: of all
     * @param limit of times at which something began or ended, the latest
     */
    List<Interval> around(Instant from, Instant until, @Nullable String node, int limit) {
        return jdbc.sql("""
                        with changed as (
                             select node, at from (
                                    select node, from_at as at from platform.fleet_node where from_at > :from and from_at < :until
                                    union select node, until from platform.fleet_node where until > :from and until < :until) c
                              where :node::text is null or node = :node::text
                              order by at desc, node limit :limit)
                        select distinct n.* from platform.fleet_node n join changed c on c.node = n.node and (n.from_at = c.at or n.until = c.at)
                         order by n.from_at, n.node""")
                .param("from", at(from))
                .param("until", at(until))
                .param("node", node)
                .param("limit", limit)
                .query(this::interval)
                .list();
    }

    private Interval interval(ResultSet row, int number) throws SQLException {
        return new Interval(state(row), Objects.requireNonNull(time(row, "from_at")), time(row, "until"));
    }

    private NodeState state(ResultSet row) throws SQLException {
        return new NodeState(
                text(row, "node"), text(row, "product"), row.getBoolean("ready"), row.getBoolean("schedulable"), row.getBoolean("simulated"), row.getInt("gpus"),
                text(row, "sharing"), row.getInt("replicas"), json.readValue(text(row, "offered"), OFFERED));
    }

    private static Stretch stretch(ResultSet row, int number) throws SQLException {
        return new Stretch(
                Objects.requireNonNull(time(row, "from_at")), Objects.requireNonNull(time(row, "until")), Objects.requireNonNull(row.getObject("keeper", UUID.class)));
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getString(column), column);
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
