package dev.penstock.quota.grant;

import dev.penstock.contract.KeyId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.quota.access.Access;
import dev.penstock.quota.alias.Alias;
import dev.penstock.quota.alias.Aliases;
import dev.penstock.quota.apikey.Key;
import dev.penstock.quota.apikey.KeyScope;
import dev.penstock.quota.apikey.Keys;
import dev.penstock.quota.route.Route;
import dev.penstock.quota.route.Routes;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Who may call what. From memory, without waiting; every method throws {@link ProblemException} when a copy is too old to be trusted. */
@Component
public class Grants {

    private final Keys keys;
    private final Routes routes;
    private final Aliases aliases;
    private final Access access;

    Grants(Keys keys, Routes routes, Aliases aliases, Access access) {
        this.keys = keys;
        this.routes = routes;
        this.aliases = aliases;
        this.access = access;
    }

    /** Whether it should be asked as a key; otherwise it may be an access token, see {@link People}. */
    public boolean looksLikeKey(String presented) {
        return Keys.looksLikeOne(presented);
    }

    /** Empty also for a key whose project is gone. */
    public Optional<Holder> byKey(String presented) {
        return keys.find(presented)
                .filter(key -> access.exists(key.tenant(), key.project()) || access.exists(key.project()))
                .map(Grants::holder);
    }

    /** The key of the project by its id, and not as its holder: for asking what it could do. Empty for one that does not work now. */
    public Optional<Holder> byId(TenantId tenant, ProjectId project, KeyId id) {
        return keys.look(tenant, id).filter(key -> key.project().equals(project)).map(Grants::holder);
    }

    /** Somebody by their own sign-in, who may call for the project or ask what a call would become. */
    public Holder person(TenantId tenant, ProjectId project, String subject) {
        return new Holder(tenant, project, null, subject, null, KeyScope.ANY);
    }

    private static Holder holder(Key key) {
        return new Holder(key.tenant(), key.project(), key.id(), null, key.models(), key.scope());
    }

    /**
     * What the name stands for: a model of the project's own, else an alias, else a shared model. Empty for a name that stands for nothing, and for
     * one that the holder may not call: nobody can tell which. Of an alias' targets those are left out that the project may not call; a key that may
     * call the alias may call them by it.
     */
    public Optional<Callee> callee(Holder holder, String name) {
        if (!holder.mayCall(name)) {
            return Optional.empty();
        }
        Optional<Route> model = routes.find(holder.tenant(), holder.project(), name);
        Optional<Alias> alias = model.filter(route -> !route.shared()).isPresent() ? Optional.empty() : aliases.find(name);
        return alias.isPresent() ? ofAlias(holder, alias.get()) : model.map(route -> new Callee(null, List.of(new Callee.Target(route, 0, 1))));
    }

    private Optional<Callee> ofAlias(Holder holder, Alias alias) {
        List<Callee.Target> targets = alias.targets().stream()
                .flatMap(target -> routes.find(holder.tenant(), holder.project(), target.model()).stream()
                        .map(route -> new Callee.Target(route, target.tier(), target.weight())))
                .toList();
        return targets.isEmpty() ? Optional.empty() : Optional.of(new Callee(alias, targets));
    }

    /** Whether they still may, after it was located: what a project's data is may be declared anew while a call goes on. */
    public boolean mayCall(Holder holder, Route route) {
        return routes.mayCall(holder.tenant(), holder.project(), route);
    }

    /** All that the holder may call, by name: models and aliases. */
    public SortedMap<String, Callee> callees(Holder holder) {
        SortedMap<String, Callee> callees = new TreeMap<>();
        Stream.concat(routes.callableBy(holder.tenant(), holder.project()).stream().map(Route::model), aliases.all().stream().map(Alias::name))
                .distinct()
                .forEach(name -> callee(holder, name).ifPresent(callee -> callees.put(name, callee)));
        return callees;
    }
}
