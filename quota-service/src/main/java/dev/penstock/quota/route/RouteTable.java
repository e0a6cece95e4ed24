package dev.penstock.quota.route;

import dev.penstock.contract.EndpointId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.RouteRegistration;
import dev.penstock.frame.secret.Sealed;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What is known of a tenant's endpoints. */
@Component
class RouteTable {

    private final JdbcClient jdbc;

    RouteTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param project null after a withdrawal that came before any publication */
    record Known(long version, boolean withdrawn, @Nullable ProjectId project, @Nullable String model) {}

    /** Locked until the transaction ends. */
    Optional<Known> lock(TenantId tenant, EndpointId endpoint) {
        return jdbc.sql("select version, withdrawn, project_id, model from quota.route where tenant_id = :tenant and endpoint_id = :endpoint for update")
                .param("tenant", tenant.value())
                .param("endpoint", endpoint.value())
                .query((row, number) -> {
                    UUID project = row.getObject("project_id", UUID.class);
                    return new Known(row.getLong("version"), row.getBoolean("withdrawn"), project == null ? null : new ProjectId(project), row.getString("model"));
                })
                .optional();
    }

    void put(TenantId tenant, EndpointId endpoint, RouteRegistration route, Sealed engineKey) {
        jdbc.sql("""
                        insert into quota.route (tenant_id, endpoint_id, version, withdrawn, project_id, model, shared, address, engine_key, engine_key_version,
                                                 engine, served_model, tasks, context_tokens, max_output_tokens, max_tokens_per_byte, sku, serving)
                        values (:tenant, :endpoint, :version, false, :project, :model, :shared, :address, :engineKey, :engineKeyVersion,
                                :engine, :servedModel, :tasks, :context, :maxOutput, :perByte, :sku, :serving)
                        on conflict (tenant_id, endpoint_id) do update
                        set version = excluded.version, project_id = excluded.project_id, model = excluded.model, shared = excluded.shared,
                            address = excluded.address, engine_key = excluded.engine_key, engine_key_version = excluded.engine_key_version,
                            engine = excluded.engine, served_model = excluded.served_model, tasks = excluded.tasks,
                            context_tokens = excluded.context_tokens, max_output_tokens = excluded.max_output_tokens,
                            max_tokens_per_byte = excluded.max_tokens_per_byte, sku = excluded.sku, serving = excluded.serving
                        where route.version < excluded.version and not route.withdrawn""")
                .param("tenant", tenant.value())
                .param("endpoint", endpoint.value())
                .param("version", route.version())
                .param("project", route.project().value())
                .param("model", route.model())
                .param("shared", route.shared())
                .param("address", route.address())
                .param("engineKey", engineKey.bytes())
                .param("engineKeyVersion", engineKey.version())
                .param("engine", route.engine())
                .param("servedModel", route.servedModel())
                .param("tasks", route.tasks().stream().map(Enum::name).toArray(String[]::new))
                .param("context", route.contextTokens())
                .param("maxOutput", route.maxOutputTokens())
                .param("perByte", route.maxTokensPerByte())
                .param("sku", route.sku())
                .param("serving", route.serving())
                .update();
    }

    /** What it was goes with it: an engine that is gone has no key worth keeping. */
    void withdraw(TenantId tenant, EndpointId endpoint, long version) {
        jdbc.sql("""
                        insert into quota.route (tenant_id, endpoint_id, version, withdrawn) values (:tenant, :endpoint, :version, true)
                        on conflict (tenant_id, endpoint_id) do update
                        set version = greatest(route.version, excluded.version), withdrawn = true, address = null, engine_key = null, engine_key_version = null""")
                .param("tenant", tenant.value())
                .param("endpoint", endpoint.value())
                .param("version", version)
                .update();
    }
}
