package dev.penstock.quota.route;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.copy.TableCopy;
import dev.penstock.frame.jobs.UuidOrder;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.quota.upstream.Upstream;
import dev.penstock.quota.upstream.Upstreams;
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
            .thenComparing(route -> route.holder().value(), UuidOrder.AS_DATABASE);

    private final TableCopy<RouteKey, Route> copy;
    private final Upstreams upstreams;
    private volatile Index index = Index.of(Map.of(), Map.of());

    Routes(TableCopy<RouteKey, Route> copy, Upstreams upstreams) {
        this.copy = copy;
        this.upstreams = upstreams;
    }

    /**
     * The model of this name among what the project may call: its own endpoints come before shared ones, and these before what is outside of the house. A model
     * exists only for projects whose data may go there.
     *
     * @throws ProblemException when a copy is too old to be trusted
     */
    public Optional<Route> find(TenantId tenant, ProjectId project, String model) {
        Index now = index();
        Route inside = now.dedicated().getOrDefault(new Place(tenant, project), Map.of()).getOrDefault(model, now.shared().get(model));
        return Optional.ofNullable(inside == null ? now.outside().get(model) : inside).filter(route -> mayCall(tenant, project, route));
    }

    /** All that the project may call, by name. */
    public List<Route> callableBy(TenantId tenant, ProjectId project) {
        Index now = index();
        TreeMap<String, Route> callable = new TreeMap<>();
        now.outside().values().forEach(route -> callable.put(route.model(), route));
        callable.putAll(now.shared());
        callable.putAll(now.dedicated().getOrDefault(new Place(tenant, project), Map.of()));
        return callable.values().stream().filter(route -> mayCall(tenant, project, route)).toList();
    }

    /** Whether the project's data may be given to the model where it is, as both are declared now. */
    public boolean mayCall(TenantId tenant, ProjectId project, Route route) {
        Upstream upstream = route.upstream();
        return upstream == null
                ? upstreams.mayBeGiven(tenant, project, route.holder(), route.endpoint())
                : upstreams.mayLeave(tenant, project, upstream, route.model());
    }

    /**
     * Whether a model of this name can be called by the project.
     *
     * @param project null: by any of the tenant's
     * @throws ProblemException when the copy of routes is too old to be trusted
     */
    public boolean isCalled(TenantId tenant, @Nullable ProjectId project, String model) {
        Index now = index();
        return now.shared().containsKey(model) || now.outside().containsKey(model) || now.dedicated().entrySet().stream()
                .filter(entry -> entry.getKey().tenant().equals(tenant) && (project == null || entry.getKey().project().equals(project)))
                .anyMatch(entry -> entry.getValue().containsKey(model));
    }

    /** Whether anybody's endpoint, or an upstream, answers to this name, serving now or not. */
    public boolean exists(String model) {
        return index().outside().containsKey(model) || copy.current().values().stream().anyMatch(route -> route.model().equals(model));
    }

    /** All engines of ours that answer now, of all tenants. */
    public List<Route> serving() {
        return copy.current().values().stream().filter(Route::serving).sorted(BY_ENDPOINT).toList();
    }

    /** A copy is replaced by another object only when something moved. */
    @SuppressWarnings("ReferenceEquality")
    private Index index() {
        Map<RouteKey, Route> routes = copy.current();
        Map<String, Upstream> outside = upstreams.all();
        Index now = index;
        if (now.of() != routes || now.ofOutside() != outside) {
            now = Index.of(routes, outside);
            index = now;
        }
        return now;
    }

    private record Place(TenantId tenant, ProjectId project) {}

    private record Index(
            Map<RouteKey, Route> of, Map<String, Upstream> ofOutside, Map<String, Route> shared, Map<Place, Map<String, Route>> dedicated, Map<String, Route> outside) {

        /** Where two shared endpoints have one name, which nobody should publish, the choice is at least always the same. */
        static Index of(Map<RouteKey, Route> routes, Map<String, Upstream> upstreams) {
            Map<String, Route> shared = new HashMap<>();
            Map<Place, Map<String, Route>> dedicated = new HashMap<>();
            Map<String, Route> outside = new HashMap<>();
            routes.values().stream().sorted(BY_ENDPOINT).forEach(route -> {
                Map<String, Route> names = route.shared()
                        ? shared
                        : dedicated.computeIfAbsent(new Place(route.holder(), route.holdingProject()), place -> new HashMap<>());
                names.putIfAbsent(route.model(), route);
            });
            upstreams.values().forEach(upstream -> upstream.models().forEach(model -> outside.put(model.name(), Route.of(upstream, model))));
            return new Index(routes, upstreams, shared, dedicated, outside);
        }
    }
}
