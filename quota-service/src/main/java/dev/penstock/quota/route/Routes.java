package dev.penstock.quota.route;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.copy.TableCopy;
import dev.penstock.frame.jobs.UuidOrder;
import dev.penstock.frame.problem.ProblemException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Where models are served, from memory: asked for every call. */
@Component
public class Routes {

    private static final Comparator<Route> BY_ENDPOINT = Comparator.<Route, UUID>comparing(route -> route.endpoint().value(), UuidOrder.AS_DATABASE)
            .thenComparing(route -> route.tenant().value(), UuidOrder.AS_DATABASE);

    private final TableCopy<RouteKey, Route> copy;
    private volatile Index index = Index.of(Map.of());

    Routes(TableCopy<RouteKey, Route> copy) {
        this.copy = copy;
    }

    /**
     * The model of this name among what the project may call: its own endpoints come before shared ones.
     *
     * @throws ProblemException when the copy of routes is too old to be trusted
     */
    public Optional<Route> find(TenantId tenant, ProjectId project, String model) {
        Index now = index();
        Route own = now.dedicated().getOrDefault(new Place(tenant, project), Map.of()).get(model);
        return Optional.ofNullable(own == null ? now.shared().get(model) : own);
    }

    /** All that the project may call, by name. */
    public List<Route> callableBy(TenantId tenant, ProjectId project) {
        Index now = index();
        TreeMap<String, Route> callable = new TreeMap<>(now.shared());
        callable.putAll(now.dedicated().getOrDefault(new Place(tenant, project), Map.of()));
        return List.copyOf(callable.values());
    }

    /**
     * Whether a model of this name can be called by the project.
     *
     * @param project null: by any of the tenant's
     * @throws ProblemException when the copy of routes is too old to be trusted
     */
    public boolean isCalled(TenantId tenant, @Nullable ProjectId project, String model) {
        Index now = index();
        return now.shared().containsKey(model) || now.dedicated().entrySet().stream()
                .filter(entry -> entry.getKey().tenant().equals(tenant) && (project == null || entry.getKey().project().equals(project)))
                .anyMatch(entry -> entry.getValue().containsKey(model));
    }

    /** All that answer now, of all tenants. */
    public List<Route> serving() {
        return copy.current().values().stream().filter(Route::serving).sorted(BY_ENDPOINT).toList();
    }

    /** The copy is replaced by another object only when something moved. */
    @SuppressWarnings("ReferenceEquality")
    private Index index() {
        Map<RouteKey, Route> routes = copy.current();
        Index now = index;
        if (now.of() != routes) {
            now = Index.of(routes);
            index = now;
        }
        return now;
    }

    private record Place(TenantId tenant, ProjectId project) {}

    private record Index(Map<RouteKey, Route> of, Map<String, Route> shared, Map<Place, Map<String, Route>> dedicated) {

        /** Where two shared endpoints have one name, which nobody should publish, the choice is at least always the same. */
        static Index of(Map<RouteKey, Route> routes) {
            Map<String, Route> shared = new HashMap<>();
            Map<Place, Map<String, Route>> dedicated = new HashMap<>();
            routes.values().stream().sorted(BY_ENDPOINT).forEach(route -> {
                Map<String, Route> names = route.shared()
                        ? shared
                        : dedicated.computeIfAbsent(new Place(route.tenant(), route.project()), place -> new HashMap<>());
                names.putIfAbsent(route.model(), route);
            });
            return new Index(routes, shared, dedicated);
        }
    }
}
