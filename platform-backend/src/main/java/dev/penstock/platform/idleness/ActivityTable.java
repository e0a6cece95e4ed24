package dev.penstock.platform.idleness;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.SliceId;
import dev.penstock.contract.TenantId;
import dev.penstock.platform.slice.SliceKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Statements on {@code platform.slice_activity}, for use within a transaction. */
@Component
class ActivityTable {

    private static final String COLUMNS = "a.tenant_id, a.slice_id, a.phase, a.seen_at, a.idle_since, a.warned_at, a.suspended_at";

    private final JdbcClient jdbc;

    ActivityTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What is known of one workspace, and of which project it is. */
    record Row(SliceKey key, ProjectId project, Activity activity) {}

    /** Locks the row until the transaction ends. */
    Optional<Activity> lock(SliceKey key) {
        return jdbc.sql("select " + COLUMNS + " from platform.slice_activity a where a.tenant_id = :tenant and a.slice_id = :slice for update")
                .param("tenant", key.tenant().value())
                .param("slice", key.slice().value())
                .query((row, number) -> activity(row))
                .optional();
    }

    void write(SliceKey key, Activity activity) {
        jdbc.sql("""
                        insert into platform.slice_activity (tenant_id, slice_id, phase, seen_at, idle_since, warned_at, suspended_at)
                        values (:tenant, :slice, :phase, :seen, :idle, :warned, :suspended)
                        on conflict (tenant_id, slice_id) do update
                            set phase = excluded.phase, seen_at = excluded.seen_at, idle_since = excluded.idle_since,
                                warned_at = excluded.warned_at, suspended_at = excluded.suspended_at""")
                .param("tenant", key.tenant().value())
                .param("slice", key.slice().value())
                .param("phase", activity.phase())
                .param("seen", at(activity.seenAt()))
                .param("idle", at(activity.idleSince()))
                .param("warned", at(activity.warnedAt()))
                .param("suspended", at(activity.suspendedAt()))
                .update();
    }

    /** Of workspaces that are ready, and of those that are suspended for idleness; the longest idle first. */
    List<Row> list(@Nullable TenantId tenant, @Nullable ProjectId project, int limit) {
        return jdbc.sql("select " + COLUMNS + """
                        , s.project_id
                          from platform.slice_activity a join platform.slice s on s.tenant_id = a.tenant_id and s.id = a.slice_id
                         where (:tenant::uuid is null or a.tenant_id = :tenant::uuid) and (:project::uuid is null or s.project_id = :project::uuid)
                           and (s.state = 'READY' and s.phase = a.phase or s.state = 'SUSPENDED' and s.phase = a.phase + 1 and a.suspended_at is not null)
                         order by a.idle_since, a.slice_id
                         limit :limit""")
                .param("tenant", tenant == null ? null : tenant.toString())
                .param("project", project == null ? null : project.toString())
                .param("limit", limit)
                .query((row, number) -> new Row(key(row), new ProjectId(uuid(row, "project_id")), activity(row)))
                .list();
    }

    /** Workspaces that were suspended for idleness by then and that nobody has resumed since. */
    List<SliceKey> suspendedBy(Instant then, int limit) {
        return jdbc.sql("""
                        select a.tenant_id, a.slice_id
                          from platform.slice_activity a join platform.slice s on s.tenant_id = a.tenant_id and s.id = a.slice_id
                         where a.suspended_at <= :then and s.state = 'SUSPENDED' and s.phase = a.phase + 1
                         order by a.suspended_at limit :limit""")
                .param("then", at(then))
                .param("limit", limit)
                .query((row, number) -> key(row))
                .list();
    }

    private static Activity activity(ResultSet row) throws SQLException {
        return new Activity(
                row.getInt("phase"), Objects.requireNonNull(time(row, "seen_at")), Objects.requireNonNull(time(row, "idle_since")), time(row, "warned_at"),
                time(row, "suspended_at"));
    }

    private static SliceKey key(ResultSet row) throws SQLException {
        return new SliceKey(new TenantId(uuid(row, "tenant_id")), new SliceId(uuid(row, "slice_id")));
    }

    private static UUID uuid(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, UUID.class), column);
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    private static @Nullable OffsetDateTime at(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
