package dev.penstock.platform.slice;

import dev.penstock.contract.EndpointId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.SliceDetail;
import dev.penstock.frame.audit.AuditEvent;
import dev.penstock.frame.audit.AuditLog;
import dev.penstock.frame.live.Changes;
import dev.penstock.platform.slice.Slice.Transition;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Statements on slices, for use within a transaction. A state, its event, its change and its audit entry are written together or not at all. */
@Component
class SliceStore {

    private final JdbcClient jdbc;
    private final SliceRow rows;
    private final ReservedRoom room;
    private final AuditLog audit;
    private final Changes changes;
    private final Clock clock;

    SliceStore(JdbcClient jdbc, SliceRow rows, ReservedRoom room, AuditLog audit, Changes changes, Clock clock) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.room = room;
        this.audit = audit;
        this.changes = changes;
        this.clock = clock;
    }

    /** @return false if the slice is there already */
    boolean insert(QueueSlice command) {
        Reserved reserved = command.reserved();
        int inserted = jdbc.sql("""
                        insert into platform.slice
                            (tenant_id, id, project_id, request_id, name, profile, parts, vector, holder, state, lease_seconds, created_at, queued_at, next_attempt_at, kind,
                             serving, workspace, starts_at, reserved_until)
                        values (:tenant, :id, :project, :request, :name, :profile, :parts, :vector::jsonb, :holder, 'QUEUED', :lease, :now, :now,
                                now() + make_interval(secs => :rests), :kind, :serving::jsonb, :workspace::jsonb, :starts, :until)
                        on conflict (tenant_id, id) do nothing""")
                .param("tenant", command.tenant().value())
                .param("id", command.slice().value())
                .param("project", command.project().value())
                .param("request", command.request().value())
                .param("name", command.name())
                .param("profile", command.profile().id())
                .param("parts", command.profile().parts())
                .param("vector", rows.json(command.profile().vector()))
                .param("holder", command.holder())
                .param("lease", command.lease().toSeconds())
                .param("kind", command.serving() == null ? "WORKSPACE" : "SERVING")
                .param("serving", rows.json(command.serving()))
                .param("workspace", rows.json(command.workspace()))
                .param("now", at(clock.instant()))
                .param("rests", reserved == null ? 0 : Math.max(0, Duration.between(clock.instant(), reserved.from()).toSeconds()))
                .param("starts", reserved == null ? null : at(reserved.from()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("until", reserved == null ? null : at(reserved.until()), Types.TIMESTAMP_WITH_TIMEZONE)
                .update();
        if (inserted == 1 && reserved != null) {
            room.write(command, reserved);
        }
        return inserted == 1;
    }

    /** The live slice of the project that has the name. */
    Optional<Slice> named(TenantId tenant, ProjectId project, String name) {
        return jdbc.sql("select " + SliceRow.COLUMNS + """
                          from platform.slice s join platform.project p on p.tenant_id = s.tenant_id and p.id = s.project_id
                         where s.tenant_id = :tenant and s.project_id = :project and s.name = :name
                           and s.state not in ('RELEASED', 'EXPIRED', 'FAILED')""")
                .param("tenant", tenant.value())
                .param("project", project.value())
                .param("name", name)
                .query(rows)
                .optional();
    }

    Optional<Slice> find(SliceKey key) {
        return select(key, "");
    }

    /** Locks the row until the transaction ends. */
    Optional<Slice> lock(SliceKey key) {
        return select(key, " for update of s");
    }

    /** What happened to all slices of an endpoint, oldest first. */
    List<SliceDetail.Event> eventsOfEndpoint(TenantId tenant, EndpointId endpoint, int limit) {
        return jdbc.sql("""
                        select * from (
                            select v.at, v.state, v.sentence, v.number
                              from platform.slice s join platform.slice_event v on v.tenant_id = s.tenant_id and v.slice_id = s.id
                             where s.tenant_id = :tenant and s.kind = 'SERVING' and s.serving ->> 'endpoint' = :endpoint
                             order by v.number desc limit :limit) latest
                         order by number""")
                .param("tenant", tenant.value())
                .param("endpoint", endpoint.toString())
                .param("limit", limit)
                .query(SliceRow::event)
                .list();
    }

    List<SliceDetail.Event> events(SliceKey key) {
        return jdbc.sql("select at, state, sentence from platform.slice_event where tenant_id = :tenant and slice_id = :slice order by number")
                .param("tenant", key.tenant().value())
                .param("slice", key.slice().value())
                .query(SliceRow::event)
                .list();
    }

    /** What the caller's role may see of one tenant or of all; live ones first, then newest first. */
    List<Slice> list(@Nullable TenantId tenant, @Nullable ProjectId project, int limit) {
        return jdbc.sql("select " + SliceRow.COLUMNS + """
                          from platform.slice s join platform.project p on p.tenant_id = s.tenant_id and p.id = s.project_id
                         where (:tenant::uuid is null or s.tenant_id = :tenant::uuid) and (:project::uuid is null or s.project_id = :project::uuid)
                         order by (s.ended_at is null) desc, s.created_at desc, s.id
                         limit :limit""")
                .param("tenant", tenant == null ? null : tenant.toString())
                .param("project", project == null ? null : project.toString())
                .param("limit", limit)
                .query(rows)
                .list();
    }

    /** Writes a transition made from a row that this transaction has locked, or that the caller knows to be at {@code version - 1}. */
    boolean write(Slice before, Transition transition, @Nullable Long fence) {
        Standing next = transition.after().standing();
        int written = jdbc.sql("""
                        update platform.slice
                           set state = :state, ending = :ending, ending_reason = :endingReason, reason = :reason, holds_room = :room, phase = :phase, node = :node, progress = :progress,
                               lease_seconds = :lease, ready_at = :ready, ended_at = :ended, version = :version,
                               gives_back_at = :givesBack, stands_still_since = :still, stood_still_seconds = :stood,
                               queued_at = case when state <> 'QUEUED' and :state = 'QUEUED' then :now::timestamptz else queued_at end,
                               refused_at = case when :state = 'QUEUED' then refused_at end,
                               next_attempt_at = least(next_attempt_at, now())
                         where tenant_id = :tenant and id = :id and version = :before and (:fence::bigint is null or fence = :fence)""")
                .param("state", next.state().name())
                .param("ending", next.ending() == null ? null : next.ending().name())
                .param("endingReason", next.endingReason())
                .param("reason", next.reason())
                .param("room", next.holdsRoom())
                .param("phase", next.phase())
                .param("node", next.node())
                .param("progress", next.progress())
                .param("lease", next.lease().toSeconds())
                .param("ready", at(next.readyAt()))
                .param("ended", at(next.endedAt()))
                .param("version", transition.after().version())
                .param("givesBack", at(next.interruption().givesBackAt()))
                .param("still", at(next.interruption().stillSince()))
                .param("stood", next.interruption().stoodStill().toSeconds())
                .param("now", at(clock.instant()))
                .param("tenant", before.key().tenant().value())
                .param("id", before.key().slice().value())
                .param("before", before.version())
                .param("fence", fence)
                .update();
        if (written == 0) {
            return false;
        }
        if (next.endedAt() != null && before.approved().reserved() != null) {
            room.clear(before.key());
        }
        record(before, transition.after(), transition.action(), transition.sentence());
        return true;
    }

    /** Why it waits, without a new state: for people only, nothing of anybody's was changed. Null: the reason is gone. */
    void tell(Slice slice, @Nullable String sentence) {
        if (sentence != null) {
            event(slice.key(), null, sentence);
        }
        change(slice);
    }

    /** Something that happened without changing the slice, and that is to be on record. */
    void note(Slice slice, String action, String sentence) {
        tell(slice, sentence);
        audit.append(new AuditEvent(
                action, "slice", slice.key().slice().toString(), slice.approved().name(), slice.approved().project(), sentence, null, summary(slice)));
    }

    void record(@Nullable Slice before, Slice after, String action, String sentence) {
        boolean moved = before == null || before.state() != after.state() || before.phase() != after.phase();
        event(after.key(), moved ? after.state().name() : null, sentence);
        change(after);
        audit.append(new AuditEvent(
                action, "slice", after.key().slice().toString(), after.approved().name(), after.approved().project(), after.standing().reason(),
                before == null ? null : summary(before), summary(after)));
    }

    static @Nullable OffsetDateTime at(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private Optional<Slice> select(SliceKey key, String lock) {
        return jdbc.sql("select " + SliceRow.COLUMNS + """
                          from platform.slice s join platform.project p on p.tenant_id = s.tenant_id and p.id = s.project_id
                         where s.tenant_id = :tenant and s.id = :id""" + lock)
                .param("tenant", key.tenant().value())
                .param("id", key.slice().value())
                .query(rows)
                .optional();
    }

    private void event(SliceKey key, @Nullable String state, String sentence) {
        jdbc.sql("insert into platform.slice_event (tenant_id, slice_id, at, state, sentence) values (:tenant, :id, :at, :state, :sentence)")
                .param("tenant", key.tenant().value())
                .param("id", key.slice().value())
                .param("at", at(clock.instant()))
                .param("state", state)
                .param("sentence", sentence)
                .update();
    }

    private void change(Slice slice) {
        changes.tell("slice", slice.key().tenant(), slice.approved().project(), slice.key().slice().toString(), slice.state().name());
    }

    private static Map<String, Object> summary(Slice slice) {
        Standing standing = slice.standing();
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("state", standing.state().name());
        summary.put("profile", slice.approved().profile());
        if (slice.approved().serving() != null) {
            summary.put("endpoint", slice.approved().serving().endpoint().toString());
        }
        if (slice.approved().workspace() != null) {
            summary.put("image", slice.approved().workspace().reference());
            summary.put("volumeGib", slice.approved().workspace().volumeGib());
        }
        summary.put("vector", slice.approved().vector());
        summary.put("phase", standing.phase());
        summary.put("leaseSeconds", standing.lease().toSeconds());
        if (standing.node() != null) {
            summary.put("node", standing.node());
        }
        if (standing.readyAt() != null) {
            summary.put("readyAt", standing.readyAt().toString());
        }
        if (standing.interruption().givesBackAt() != null) {
            summary.put("givesBackAt", standing.interruption().givesBackAt().toString());
        }
        if (!standing.interruption().stoodStill().isZero()) {
            summary.put("stoodStillSeconds", standing.interruption().stoodStill().toSeconds());
        }
        if (standing.gpuTime().partSeconds() > 0) {
            summary.put("partSeconds", standing.gpuTime().partSeconds());
        }
        return summary;
    }
}
