package dev.penstock.platform.endpoint;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads endpoints with their slices, within a transaction. */
@Component
class ShownEndpoints {

    private static final String SELECT = "select " + EndpointRow.COLUMNS + """
            , s.id is not null as has_slice, s.progress, s.node
              from platform.endpoint e left join platform.slice s on s.tenant_id = e.tenant_id and s.id = e.request_id
             where\s""";

    private final JdbcClient jdbc;

    ShownEndpoints(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What the caller's role may see of one tenant or of all; live ones first, then newest first. Deleted ones are not shown. */
    List<Shown> list(@Nullable TenantId tenant, @Nullable ProjectId project, int limit) {
        return jdbc.sql(SELECT + """
                        e.state <> 'DELETED'
                        and (:tenant::uuid is null or e.tenant_id = :tenant::uuid) and (:project::uuid is null or e.project_id = :project::uuid)
                        order by (e.state in ('STOPPED', 'FAILED')), e.created_at desc, e.id
                        limit :limit""")
                .param("tenant", tenant == null ? null : tenant.toString())
                .param("project", project == null ? null : project.toString())
                .param("limit", limit)
                .query(ShownEndpoints::shown)
                .list();
    }

    Optional<Shown> find(EndpointKey key) {
        return jdbc.sql(SELECT + "e.tenant_id = :tenant and e.id = :id")
                .param("tenant", key.tenant().value())
                .param("id", key.endpoint().value())
                .query(ShownEndpoints::shown)
                .optional();
    }

    private static Shown shown(ResultSet row, int number) throws SQLException {
        return new Shown(EndpointRow.endpoint(row, number), row.getBoolean("has_slice"), row.getObject("progress", Integer.class), row.getString("node"));
    }
}
