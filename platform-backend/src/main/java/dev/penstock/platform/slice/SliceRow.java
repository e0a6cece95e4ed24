package dev.penstock.platform.slice;

import dev.penstock.contract.GpuTime;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.RequestId;
import dev.penstock.contract.SliceId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.SliceDetail;
import dev.penstock.contract.platform.SliceState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** A row of {@code platform.slice}, joined with its project's uid, as a slice. */
@Component
class SliceRow implements RowMapper<Slice> {

    /** What to select. The table is {@code s}, its project {@code p}. */
    static final String COLUMNS = """
            s.tenant_id, s.id, s.project_id, p.uid as project_uid, s.request_id, s.name, s.profile, s.parts, s.vector, s.holder, s.created_at,
            s.state, s.ending, s.ending_reason, s.reason, s.holds_room, s.phase, s.node, s.cluster, s.lease_seconds, s.ready_at, s.ended_at, s.part_seconds, s.version,
            s.serving, s.workspace, s.starts_at, s.reserved_until, s.progress, s.gives_back_at, s.stands_still_since, s.stood_still_seconds""";

    private static final TypeReference<Map<String, Integer>> VECTOR = new TypeReference<>() {};

    private final JsonMapper json;

    SliceRow(JsonMapper json) {
        this.json = json;
    }

    @Override
    public Slice mapRow(ResultSet row, int number) throws SQLException {
        String ending = row.getString("ending");
        return new Slice(
                key(row),
                new Approved(
                        new ProjectId(uuid(row, "project_id")),
                        uuid(row, "project_uid"),
                        new RequestId(uuid(row, "request_id")),
                        text(row, "name"),
                        text(row, "profile"),
                        row.getInt("parts"),
                        json.readValue(text(row, "vector"), VECTOR),
                        text(row, "holder"),
                        Objects.requireNonNull(time(row, "created_at")),
                        serving(row.getString("serving")),
                        workspace(row.getString("workspace")),
                        reserved(row)),
                new Standing(
                        SliceState.valueOf(text(row, "state")),
                        ending == null ? null : Ending.valueOf(ending),
                        row.getString("ending_reason"),
                        row.getString("reason"),
                        row.getBoolean("holds_room"),
                        row.getInt("phase"),
                        row.getString("node"),
                        row.getString("cluster"),
                        Duration.ofSeconds(row.getLong("lease_seconds")),
                        time(row, "ready_at"),
                        time(row, "ended_at"),
                        new GpuTime(row.getLong("part_seconds")),
                        row.getObject("progress", Integer.class),
                        new Interruption(
                                time(row, "gives_back_at"), time(row, "stands_still_since"), Duration.ofSeconds(row.getLong("stood_still_seconds")))),
                row.getLong("version"));
    }

    private static @Nullable Reserved reserved(ResultSet row) throws SQLException {
        Instant from = time(row, "starts_at");
        return from == null ? null : new Reserved(from, Objects.requireNonNull(time(row, "reserved_until")));
    }

    String json(Map<String, Integer> vector) {
        return json.writeValueAsString(vector);
    }

    @Nullable String json(@Nullable Serving serving) {
        return serving == null ? null : json.writeValueAsString(serving);
    }

    @Nullable String json(@Nullable Workspace workspace) {
        return workspace == null ? null : json.writeValueAsString(workspace);
    }

    private @Nullable Workspace workspace(@Nullable String text) {
        return text == null ? null : json.readValue(text, Workspace.class);
    }

    private @Nullable Serving serving(@Nullable String text) {
        return text == null ? null : json.readValue(text, Serving.class);
    }

    static SliceDetail.Event event(ResultSet row, int number) throws SQLException {
        String state = row.getString("state");
        return new SliceDetail.Event(Objects.requireNonNull(time(row, "at")), state == null ? null : SliceState.valueOf(state), text(row, "sentence"));
    }

    static SliceKey key(ResultSet row) throws SQLException {
        return new SliceKey(new TenantId(uuid(row, "tenant_id")), new SliceId(uuid(row, "id")));
    }

    static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    static String text(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getString(column), column);
    }

    static UUID uuid(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, UUID.class), column);
    }
}
