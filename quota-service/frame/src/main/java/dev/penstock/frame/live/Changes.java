package dev.penstock.frame.live;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.jobs.JobsInUse;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tells open pages of a change, if the running transaction commits. */
@Component
public final class Changes {

    private final JdbcClient jdbc;
    private final String insert;

    Changes(JdbcClient jdbc, JobsInUse inUse) {
        this.jdbc = jdbc;
        this.insert = "insert into " + inUse.schema() + ".change (kind, tenant_id, project_id, subject, state)"
                + " values (:kind, :tenant::uuid, :project::uuid, :subject, :state)";
    }

    /** Parameters as in {@link dev.penstock.contract.Change}. */
    public void tell(String kind, @Nullable TenantId tenant, @Nullable ProjectId project, String subject, @Nullable String state) {
        jdbc.sql(insert)
                .param("kind", kind)
                .param("tenant", tenant == null ? null : tenant.toString())
                .param("project", project == null ? null : project.toString())
                .param("subject", subject)
                .param("state", state)
                .update();
    }
}
