package dev.penstock.platform.tenant;

import dev.penstock.contract.MoveId;
import dev.penstock.contract.Problem;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.audit.AuditEvent;
import dev.penstock.frame.audit.AuditLog;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.live.Changes;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.platform.access.Access;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** A project moves to another tenant, on record in both; quota-service is told, and takes it as one step. Why that is right: docs/decisions/022. */
@Component
class Moves {

    private final JobTransactions transactions;
    private final TenantStore store;
    private final MoveTable table;
    private final AuditLog audit;
    private final Changes changes;
    private final Access access;
    private final RegistryPublisher publisher;
    private final Clock clock;

    Moves(
            JobTransactions transactions, TenantStore store, MoveTable table, AuditLog audit, Changes changes, Access access, RegistryPublisher publisher,
            Clock clock) {
        this.transactions = transactions;
        this.store = store;
        this.table = table;
        this.audit = audit;
        this.changes = changes;
        this.access = access;
        this.publisher = publisher;
        this.clock = clock;
    }

    /** Repeating it changes nothing, also when the project has gone on since. */
    void move(TenantId from, ProjectId project, MoveId move, TenantId to) {
        if (from.equals(to)) {
            throw new ProblemException(Problem.INVALID_INPUT, "to: the project is there.");
        }
        Actor actor = access.actor();
        Instant now = clock.instant();
        transactions.amongTenants(Job.WEB, actor, () -> {
            // 1. Nobody changes either tenant meanwhile. In one order, or two moves could wait for each other.
            Stream.of(from, to).sorted(Comparator.comparing(TenantId::toString)).forEach(tenant -> {
                if (!transactions.inTenant(Job.WEB, actor, tenant, () -> table.lock(tenant))) {
                    throw tenant.equals(to) ? new ProblemException(Problem.INVALID_INPUT, "to: there is no such tenant.") : Access.notFound();
                }
            });
            // 2. It leaves, unless it did before, or has what cannot go with it.
            Optional<Leaving> leaving = transactions.inTenant(Job.WEB, actor, from, () -> leave(from, project, move, to, now));
            // 3. It joins.
            leaving.ifPresent(going -> transactions.inTenant(Job.WEB, actor, to, () -> join(from, project, move, to, going, now)));
            return true;
        });
        access.changed();
        publisher.wake();
    }

    private Optional<Leaving> leave(TenantId from, ProjectId project, MoveId move, TenantId to, Instant now) {
        Optional<MoveTable.Known> before = table.find(from, move);
        if (before.isPresent()) {
            if (!before.get().equals(new MoveTable.Known(project, to))) {
                throw new ProblemException(Problem.EXISTS_BUT_DIFFERENT, "A move with this id was made before, of another project or to another tenant.");
            }
            return Optional.empty();
        }
        table.lock(from, project);
        Tenant tenant = store.find(from).orElseThrow();
        Leaving leaving = tenant.leave(project, now);
        requireOthersTold(tenant, move);
        requireNothingHeld(from, project);
        table.insert(move, project, from, to, access.actor().name(), now);
        record("project.leave", from, project, leaving, new Told(move, from, to));
        return Optional.of(leaving);
    }

    private boolean join(TenantId from, ProjectId project, MoveId move, TenantId to, Leaving leaving, Instant now) {
        Tenant tenant = store.find(to).orElseThrow();
        requireOthersTold(tenant, move);
        tenant.join(project, leaving, now);
        store.save();
        tenant.add(leaving);
        record("project.join", to, project, leaving, new Told(move, from, to));
        return true;
    }

    /** Each is told with both tenants as they then are; were there two, the first would tell of the second what is not done yet. */
    private void requireOthersTold(Tenant tenant, MoveId move) {
        if (table.isUntold(tenant.id(), move)) {
            throw new ProblemException(Problem.WRONG_STATE,
                    "A project that left " + tenant.title() + " or came to it is still being told to quota-service; try again in a moment.");
        }
    }

    private void requireNothingHeld(TenantId tenant, ProjectId project) {
        List<String> held = table.held(tenant, project);
        if (!held.isEmpty()) {
            throw new ProblemException(Problem.WRONG_STATE,
                    "The project has " + String.join(", ", held) + ". Release its slices, delete its endpoints and decide its requests first.").with("held", held);
        }
    }

    private void record(String action, TenantId tenant, ProjectId project, Leaving leaving, Told told) {
        store.save();
        audit.append(new AuditEvent(action, "project", project.toString(), leaving.project().name(), project, null, null, told));
        changes.tell("tenant", tenant, null, tenant.toString(), null);
    }

    /** How the trail keeps it. */
    private record Told(MoveId move, TenantId from, TenantId to) {}
}
