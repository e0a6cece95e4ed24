package dev.penstock.quota.route;

import static dev.penstock.frame.jobs.Required.text;
import static dev.penstock.frame.jobs.Required.uuid;

import dev.penstock.contract.EndpointId;
import dev.penstock.contract.ModelTask;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.jobs.Timestamps;
import dev.penstock.frame.secret.Sealed;
import dev.penstock.frame.secret.Sealing;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The statements behind the copy. */
@Component
class RouteCopyTable {

    private static final Logger log = LoggerFactory.getLogger(RouteCopyTable.class);
    private static final Actor READER = Actor.system("routes");

    private final JobTransactions transactions;
    private final JdbcClient jdbc;
    private final EngineKeys engineKeys;

    RouteCopyTable(JobTransactions transactions, JdbcClient jdbc, EngineKeys engineKeys) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.engineKeys = engineKeys;
    }

    /**
     * All routes that are not withdrawn. If nothing moved, {@code known} itself: versions only grow, and a route leaves only by being
     * withdrawn, so count and sum of those that are left tell, in whatever order transactions commit.
     */
    Map<RouteKey, Route> read(Map<RouteKey, Route> known) {
        return transactions.acrossTenants(Job.SNAPSHOT, READER, () -> {
            Moved moved = jdbc.sql("select count(*) as routes, coalesce(sum(version), 0) as versions from quota.route where not withdrawn")
                    .query((row, number) -> new Moved(row.getLong("routes"), row.getLong("versions")))
                    .single();
            return !known.isEmpty() && moved.equals(Moved.of(known)) ? known : all(known);
        });
    }

    private record Moved(long routes, long versions) {

        static Moved of(Map<RouteKey, Route> known) {
            return new Moved(known.size(), known.values().stream().mapToLong(Route::version).sum());
        }
    }

    private Map<RouteKey, Route> all(Map<RouteKey, Route> known) {
        return jdbc.sql("select * from quota.route where not withdrawn")
                .query((row, number) -> route(row, known))
                .stream()
                .collect(Collectors.toUnmodifiableMap(route -> new RouteKey(route.holder(), route.endpoint()), route -> route));
    }

    private Route route(ResultSet row, Map<RouteKey, Route> known) throws SQLException {
        EndpointId endpoint = new EndpointId(uuid(row, "endpoint_id"));
        TenantId tenant = new TenantId(uuid(row, "tenant_id"));
        long version = row.getLong("version");
        Route before = known.get(new RouteKey(tenant, endpoint));
        if (before != null && before.version() == version) {
            return before;
        }
        return new Route(
                tenant, endpoint, version, new ProjectId(uuid(row, "project_id")), text(row, "model"), row.getBoolean("shared"),
                URI.create(text(row, "address")), engineKey(row, tenant, endpoint), text(row, "engine"), text(row, "served_model"), tasks(row),
                row.getLong("context_tokens"), row.getLong("max_output_tokens"), row.getObject("max_tokens_per_byte", Integer.class), text(row, "sku"),
                row.getBoolean("serving"), Timestamps.read(row, "created_at"), null);
    }

    /** One that cannot be opened stops its endpoint, not the others. */
    private @Nullable String engineKey(ResultSet row, TenantId tenant, EndpointId endpoint) throws SQLException {
        try {
            return engineKeys.open(tenant, endpoint, new Sealed(row.getInt("engine_key_version"), Objects.requireNonNull(row.getBytes("engine_key"))));
        } catch (Sealing.CannotOpen e) {
            log.error("nothing can be forwarded to an endpoint: {}", e.getMessage());
            return null;
        }
    }

    private static Set<ModelTask> tasks(ResultSet row) throws SQLException {
        return Arrays.stream((String[]) row.getArray("tasks").getArray()).map(ModelTask::valueOf).collect(Collectors.toUnmodifiableSet());
    }
}
