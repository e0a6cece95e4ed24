package dev.penstock.quota.grant;

import dev.penstock.frame.problem.ProblemException;
import dev.penstock.quota.access.Access;
import dev.penstock.quota.apikey.Keys;
import dev.penstock.quota.route.Route;
import dev.penstock.quota.route.Routes;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Who may call what. From memory, without waiting; every method throws {@link ProblemException} when a copy is too old to be trusted. */
@Component
public class Grants {

    private final Keys keys;
    private final Routes routes;
    private final Access access;

    Grants(Keys keys, Routes routes, Access access) {
        this.keys = keys;
        this.routes = routes;
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
                .map(key -> new Holder(key.tenant(), key.project(), key.id(), null, key.models()));
    }

    /** Empty for a model that does not exist, and for one that the holder may not call: nobody can tell which. */
    public Optional<Route> model(Holder holder, String name) {
        return holder.mayCall(name) ? routes.find(holder.tenant(), holder.project(), name) : Optional.empty();
    }

    /** All that the holder may call, by name. */
    public List<Route> models(Holder holder) {
        return routes.callableBy(holder.tenant(), holder.project()).stream().filter(route -> holder.mayCall(route.model())).toList();
    }
}
