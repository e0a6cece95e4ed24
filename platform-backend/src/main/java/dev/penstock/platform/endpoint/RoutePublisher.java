package dev.penstock.platform.endpoint;

import dev.penstock.contract.platform.EndpointSpec;
import dev.penstock.contract.platform.EndpointState;
import dev.penstock.contract.quota.RouteRegistration;
import dev.penstock.contract.quota.RoutesApi;
import dev.penstock.frame.BackgroundWork;
import dev.penstock.frame.Rhythm;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.live.LiveFeed;
import dev.penstock.frame.outbox.Outbox;
import dev.penstock.platform.catalog.Model;
import dev.penstock.platform.catalog.Models;
import dev.penstock.platform.provisioning.Engines;
import dev.penstock.platform.provisioning.Engines.Engine;
import dev.penstock.platform.slice.Serving;
import dev.penstock.platform.slice.Slices;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tells quota-service where models are served: when one can be called, when it cannot be any more, and when it is gone for good. The engine's
 * key is read from the cluster each time and kept nowhere here.
 */
@Component
class RoutePublisher implements BackgroundWork {

    private static final Outbox.About ABOUT = new Outbox.About("route-publisher", "penstock.routes", "routes");
    private static final Actor PUBLISHER = Actor.system("route-publisher");

    /** Where an endpoint is that answers nothing: nowhere, by a name that is reserved for that. */
    private static final Engine NONE = new Engine("http://nowhere.invalid:8000", "none");

    private final JobTransactions transactions;
    private final JdbcClient jdbc;
    private final EndpointStore store;
    private final Slices slices;
    private final Models models;
    private final Engines engines;
    private final RoutesApi routes;
    private final Outbox<EndpointKey> outbox;

    RoutePublisher(
            JobTransactions transactions,
            JdbcClient jdbc,
            EndpointStore store,
            Slices slices,
            Models models,
            Engines engines,
            RoutesApi routes,
            EndpointSettings settings,
            Clock clock,
            LiveFeed feed,
            MeterRegistry metrics) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.store = store;
        this.slices = slices;
        this.models = models;
        this.engines = engines;
        this.routes = routes;
        this.outbox = new Outbox<>(ABOUT, this::unconfirmed, this::publish, settings.poll(), settings.backOff(), clock, feed, metrics);
    }

    @Override
    public Rhythm rhythm() {
        return outbox.rhythm();
    }

    private List<EndpointKey> unconfirmed() {
        return transactions.acrossTenants(Job.RECONCILE, PUBLISHER, () -> jdbc.sql(
                        "select e.tenant_id, e.id from platform.endpoint e where e.route_published < e.route_version order by e.since, e.id")
                .query((row, number) -> EndpointRow.key(row))
                .list());
    }

    private void publish(EndpointKey key) {
        Endpoint endpoint = in(key, () -> store.find(key).orElseThrow());
        if (endpoint.state() == EndpointState.DELETED) {
            routes.withdraw(key.tenant(), key.endpoint(), endpoint.routeVersion());
        } else {
            routes.publish(key.tenant(), key.endpoint(), route(endpoint));
        }
        confirm(key, endpoint.routeVersion());
    }

    private RouteRegistration route(Endpoint endpoint) {
        EndpointSpec spec = endpoint.terms().spec();
        Model model = models.find(spec.model()).orElseThrow(() -> new IllegalStateException("the model " + spec.model() + " is in no catalogue any more"));
        String callName = endpoint.callName(in(endpoint.key(), () -> store.projectName(endpoint.key())));
        Engine engine = endpoint.serving() ? engine(endpoint) : NONE;
        return new RouteRegistration(
                endpoint.routeVersion(), endpoint.terms().project(), callName, spec.shared(), engine.address(), engine.key(), model.engine(), servedName(endpoint),
                model.tasks(), spec.contextTokens(), Math.min(model.maxOutputTokens(), spec.contextTokens()), model.maxTokensPerByte(), model.id(),
                endpoint.serving());
    }

    private Engine engine(Endpoint endpoint) {
        return engines.find(endpoint.slice(), endpoint.terms().project())
                .orElseThrow(() -> new IllegalStateException("the cluster knows no service of slice " + endpoint.slice().slice()));
    }

    /** As its engine was told; the project may have been renamed since. */
    private String servedName(Endpoint endpoint) {
        return in(endpoint.key(), () -> slices.find(endpoint.slice())
                .map(slice -> slice.approved().serving())
                .map(Serving::servedName)
                .orElse(endpoint.terms().spec().name()));
    }

    private <T> T in(EndpointKey key, Supplier<T> work) {
        return transactions.inTenant(Job.RECONCILE, PUBLISHER, key.tenant(), work);
    }

    private void confirm(EndpointKey key, long version) {
        in(key, () -> jdbc.sql("""
                        update platform.endpoint set route_published = greatest(route_published, :version)
                         where tenant_id = :tenant and id = :id""")
                .param("version", version)
                .param("tenant", key.tenant().value())
                .param("id", key.endpoint().value())
                .update());
    }
}
