package dev.penstock.platform.fleet;

import dev.penstock.contract.OrderId;
import dev.penstock.contract.RepackId;
import dev.penstock.contract.platform.NodeGoal;
import dev.penstock.contract.platform.NodeOrderState;
import dev.penstock.frame.audit.AuditEvent;
import dev.penstock.frame.audit.AuditLog;
import dev.penstock.frame.live.Changes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Statements on orders of nodes, for use within a transaction. A state, its change and its audit entry are written together or not at all. */
@Component
class NodeOrderTable {

    private static final TypeReference<List<Map<String, Integer>>> CUT = new TypeReference<>() {};
    private static final TypeReference<List<String>> STOPS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final AuditLog audit;
    private final Changes changes;

    NodeOrderTable(JdbcClient jdbc, JsonMapper json, AuditLog audit, Changes changes) {
        this.jdbc = jdbc;
        this.json = json;
        this.audit = audit;
        this.changes = changes;
    }

    /** Everybody who orders something of this node waits for each other here. */
    void lock(String node) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:node, 0))::text").param("node", "node " + node).query().singleRow();
    }

    void insert(NodeOrder order) {
        jdbc.sql("""
                        insert into platform.node_order (id, node, goal, state, ordered_by, ordered_at, reason, empty_at, repack, cut, stops, attempt, since)
                        values (:id, :node, :goal, :state, :by, :at, :reason, :empty, :repack::uuid, :cut::jsonb, :stops::jsonb, :attempt, :since)""")
                .param("id", order.id().value())
                .param("node", order.node())
                .param("goal", order.goal().name())
                .param("state", order.state().name())
                .param("by", order.orderedBy())
                .param("at", at(order.orderedAt()))
                .param("reason", order.reason())
                .param("empty", at(order.emptyAt()))
                .param("repack", order.repack() == null ? null : order.repack().toString())
                .param("cut", order.goal() == NodeGoal.RECUT ? json.writeValueAsString(order.cut()) : null)
                .param("stops", json.writeValueAsString(order.stops()))
                .param("attempt", order.attempt())
                .param("since", at(order.since()))
                .update();
        record(null, order);
    }

    /**
     * What a person did to it.
     *
     * @return false if it was changed by somebody else meanwhile
     */
    boolean decide(NodeOrder before, NodeOrder after) {
        int written = changing(before, after, """
                        update platform.node_order
                           set state = :state, since = :since, words = :words, attempt = :attempt, config_at = :config, cancelled = :cancelled,
                               ended_at = :ended, version = :version
                         where id = :id and version = :before""")
                .param("attempt", after.attempt())
                .param("cancelled", after.cancelled())
                .update();
        return recorded(before, after, written);
    }

    /**
     * How far the reconciler came.
     *
     * @return false if it was changed by somebody else meanwhile
     */
    boolean advance(NodeOrder before, NodeOrder after) {
        int written = changing(before, after, """
                        update platform.node_order
                           set state = :state, since = :since, words = :words, config_at = :config, remaining = :remaining, cancelled = :cancelled,
                               found_closed = :found, ended_at = :ended, version = :version
                         where id = :id and version = :before""")
                .param("remaining", after.remaining())
                .param("cancelled", after.cancelled())
                .param("found", after.foundClosed())
                .update();
        return recorded(before, after, written);
    }

    /** What people and the reconciler both change; the columns that are only one's stay with that one's grants. */
    private JdbcClient.StatementSpec changing(NodeOrder before, NodeOrder after, String update) {
        return jdbc.sql(update)
                .param("state", after.state().name())
                .param("since", at(after.since()))
                .param("words", after.words())
                .param("config", at(after.configAt()))
                .param("ended", at(after.endedAt()))
                .param("version", after.version())
                .param("id", before.id().value())
                .param("before", before.version());
    }

    Optional<NodeOrder> find(OrderId id) {
        return jdbc.sql("select * from platform.node_order where id = :id").param("id", id.value()).query(this::order).optional();
    }

    /** The one of the node that has not ended. */
    Optional<NodeOrder> live(String node) {
        return jdbc.sql("select * from platform.node_order where node = :node and ended_at is null").param("node", node).query(this::order).optional();
    }

    List<NodeOrder> live() {
        return jdbc.sql("select * from platform.node_order where ended_at is null order by node").query(this::order).list();
    }

    /** Those to cut that have ended. */
    List<OrderId> endedCuts() {
        return jdbc.sql("select id from platform.node_order where goal = 'RECUT' and ended_at is not null").query(UUID.class).list().stream().map(OrderId::new).toList();
    }

    List<NodeOrder> ofRepack(RepackId repack) {
        return jdbc.sql("select * from platform.node_order where repack = :repack order by node").param("repack", repack.value()).query(this::order).list();
    }

    /** Those under way first, then the latest. */
    List<NodeOrder> latest(int limit) {
        return jdbc.sql("select * from platform.node_order order by (ended_at is null) desc, ordered_at desc, node limit :limit")
                .param("limit", limit)
                .query(this::order)
                .list();
    }

    private boolean recorded(NodeOrder before, NodeOrder after, int written) {
        if (written == 0) {
            return false;
        }
        if (before.state() == after.state()) {
            tell(after);
        } else {
            record(before, after);
        }
        return true;
    }

    private void record(@Nullable NodeOrder before, NodeOrder after) {
        String action = before == null ? "node.order" : "node." + after.state().name().toLowerCase(Locale.ROOT).replace('_', '-');
        audit.append(new AuditEvent(action, "node", after.node(), after.node(), null, after.reason(), before == null ? null : summary(before), summary(after)));
        tell(after);
    }

    private void tell(NodeOrder order) {
        changes.tell("fleet", null, null, order.node(), order.state().name());
    }

    private static Map<String, Object> summary(NodeOrder order) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("order", order.id().toString());
        summary.put("goal", order.goal().name());
        summary.put("state", order.state().name());
        if (order.goal() == NodeGoal.RECUT) {
            summary.put("repack", String.valueOf(order.repack()));
            summary.put("cut", order.cut());
            summary.put("stops", order.stops());
            summary.put("attempt", order.attempt());
        }
        if (order.goal() == NodeGoal.EMPTY || order.goal() == NodeGoal.RECUT) {
            summary.put("emptyAt", order.emptyAt().toString());
        }
        if (order.words() != null) {
            summary.put("words", order.words());
        }
        return summary;
    }

    private NodeOrder order(ResultSet row, int number) throws SQLException {
        UUID repack = row.getObject("repack", UUID.class);
        String cut = row.getString("cut");
        return new NodeOrder(
                new OrderId(Objects.requireNonNull(row.getObject("id", UUID.class))),
                text(row, "node"),
                NodeGoal.valueOf(text(row, "goal")),
                NodeOrderState.valueOf(text(row, "state")),
                text(row, "ordered_by"),
                Objects.requireNonNull(time(row, "ordered_at")),
                row.getString("reason"),
                Objects.requireNonNull(time(row, "empty_at")),
                repack == null ? null : new RepackId(repack),
                cut == null ? List.of() : json.readValue(cut, CUT),
                json.readValue(text(row, "stops"), STOPS),
                row.getInt("attempt"),
                time(row, "config_at"),
                Objects.requireNonNull(time(row, "since")),
                row.getString("words"),
                row.getInt("remaining"),
                row.getBoolean("cancelled"),
                row.getBoolean("found_closed"),
                time(row, "ended_at"),
                row.getLong("version"));
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getString(column), column);
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    private static @Nullable OffsetDateTime at(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
