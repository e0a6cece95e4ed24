package dev.penstock.platform.tenant;

import static dev.penstock.frame.jobs.Required.text;
import static dev.penstock.frame.jobs.Required.uuid;

import dev.penstock.contract.MoveId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.jobs.Timestamps;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Moves of projects, within the running transaction. */
@Component
class MoveTable {

    /** As many as are named to whoever is refused. */
    private static final int MOST_NAMED = 10;

    private final JdbcClient jdbc;

    MoveTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Known(ProjectId project, TenantId to) {}

    /** Of the tenant that was left. */
    Optional<Known> find(TenantId from, MoveId move) {
        return jdbc.sql("select project_id, to_tenant_id from platform.project_move where tenant_id = :tenant and id = :move")
                .param("tenant", from.value())
                .param("move", move.value())
                .query((row, number) -> new Known(new ProjectId(uuid(row, "project_id")), new TenantId(uuid(row, "to_tenant_id"))))
                .optional();
    }

    void insert(MoveId move, ProjectId project, TenantId from, TenantId to, String by, Instant at) {
        jdbc.sql("""
                        insert into platform.project_move (tenant_id, id, project_id, to_tenant_id, moved_by, moved_at)
                        values (:tenant, :move, :project, :to, :by, :at)""")
                .param("tenant", from.value())
                .param("move", move.value())
                .param("project", project.value())
                .param("to", to.value())
                .param("by", by)
                .param("at", Timestamps.column(at))
                .update();
    }

    /**
     * Waits for whoever changes the tenant, and keeps others waiting.
     *
     * @return false: there is none
     */
    boolean lock(TenantId tenant) {
        return !jdbc.sql("select id from platform.tenant where id = :tenant for no key update")
                .param("tenant", tenant.value())
                .query()
                .listOfRows()
                .isEmpty();
    }

    /** Waits for whoever asks for something in the project; whoever asks later finds it gone. */
    void lock(TenantId tenant, ProjectId project) {
        jdbc.sql("select id from platform.project where tenant_id = :tenant and id = :project for update")
                .param("tenant", tenant.value())
                .param("project", project.value())
                .query()
                .listOfRows();
    }

    /** Whether the project is here; it then stays until the running transaction ends. */
    boolean hold(TenantId tenant, ProjectId project) {
        return !jdbc.sql("select id from platform.project where tenant_id = :tenant and id = :project and moved_at is null for share")
                .param("tenant", tenant.value())
                .param("project", project.value())
                .query()
                .listOfRows()
                .isEmpty();
    }

    /** Whether quota-service has yet to confirm that a project left the tenant or came to it, by another move. */
    boolean isUntold(TenantId tenant, MoveId but) {
        return jdbc.sql("select exists (select from platform.project_move where told_at is null and id <> :but and :tenant in (tenant_id, to_tenant_id))")
                .param("tenant", tenant.value())
                .param("but", but.value())
                .query(Boolean.class)
                .single();
    }

    /** What the project has that cannot go with it, in words. One statement: a request that is approved meanwhile is seen as itself or as its slice. */
    List<String> held(TenantId tenant, ProjectId project) {
        return jdbc.sql("""
                        select what from (
                            select 'request ' || name as what from platform.slice_request where tenant_id = :tenant and project_id = :project and state = 'SUBMITTED'
                            union all
                            select 'slice ' || name from platform.slice where tenant_id = :tenant and project_id = :project and ended_at is null
                            union all
                            select 'endpoint ' || name from platform.endpoint where tenant_id = :tenant and project_id = :project and state <> 'DELETED') held
                         order by what limit :most""")
                .param("tenant", tenant.value())
                .param("project", project.value())
                .param("most", MOST_NAMED)
                .query((row, number) -> text(row, "what"))
                .list();
    }
}
