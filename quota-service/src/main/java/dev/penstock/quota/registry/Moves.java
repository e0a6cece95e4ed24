package dev.penstock.quota.registry;

import dev.penstock.contract.MoveId;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.audit.AuditEvent;
import dev.penstock.frame.audit.AuditLog;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.jobs.UuidOrder;
import dev.penstock.frame.live.Changes;
import dev.penstock.quota.access.Access;
import dev.penstock.quota.admission.CallLimits;
import dev.penstock.quota.reservation.LimitUse;
import dev.penstock.quota.reservation.TenantLock;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** A project moves to another tenant: one transaction, at whose end its calls are the other's. Why no limit is passed: docs/decisions/022. */
@Component
class Moves {

    private final JobTransactions transactions;
    private final TenantLock lock;
    private final Registry registry;
    private final MoveTable table;
    private final LimitUse use;
    private final CallLimits calls;
    private final Access access;
    private final AuditLog audit;
    private final Changes changes;

    Moves(
            JobTransactions transactions, TenantLock lock, Registry registry, MoveTable table, LimitUse use, CallLimits calls, Access access, AuditLog audit,
            Changes changes) {
        this.transactions = transactions;
        this.lock = lock;
        this.registry = registry;
        this.table = table;
        this.use = use;
        this.calls = calls;
        this.access = access;
        this.audit = audit;
        this.changes = changes;
    }

    void take(Actor actor, MoveId id, Move move) {
        transactions.amongTenants(Job.RESERVE, actor, () -> {
            // 1. Nobody sets a limit of either, counts, admits or settles meanwhile. In one order, or two moves could wait for each other.
            Stream.of(move.from(), move.to()).sorted(Comparator.comparing(TenantId::value, UuidOrder.AS_DATABASE)).forEach(lock::take);
            // 2. The project is gone from the one, so that no key is made there any more, and is in the other.
            transactions.inTenant(Job.RESERVE, actor, move.from(), () -> registry.put(actor, move.from(), move.left()));
            transactions.inTenant(Job.RESERVE, actor, move.to(), () -> registry.put(actor, move.to(), move.joined()));
            // 3. Its keys and limits follow, once; what was declared of its data ends.
            Optional<Instant> moved = transactions.inTenant(Job.RESERVE, actor, move.from(), () -> table.move(id, move));
            moved.ifPresent(at -> record(actor, id, move, at));
            return true;
        });
        calls.openPresent(actor, move.from());
        calls.openPresent(actor, move.to());
        access.changed();
    }

    /** In both tenants. */
    private void record(Actor actor, MoveId id, Move move, Instant at) {
        transactions.inTenant(Job.RESERVE, actor, move.from(), () -> {
            tell(new Told(id, move.from(), move.to(), at), "project.leave", move.from(), move);
            return true;
        });
        transactions.inTenant(Job.RESERVE, actor, move.to(), () -> {
            use.openPresent(actor, move.to());
            tell(new Told(id, move.from(), move.to(), at), "project.join", move.to(), move);
            return true;
        });
    }

    private void tell(Told told, String action, TenantId tenant, Move move) {
        audit.append(new AuditEvent(action, "project", move.project().toString(), move.name(), move.project(), null, null, told));
        changes.tell("limit", tenant, move.project(), move.project().toString(), null);
        changes.tell("key", tenant, move.project(), move.project().toString(), null);
        changes.tell("data-class", tenant, move.project(), move.project().toString(), null);
    }

    /** How the trail keeps it. */
    private record Told(MoveId move, TenantId from, TenantId to, Instant at) {}
}
