package dev.penstock.platform.endpoint;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.EndpointDetail;
import dev.penstock.contract.platform.EndpointState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Statements on endpoints, for use within a transaction. Who changes one tells of it with {@link EndpointTrail}. */
@Component
class EndpointStore {

    private final JdbcClient jdbc;

    EndpointStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(Endpoint endpoint) {
        jdbc.sql("""
                        insert into platform.endpoint
                            (tenant_id, id, project_id, name, model, profile, context_tokens, shared, lease_seconds, purpose, created_by, created_at,
                             wanted, state, request_id, started_by, started_at, since)
                        values (:tenant, :id, :project, :name, :model, :profile, :context, :shared, :lease, :purpose, :by, :at, 'RUNNING', :state,
                                :request, :by, :at, :at)""")
                .param("tenant", endpoint.key().tenant().value())
                .param("id", endpoint.key().endpoint().value())
                .param("project", endpoint.terms().project().value())
                .param("name", endpoint.terms().spec().name())
                .param("model", endpoint.terms().spec().model())
                .param("profile", endpoint.terms().spec().profile())
                .param("context", endpoint.terms().spec().contextTokens())
                .param("shared", endpoint.terms().spec().shared())
                .param("lease", endpoint.terms().spec().leaseSeconds())
                .param("purpose", endpoint.terms().spec().purpose())
                .param("by", endpoint.terms().createdBy())
                .param("at", at(endpoint.terms().createdAt()))
                .param("state", endpoint.state().name())
                .param("request", endpoint.request().value())
                .update();
    }

    /** @param shared called by its name alone, which then nobody else's in the tenant may be */
    boolean isNameInUse(TenantId tenant, ProjectId project, String name, boolean shared) {
        return jdbc.sql("""
                        select exists (select from platform.endpoint
                                        where tenant_id = :tenant and name = :name and wanted <> 'DELETED' and (project_id = :project or (shared and :shared)))""")
                .param("shared", shared)
                .param("tenant", tenant.value())
                .param("project", project.value())
                .param("name", name)
                .query(Boolean.class)
                .single();
    }

    Optional<Endpoint> find(EndpointKey key) {
        return select(key, "");
    }

    /** Locks the row until the transaction ends. */
    Optional<Endpoint> lock(EndpointKey key) {
        return select(key, " for update");
    }

    /** What people want of it. It is derived anew whatever it was derived from before. */
    void want(Endpoint after) {
        jdbc.sql("""
                        update platform.endpoint
                           set wanted = :wanted, state = :state, reason = :reason, starts = :starts, request_id = :request, started_by = :by,
                               started_at = :started, ready_at = :ready, since = :since, renew_at = null, renewal_refused = null, seen_request = -1,
                               seen_slice = -1, route_version = :route, version = :version
                         where tenant_id = :tenant and id = :id""")
                .param("wanted", after.wanted().name())
                .param("state", after.state().name())
                .param("reason", after.reason())
                .param("starts", after.starts())
                .param("request", after.request().value())
                .param("by", after.startedBy())
                .param("started", at(after.startedAt()))
                .param("ready", at(after.readyAt()))
                .param("since", at(after.since()))
                .param("route", after.routeVersion())
                .param("version", after.version())
                .param("tenant", after.key().tenant().value())
                .param("id", after.key().endpoint().value())
                .update();
    }

    /** What it is by now. */
    void become(Endpoint after) {
        jdbc.sql("""
                        update platform.endpoint
                           set state = :state, reason = :reason, ready_at = :ready, since = :since, renew_at = :renew, renewal_refused = :refused,
                               route_version = :route, version = :version
                         where tenant_id = :tenant and id = :id""")
                .param("state", after.state().name())
                .param("reason", after.reason())
                .param("ready", at(after.readyAt()))
                .param("since", at(after.since()))
                .param("renew", at(after.renewAt()))
                .param("refused", after.renewalRefused())
                .param("route", after.routeVersion())
                .param("version", after.version())
                .param("tenant", after.key().tenant().value())
                .param("id", after.key().endpoint().value())
                .update();
    }

    /** From which versions of its request and its slice it was derived. */
    void seen(EndpointKey key, long request, long slice) {
        jdbc.sql("update platform.endpoint set seen_request = :request, seen_slice = :slice where tenant_id = :tenant and id = :id")
                .param("request", request)
                .param("slice", slice)
                .param("tenant", key.tenant().value())
                .param("id", key.endpoint().value())
                .update();
    }

    /** A renamed project's models are called by its new name, which the gateway has to learn. */
    void followProjectName(EndpointKey key) {
        jdbc.sql("""
                        update platform.endpoint e
                           set route_project = p.name, route_version = case when e.route_version > 0 then e.route_version + 1 else 0 end
                          from platform.project p
                         where e.tenant_id = :tenant and e.id = :id and p.tenant_id = e.tenant_id and p.id = e.project_id
                           and e.route_project is distinct from p.name""")
                .param("tenant", key.tenant().value())
                .param("id", key.endpoint().value())
                .update();
    }

    /** As the table has it now: the copy in memory may be older than what made the route's version grow. */
    String projectName(EndpointKey key) {
        return jdbc.sql("""
                        select p.name from platform.endpoint e join platform.project p on p.tenant_id = e.tenant_id and p.id = e.project_id
                         where e.tenant_id = :tenant and e.id = :id""")
                .param("tenant", key.tenant().value())
                .param("id", key.endpoint().value())
                .query(String.class)
                .single();
    }

    void event(EndpointKey key, Instant at, @Nullable EndpointState state, String sentence) {
        jdbc.sql("insert into platform.endpoint_event (tenant_id, endpoint_id, at, state, sentence) values (:tenant, :id, :at, :state, :sentence)")
                .param("tenant", key.tenant().value())
                .param("id", key.endpoint().value())
                .param("at", at(at))
                .param("state", state == null ? null : state.name())
                .param("sentence", sentence)
                .update();
    }

    /** Oldest first; the latest {@code limit}. */
    List<EndpointDetail.Step> events(EndpointKey key, int limit) {
        return jdbc.sql("""
                        select * from (
                            select at, state, sentence, number from platform.endpoint_event
                             where tenant_id = :tenant and endpoint_id = :id order by number desc limit :limit) latest
                         order by number""")
                .param("tenant", key.tenant().value())
                .param("id", key.endpoint().value())
                .param("limit", limit)
                .query(EndpointStore::step)
                .list();
    }

    private static EndpointDetail.Step step(ResultSet row, int number) throws SQLException {
        String state = row.getString("state");
        return new EndpointDetail.Step(
                Objects.requireNonNull(EndpointRow.time(row, "at")), state == null ? null : EndpointState.valueOf(state), EndpointRow.text(row, "sentence"));
    }

    private Optional<Endpoint> select(EndpointKey key, String lock) {
        return jdbc.sql("select " + EndpointRow.COLUMNS + " from platform.endpoint e where e.tenant_id = :tenant and e.id = :id" + lock)
                .param("tenant", key.tenant().value())
                .param("id", key.endpoint().value())
                .query(EndpointRow::endpoint)
                .optional();
    }

    private static @Nullable OffsetDateTime at(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
