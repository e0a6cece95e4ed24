package dev.penstock.frame.audit;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Appends to the trail in the running transaction. */
@Component
public final class AuditLog {

    private final JdbcClient jdbc;
    private final JsonMapper json;

    AuditLog(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Records a change that this transaction makes. */
    public void append(AuditEvent event) {
        append(event, "done");
    }

    void appendRefusal(AuditEvent event) {
        append(event, "refused");
    }

    private void append(AuditEvent event, String outcome) {
        jdbc.sql("""
                select audit.append(:action, :kind, :id, :name, :project::uuid, :outcome, :reason, :before::jsonb, :after::jsonb)::text""")
                .param("action", event.action())
                .param("kind", event.subjectKind())
                .param("id", event.subjectId())
                .param("name", event.subjectName())
                .param("project", event.project() == null ? null : event.project().toString())
                .param("outcome", outcome)
                .param("reason", event.reason())
                .param("before", text(event.before()))
                .param("after", text(event.after()))
                .query((row, number) -> Boolean.TRUE)
                .list();
    }

    private @Nullable String text(@Nullable Object value) {
        return value == null ? null : json.writeValueAsString(value);
    }
}
