package dev.penstock.platform.endpoint;

import dev.penstock.contract.EndpointId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.RequestId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.EndpointSpec;
import dev.penstock.contract.platform.EndpointState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code platform.endpoint} as an endpoint. */
final class EndpointRow {

    /** What to select. The table is {@code e}. */
    static final String COLUMNS = """
            e.tenant_id, e.id, e.project_id, e.name, e.model, e.profile, e.context_tokens, e.shared, e.lease_seconds, e.purpose, e.created_by,
            e.created_at, e.wanted, e.state, e.reason, e.starts, e.request_id, e.started_by, e.started_at, e.ready_at, e.since, e.renew_at,
            e.renewal_refused, e.route_version, e.version""";

    private EndpointRow() {}

    static Endpoint endpoint(ResultSet row, int number) throws SQLException {
        return new Endpoint(
                key(row),
                new Terms(
                        new ProjectId(uuid(row, "project_id")),
                        new EndpointSpec(
                                text(row, "name"), text(row, "model"), text(row, "profile"), row.getLong("context_tokens"), row.getBoolean("shared"),
                                row.getLong("lease_seconds"), text(row, "purpose")),
                        text(row, "created_by"),
                        Objects.requireNonNull(time(row, "created_at"))),
                Wanted.valueOf(text(row, "wanted")),
                EndpointState.valueOf(text(row, "state")),
                row.getString("reason"),
                row.getInt("starts"),
                new RequestId(uuid(row, "request_id")),
                text(row, "started_by"),
                Objects.requireNonNull(time(row, "started_at")),
                time(row, "ready_at"),
                Objects.requireNonNull(time(row, "since")),
                time(row, "renew_at"),
                row.getString("renewal_refused"),
                row.getLong("route_version"),
                row.getLong("version"));
    }

    static EndpointKey key(ResultSet row) throws SQLException {
        return new EndpointKey(new TenantId(uuid(row, "tenant_id")), new EndpointId(uuid(row, "id")));
    }

    static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    static String text(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getString(column), column);
    }

    private static UUID uuid(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, UUID.class), column);
    }
}
