package dev.penstock.quota.reservation;

import static dev.penstock.frame.jobs.Required.text;
import static dev.penstock.frame.jobs.Required.uuid;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.SliceId;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.jobs.Timestamps;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reservations of slices. */
@Component
class ReservationTable {

    private static final String SELECT = """
            select r.id, r.state, r.project_id, r.profile, r.parts, r.lease_seconds, r.created_at,
                   (select min(t.started_at) from quota.slice_time t where t.tenant_id = r.tenant_id and t.slice_id = r.id) as first_ready,
                   (select coalesce(sum(u.part_seconds), 0) from quota.slice_usage u where u.tenant_id = r.tenant_id and u.slice_id = r.id) as booked
              from quota.reservation r
             where r.tenant_id = :tenant and r.kind = 'slice' and r.attempt = 0
            """;

    private final JdbcClient jdbc;

    ReservationTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Null: nothing was ever heard of the slice. */
    @Nullable Reservation find(TenantId tenant, SliceId slice) {
        return jdbc.sql(SELECT + " and r.id = :slice")
                .param("tenant", tenant.value())
                .param("slice", slice.value())
                .query(ReservationTable::reservation)
                .optional()
                .orElse(null);
    }

    /** All that are held. */
    List<Reservation.Held> held(TenantId tenant) {
        return jdbc.sql(SELECT + " and r.state = 'held' order by r.id")
                .param("tenant", tenant.value())
                .query(ReservationTable::reservation)
                .list()
                .stream()
                .map(Reservation.Held.class::cast)
                .toList();
    }

    void insert(TenantId tenant, Reservation.Held held) {
        Terms terms = held.terms();
        jdbc.sql("""
                        insert into quota.reservation (tenant_id, id, kind, project_id, profile, parts, lease_seconds, state, created_at)
                        values (:tenant, :slice, 'slice', :project, :profile, :parts, :lease, 'held', :at)""")
                .param("tenant", tenant.value())
                .param("slice", held.slice().value())
                .param("project", terms.project().value())
                .param("profile", terms.profile())
                .param("parts", terms.parts())
                .param("lease", terms.leaseSeconds())
                .param("at", Timestamps.column(held.reservedAt()))
                .update();
    }

    void lengthen(TenantId tenant, SliceId slice, long leaseSeconds) {
        jdbc.sql("update quota.reservation set lease_seconds = :lease where tenant_id = :tenant and id = :slice and attempt = 0")
                .param("tenant", tenant.value())
                .param("slice", slice.value())
                .param("lease", leaseSeconds)
                .update();
    }

    /** Marks it released, also one that was never made. */
    void release(TenantId tenant, SliceId slice, Instant at) {
        jdbc.sql("""
                        insert into quota.reservation (tenant_id, id, kind, state, created_at, released_at)
                        values (:tenant, :slice, 'slice', 'released', :at, :at)
                        on conflict (tenant_id, id, attempt) do update set state = 'released', released_at = excluded.released_at""")
                .param("tenant", tenant.value())
                .param("slice", slice.value())
                .param("at", Timestamps.column(at))
                .update();
    }

    /** Whether the project is registered, and not only remembered. */
    boolean projectIsRegistered(TenantId tenant, ProjectId project) {
        return jdbc.sql("select not vanished from quota.project where tenant_id = :tenant and id = :project")
                .param("tenant", tenant.value())
                .param("project", project.value())
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    private static Reservation reservation(ResultSet row, int number) throws SQLException {
        SliceId slice = new SliceId(uuid(row, "id"));
        UUID project = row.getObject("project_id", UUID.class);
        Instant reservedAt = Timestamps.read(row, "created_at");
        Terms terms = project == null ? null : new Terms(
                new ProjectId(project), text(row, "profile"), row.getInt("parts"), row.getLong("lease_seconds"));
        return "held".equals(row.getString("state"))
                ? new Reservation.Held(slice, Objects.requireNonNull(terms), reservedAt, Timestamps.find(row, "first_ready"), row.getLong("booked"))
                : new Reservation.Released(slice, terms, reservedAt);
    }
}
