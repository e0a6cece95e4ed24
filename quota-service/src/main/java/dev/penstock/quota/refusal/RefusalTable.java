package dev.penstock.quota.refusal;

import static dev.penstock.frame.jobs.Required.text;
import static dev.penstock.frame.jobs.Required.uuid;

import dev.penstock.contract.CallId;
import dev.penstock.contract.KeyId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.RefusalCount;
import dev.penstock.contract.quota.RefusalView;
import dev.penstock.contract.quota.RefusedBy;
import dev.penstock.frame.jobs.Timestamps;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The statements on refusals. In the running transaction. */
@Component
class RefusalTable {

    private static final String SELECT = """
            select r.*, p.name as project_name, n.name as key_name
              from quota.refusal r
              left join quota.project p on p.tenant_id = r.tenant_id and p.id = r.project_id
              left join quota.node n on n.tenant_id = r.tenant_id and n.id = r.key_id
             where\s""";

    /** Removed at once, so that no statement is long. */
    private static final int MOST_REMOVED = 1_000;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    RefusalTable(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    void insert(List<Refused> rows) {
        for (Refused row : rows) {
            jdbc.sql("""
                            insert into quota.refusal (tenant_id, call_id, at, project_id, key_id, person, operation, model, status, code, message, rule)
                            values (:tenant, :call, :at, :project, :key, :person, :operation, :model, :status, :code, :message, :rule::jsonb)
                            on conflict (tenant_id, call_id) do nothing""")
                    .param("tenant", row.tenant().value())
                    .param("call", row.call().value())
                    .param("at", Timestamps.column(row.at()))
                    .param("project", row.project().value())
                    .param("key", row.key() == null ? null : row.key().value())
                    .param("person", row.person())
                    .param("operation", row.operation())
                    .param("model", row.model())
                    .param("status", row.status())
                    .param("code", row.code())
                    .param("message", row.message())
                    .param("rule", row.rule() == null ? null : json.writeValueAsString(row.rule()))
                    .update();
        }
    }

    void count(Map<RefusalLog.Kind, Long> counts) {
        counts.forEach((kind, refused) -> jdbc.sql("""
                        insert into quota.refusal_count (tenant_id, project_id, hour, status, code, refused) values (:tenant, :project, :hour, :status, :code, :refused)
                        on conflict (tenant_id, project_id, hour, status, code) do update set refused = refusal_count.refused + excluded.refused""")
                .param("tenant", kind.tenant().value())
                .param("project", kind.project().value())
                .param("hour", Timestamps.column(kind.hour()))
                .param("status", kind.status())
                .param("code", kind.code())
                .param("refused", refused)
                .update());
    }

    void removeBefore(TenantId tenant, Instant before) {
        jdbc.sql("""
                        delete from quota.refusal where tenant_id = :tenant and call_id in (
                            select call_id from quota.refusal where tenant_id = :tenant and at < :before order by call_id limit :most)""")
                .param("tenant", tenant.value())
                .param("before", Timestamps.column(before))
                .param("most", MOST_REMOVED)
                .update();
        jdbc.sql("delete from quota.refusal_count where tenant_id = :tenant and hour < :before")
                .param("tenant", tenant.value())
                .param("before", Timestamps.column(before))
                .update();
    }

    /** Of whatever tenant can be seen. */
    Optional<RefusalView> find(CallId call, Instant since) {
        return jdbc.sql(SELECT + "r.call_id = :call and r.at >= :since")
                .param("call", call.value())
                .param("since", Timestamps.column(since))
                .query((row, number) -> view(row))
                .optional();
    }

    /** Newest first. */
    List<RefusalView> list(TenantId tenant, ProjectId project, @Nullable CallId before, Instant since, int most) {
        return jdbc.sql(SELECT + """
                        r.tenant_id = :tenant and r.project_id = :project and r.at >= :since and (:before::uuid is null or r.call_id < :before::uuid)
                         order by r.call_id desc limit :most""")
                .param("tenant", tenant.value())
                .param("project", project.value())
                .param("since", Timestamps.column(since))
                .param("before", before == null ? null : before.toString())
                .param("most", most)
                .query((row, number) -> view(row))
                .list();
    }

    List<RefusalCount> counts(TenantId tenant, ProjectId project, Instant since) {
        return jdbc.sql("""
                        select status, code, sum(refused) as refused from quota.refusal_count
                         where tenant_id = :tenant and project_id = :project and hour >= :since
                         group by status, code order by sum(refused) desc, status, code""")
                .param("tenant", tenant.value())
                .param("project", project.value())
                .param("since", Timestamps.column(since))
                .query((row, number) -> new RefusalCount(row.getInt("status"), text(row, "code").isEmpty() ? null : text(row, "code"), row.getLong("refused")))
                .list();
    }

    private RefusalView view(ResultSet row) throws SQLException {
        String rule = row.getString("rule");
        UUID key = row.getObject("key_id", UUID.class);
        return new RefusalView(
                new CallId(uuid(row, "call_id")), Timestamps.read(row, "at"), new TenantId(uuid(row, "tenant_id")), new ProjectId(uuid(row, "project_id")),
                Objects.requireNonNullElse(row.getString("project_name"), ""), key == null ? null : new KeyId(key), row.getString("key_name"), row.getString("person"),
                text(row, "operation"), row.getString("model"), row.getInt("status"), row.getString("code"), row.getString("message"),
                rule == null ? null : json.readValue(rule, RefusedBy.class));
    }
}
