package dev.penstock.quota.route;

import dev.penstock.contract.EndpointId;
import dev.penstock.contract.ModelTask;
import dev.penstock.contract.Problem;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.RouteRegistration;
import dev.penstock.frame.audit.AuditEvent;
import dev.penstock.frame.audit.AuditLog;
import dev.penstock.frame.copy.TableCopy;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.live.Changes;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.quota.access.Access;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/** Takes what platform-backend tells of an endpoint, if it is news. */
@Component
class Publishing {

    private final JobTransactions transactions;
    private final RouteTable table;
    private final TableCopy<RouteKey, Route> copy;
    private final EngineKeys engineKeys;
    private final Access access;
    private final AuditLog audit;
    private final Changes changes;

    Publishing(
            JobTransactions transactions, RouteTable table, TableCopy<RouteKey, Route> copy, EngineKeys engineKeys, Access access, AuditLog audit,
            Changes changes) {
        this.transactions = transactions;
        this.table = table;
        this.copy = copy;
        this.engineKeys = engineKeys;
        this.access = access;
        this.audit = audit;
        this.changes = changes;
    }

    /** @throws ProblemException {@code not_found} for a project that is not registered, {@code name_taken} */
    void publish(Actor actor, TenantId tenant, EndpointId endpoint, Publication publication) {
        RouteRegistration route = publication.told();
        if (!access.exists(tenant, route.project())) {
            throw Access.notFound();
        }
        boolean news;
        try {
            news = transactions.inTenant(Job.RESERVE, actor, tenant, () -> put(tenant, endpoint, route));
        } catch (DuplicateKeyException e) {
            throw new ProblemException(Problem.NAME_TAKEN, "Another endpoint of the project is called " + route.model() + ".");
        }
        if (news) {
            copy.refreshAfterChange();
        }
    }

    void withdraw(Actor actor, TenantId tenant, EndpointId endpoint, long version) {
        boolean news = transactions.inTenant(Job.RESERVE, actor, tenant, () -> {
            Optional<RouteTable.Known> known = table.lock(tenant, endpoint);
            if (known.isPresent() && known.get().withdrawn()) {
                return false;
            }
            table.withdraw(tenant, endpoint, version);
            audit.append(new AuditEvent(
                    "route.withdraw", "route", endpoint.toString(), known.map(RouteTable.Known::model).orElse(null),
                    known.map(RouteTable.Known::project).orElse(null), null, null, null));
            changes.tell("route", tenant, known.map(RouteTable.Known::project).orElse(null), endpoint.toString(), "WITHDRAWN");
            return true;
        });
        if (news) {
            copy.refreshAfterChange();
        }
    }

    private boolean put(TenantId tenant, EndpointId endpoint, RouteRegistration route) {
        Optional<RouteTable.Known> known = table.lock(tenant, endpoint);
        if (known.isPresent() && (known.get().withdrawn() || known.get().version() >= route.version())) {
            return false;
        }
        table.put(tenant, endpoint, route, engineKeys.seal(tenant, endpoint, route.engineKey()));
        audit.append(new AuditEvent("route.publish", "route", endpoint.toString(), route.model(), route.project(), null, null, Entry.of(route)));
        changes.tell("route", tenant, route.project(), endpoint.toString(), route.serving() ? "SERVING" : "STOPPED");
        return true;
    }

    /** How the trail keeps a route: all but the engine's key. */
    private record Entry(
            long version, boolean shared, String address, String engine, String servedModel, List<ModelTask> tasks, long contextTokens, long maxOutputTokens,
            @Nullable Integer maxTokensPerByte, String sku, boolean serving) {

        static Entry of(RouteRegistration route) {
            return new Entry(
                    route.version(), route.shared(), route.address(), route.engine(), route.servedModel(), route.tasks(), route.contextTokens(),
                    route.maxOutputTokens(), route.maxTokensPerByte(), route.sku(), route.serving());
        }
    }
}
