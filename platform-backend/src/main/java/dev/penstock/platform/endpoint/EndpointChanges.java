package dev.penstock.platform.endpoint;

import dev.penstock.contract.Problem;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.EndpointSpec;
import dev.penstock.contract.platform.RequestPreview;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.platform.access.Access;
import dev.penstock.platform.request.Considered;
import dev.penstock.platform.request.Requests;
import dev.penstock.platform.slice.Slices;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;

/**
 * What people do with endpoints. Each verb and what it asks of a slice or gives back are one transaction, so an endpoint is never without
 * the request that its start made, nor is a slice held for one that is not wanted.
 */
@Component
class EndpointChanges {

    private final JobTransactions transactions;
    private final EndpointStore store;
    private final EndpointTrail trail;
    private final Servable servable;
    private final EndpointRights rights;
    private final Access access;
    private final Requests requests;
    private final Slices slices;
    private final Clock clock;

    EndpointChanges(
            JobTransactions transactions,
            EndpointStore store,
            EndpointTrail trail,
            Servable servable,
            EndpointRights rights,
            Access access,
            Requests requests,
            Slices slices,
            Clock clock) {
        this.transactions = transactions;
        this.store = store;
        this.trail = trail;
        this.servable = servable;
        this.rights = rights;
        this.access = access;
        this.requests = requests;
        this.slices = slices;
        this.clock = clock;
    }

    RequestPreview preview(TenantId tenant, ProjectId project, EndpointSpec spec) {
        rights.requireMayMake(tenant, project, spec.shared());
        Terms terms = new Terms(project, spec, access.actor().name(), clock.instant());
        return servable.preview(spec, requests.preview(tenant, project, terms.slice()));
    }

    void create(EndpointKey key, ProjectId project, EndpointSpec spec) {
        rights.requireMayMake(key.tenant(), project, spec.shared());
        Endpoint endpoint = Endpoint.made(key, new Terms(project, spec, access.actor().name(), clock.instant()));
        // 1. Asked before? Then the first result stands, whatever policy says today.
        if (!isRepeated(endpoint)) {
            // 2. Does it fit?
            servable.requireFits(spec);
            // 3. What does policy say? Asks quota-service, so it is done before the transaction.
            Considered considered = considered(endpoint);
            // 4. Record it, with the request for its slice.
            insert(endpoint, considered);
        }
        // 5. Nobody else has to agree? A transaction of its own, since its actor is policy. After a crash in between a timer does it.
        requests.approveByPolicy(key.tenant(), endpoint.request());
    }

    void start(EndpointKey key) {
        Endpoint before = operable(key);
        if (before.started(access.actor().name(), clock.instant()) != null) {
            servable.requireFits(before.terms().spec());
            Considered considered = considered(before);
            change(key, "start", "Started", fresh -> {
                Endpoint started = fresh.started(access.actor().name(), clock.instant());
                if (started != null) {
                    requests.ask(considered, started.request(), servable.serving(started));
                }
                return started;
            });
        }
        requests.approveByPolicy(key.tenant(), web(key.tenant(), () -> store.find(key).orElseThrow(Access::notFound)).request());
    }

    void stop(EndpointKey key) {
        operable(key);
        change(key, "stop", "Stopped", fresh -> givenBack(fresh.stopped(clock.instant())));
    }

    void delete(EndpointKey key) {
        operable(key);
        change(key, "delete", "Deleted", fresh -> givenBack(fresh.deleted(clock.instant())));
    }

    private @Nullable Endpoint givenBack(@Nullable Endpoint after) {
        if (after != null) {
            requests.withdraw(after.key().tenant(), after.request());
            slices.release(after.slice());
        }
        return after;
    }

    private Considered considered(Endpoint endpoint) {
        Considered considered = requests.consider(endpoint.key().tenant(), endpoint.terms().project(), endpoint.terms().slice());
        considered.requireGrantable();
        return considered;
    }

    private void insert(Endpoint endpoint, Considered considered) {
        EndpointSpec spec = endpoint.terms().spec();
        try {
            web(endpoint.key().tenant(), () -> {
                if (store.isNameInUse(endpoint.key().tenant(), endpoint.terms().project(), spec.name(), spec.shared())) {
                    throw nameTaken(spec, null);
                }
                requests.ask(considered, endpoint.request(), servable.serving(endpoint));
                store.insert(endpoint);
                store.event(endpoint.key(), endpoint.since(), endpoint.state(), "Asked for by " + endpoint.startedBy() + ".");
                trail.record("create", null, endpoint);
                return true;
            });
        } catch (OptimisticLockingFailureException | DuplicateKeyException e) {
            // The same at the same moment, as by a double click: the other one made it.
            if (!isRepeated(endpoint)) {
                throw nameTaken(spec, e);
            }
        }
    }

    private boolean isRepeated(Endpoint endpoint) {
        Terms terms = endpoint.terms();
        Optional<Boolean> same = web(endpoint.key().tenant(), () ->
                store.find(endpoint.key()).map(known -> known.terms().sameAs(terms.project(), terms.spec(), terms.createdBy())));
        if (same.isPresent() && !same.get()) {
            throw new ProblemException(Problem.EXISTS_BUT_DIFFERENT, "An endpoint with this id exists and is something else.");
        }
        return same.isPresent();
    }

    private Endpoint operable(EndpointKey key) {
        access.requireSees(key.tenant(), null);
        Endpoint endpoint = web(key.tenant(), () -> store.find(key).orElseThrow(Access::notFound));
        rights.requireMayChange(endpoint);
        return endpoint;
    }

    /**
     * @param word what the trail calls it
     * @param done what the timeline calls it
     * @param verb null: nothing changes
     */
    private void change(EndpointKey key, String word, String done, Function<Endpoint, @Nullable Endpoint> verb) {
        web(key.tenant(), () -> {
            Endpoint before = store.lock(key).orElseThrow(Access::notFound);
            Endpoint after = verb.apply(before);
            if (after != null) {
                store.want(after);
                store.event(key, after.since(), after.state(), done + " by " + access.actor().name() + ".");
                trail.record(word, before, after);
            }
            return true;
        });
    }

    private static ProblemException nameTaken(EndpointSpec spec, @Nullable Exception cause) {
        String detail = "An endpoint is called " + spec.name() + " already.";
        ProblemException problem = cause == null ? new ProblemException(Problem.NAME_TAKEN, detail) : new ProblemException(Problem.NAME_TAKEN, detail, cause);
        return problem.with("name", spec.name());
    }

    private <T> T web(TenantId tenant, Supplier<T> work) {
        return transactions.inTenant(Job.WEB, access.actor(), tenant, work);
    }
}
