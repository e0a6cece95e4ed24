package dev.penstock.quota.upstream;

import dev.penstock.contract.Problem;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.DataClass;
import dev.penstock.contract.quota.DataClassSpec;
import dev.penstock.contract.quota.DataClassView;
import dev.penstock.frame.audit.AuditEvent;
import dev.penstock.frame.audit.AuditLog;
import dev.penstock.frame.copy.TableCopy;
import dev.penstock.frame.copy.Versioned;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.live.Changes;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.quota.access.Reach;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Declares of which class a project's data is, on record with what was declared before. */
@Component
class DataClasses {

    /** Which project. */
    record Place(TenantId tenant, ProjectId project) {}

    /**
     * What was declared last.
     *
     * @param dataClass null: it ended when the project moved
     */
    record Declared(long version, @Nullable DataClass dataClass) implements Versioned {}

    private final JobTransactions transactions;
    private final DataClassTable table;
    private final TableCopy<Place, Declared> copy;
    private final AuditLog audit;
    private final Changes changes;
    private final Clock clock;

    DataClasses(JobTransactions transactions, DataClassTable table, TableCopy<Place, Declared> copy, AuditLog audit, Changes changes, Clock clock) {
        this.transactions = transactions;
        this.table = table;
        this.copy = copy;
        this.audit = audit;
        this.changes = changes;
        this.clock = clock;
    }

    /** From memory; empty: nobody declared one since the project came to the tenant. */
    Optional<DataClass> of(TenantId tenant, ProjectId project) {
        Declared declared = copy.current().get(new Place(tenant, project));
        return declared == null ? Optional.empty() : Optional.ofNullable(declared.dataClass());
    }

    List<DataClassView> list(Actor reader, TenantId tenant, Reach reach) {
        return transactions.inTenant(Job.WEB, reader, tenant, () -> table.last(tenant)).stream().filter(view -> reach.covers(view.project())).toList();
    }

    /** @throws ProblemException {@code changed_meanwhile}; the same again declares nothing */
    DataClassView declare(Actor maker, TenantId tenant, ProjectId project, int version, DataClassSpec spec) {
        DataClassView declared = transactions.inTenant(Job.WEB, maker, tenant, () -> {
            table.lock(tenant, project);
            DataClassView last = table.last(tenant).stream().filter(view -> view.project().equals(project)).findFirst().orElseThrow();
            return last.version() == version && last.dataClass() == spec.dataClass() ? last : next(maker, tenant, last, version, spec);
        });
        copy.refreshAfterChange();
        return declared;
    }

    private DataClassView next(Actor maker, TenantId tenant, DataClassView last, int version, DataClassSpec spec) {
        if (version != last.version() + 1) {
            throw new ProblemException(Problem.CHANGED_MEANWHILE, "The next version is " + (last.version() + 1) + ", not " + version + "; nothing was saved.")
                    .with("expected", last.version() + 1);
        }
        Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        DataClassView next = new DataClassView(last.project(), last.projectName(), version, spec.dataClass(), maker.name(), at, spec.reason());
        table.insert(tenant, next);
        audit.append(new AuditEvent(
                "data-class.declare", "project", last.project().toString(), last.projectName(), last.project(), spec.reason(), Entry.of(last), Entry.of(next)));
        changes.tell("data-class", tenant, last.project(), last.project().toString(), spec.dataClass().name());
        return next;
    }

    /** How the trail keeps it. */
    private record Entry(int version, @Nullable DataClass dataClass) {

        static Entry of(DataClassView view) {
            return new Entry(view.version(), view.dataClass());
        }
    }
}
