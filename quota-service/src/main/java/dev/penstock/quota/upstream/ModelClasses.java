package dev.penstock.quota.upstream;

import dev.penstock.contract.EndpointId;
import dev.penstock.contract.Problem;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.DataClass;
import dev.penstock.contract.quota.DataClassSpec;
import dev.penstock.contract.quota.ModelClassView;
import dev.penstock.frame.audit.AuditEvent;
import dev.penstock.frame.audit.AuditLog;
import dev.penstock.frame.copy.TableCopy;
import dev.penstock.frame.copy.Versioned;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.live.Changes;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.quota.access.Access;
import dev.penstock.quota.access.Reach;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Declares what data models of our own are given, on record with what was declared before. */
@Component
class ModelClasses {

    /** Which model: that of an endpoint, and whose that is. */
    record Place(TenantId tenant, EndpointId endpoint) {}

    /** What was declared last. */
    record Declared(long version, DataClass takes) implements Versioned {

        /** @param data empty: nobody said of which class they are, so they may be of any */
        boolean mayBeGiven(Optional<DataClass> data) {
            return takes.covers(data.orElse(DataClass.RESTRICTED));
        }
    }

    private final JobTransactions transactions;
    private final ModelClassTable table;
    private final TableCopy<Place, Declared> copy;
    private final AuditLog audit;
    private final Changes changes;
    private final Clock clock;

    ModelClasses(JobTransactions transactions, ModelClassTable table, TableCopy<Place, Declared> copy, AuditLog audit, Changes changes, Clock clock) {
        this.transactions = transactions;
        this.table = table;
        this.copy = copy;
        this.audit = audit;
        this.changes = changes;
        this.clock = clock;
    }

    /** From memory. Empty: nobody declared anything, so it is given everything. */
    Optional<Declared> of(TenantId holder, EndpointId endpoint) {
        return Optional.ofNullable(copy.current().get(new Place(holder, endpoint)));
    }

    List<ModelClassView> list(Actor reader, TenantId tenant, Reach reach) {
        return transactions.inTenant(Job.WEB, reader, tenant, () -> table.last(tenant)).stream().filter(view -> reach.covers(view.project())).toList();
    }

    /** @throws ProblemException {@code not_found}, {@code changed_meanwhile}; the same again declares nothing */
    ModelClassView declare(Actor maker, TenantId tenant, EndpointId endpoint, int version, DataClassSpec spec) {
        ModelClassView declared = transactions.inTenant(Job.WEB, maker, tenant, () -> {
            table.lock(tenant, endpoint);
            ModelClassView last = table.last(tenant).stream().filter(view -> view.endpoint().equals(endpoint)).findFirst().orElseThrow(Access::notFound);
            return last.version() == version && last.takes() == spec.dataClass() ? last : next(maker, tenant, last, version, spec);
        });
        copy.refreshAfterChange();
        return declared;
    }

    private ModelClassView next(Actor maker, TenantId tenant, ModelClassView last, int version, DataClassSpec spec) {
        if (version != last.version() + 1) {
            throw new ProblemException(Problem.CHANGED_MEANWHILE, "The next version is " + (last.version() + 1) + ", not " + version + "; nothing was saved.")
                    .with("expected", last.version() + 1);
        }
        ModelClassView next = new ModelClassView(
                last.endpoint(), last.model(), last.project(), last.projectName(), version, spec.dataClass(), maker.name(), clock.instant().truncatedTo(ChronoUnit.MICROS),
                spec.reason());
        table.insert(tenant, next);
        audit.append(new AuditEvent(
                "model-class.declare", "endpoint", last.endpoint().toString(), last.model(), last.project(), spec.reason(), Entry.of(last), Entry.of(next)));
        changes.tell("model-class", tenant, last.project(), last.endpoint().toString(), spec.dataClass().name());
        return next;
    }

    /** How the trail keeps it. */
    private record Entry(int version, @Nullable DataClass takes) {

        static Entry of(ModelClassView view) {
            return new Entry(view.version(), view.takes());
        }
    }
}
