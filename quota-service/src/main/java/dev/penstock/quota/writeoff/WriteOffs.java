package dev.penstock.quota.writeoff;

import dev.penstock.contract.Problem;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.WriteOffView;
import dev.penstock.contract.quota.WriteOffView.TenantLoss;
import dev.penstock.frame.audit.AuditEvent;
import dev.penstock.frame.audit.AuditLog;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.live.Changes;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.quota.journal.Step;
import dev.penstock.quota.journal.Steps;
import dev.penstock.quota.ledger.Account;
import dev.penstock.quota.ledger.Entry;
import dev.penstock.quota.ledger.Ledger;
import dev.penstock.quota.ledger.Transfer;
import dev.penstock.quota.ledger.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Declares replicas gone for good, and takes that back when their journals turn up.
 *
 * <pre>
 * declared         its last life ends; what its calls can have cost is our loss; nobody waits for its word any more
 * periods end      what it held of them is counted no longer; the loss stays
 * journal read     its calls are settled as it tells, what it held is returned, and then the loss is taken back
 * </pre>
 */
@Component
public class WriteOffs {

    private static final Actor ACTOR = Actor.system("write-off");

    /** @param made false: it had been declared before */
    private record Declared(WriteOffView view, boolean made) {}

    private final JobTransactions transactions;
    private final LeftTable left;
    private final HeldTable held;
    private final WriteOffTable table;
    private final Ledger ledger;
    private final AuditLog audit;
    private final Changes changes;
    private final Steps steps;
    private final WriteOffSettings settings;
    private final WriteOffMetrics metrics;

    WriteOffs(
            JobTransactions transactions, LeftTable left, HeldTable held, WriteOffTable table, Ledger ledger, AuditLog audit, Changes changes, Steps steps,
            WriteOffSettings settings, WriteOffMetrics metrics) {
        this.transactions = transactions;
        this.left = left;
        this.held = held;
        this.table = table;
        this.ledger = ledger;
        this.audit = audit;
        this.changes = changes;
        this.steps = steps;
        this.settings = settings;
        this.metrics = metrics;
    }

    /** @throws ProblemException {@code not_found} or {@code wrong_state}; the same again makes nothing and leaves no second entry in the trail */
    WriteOffView declare(Actor by, String replica, UUID journal, String reason) {
        Declared declared = transactions.amongTenants(Job.SETTLE, by, () -> {
            // 1. Whoever finds the journal or starts by that name meanwhile waits, and finds what is done here.
            steps.at(Step.WRITE_OFF_LOCK);
            table.lock(journal);
            Left found = locked(replica, journal);
            WriteOff inForce = found.writtenOff();
            if (inForce != null && inForce.epoch() == found.epoch()) {
                return new Declared(view(by, inForce), false);
            }
            requireUnheard(found);
            if (inForce != null) {
                // It was back with its journal, and died again before all of it was settled: what it left in all is written off anew.
                table.end(journal).forEach(earlier -> takeBack(by, earlier));
            }
            return new Declared(made(by, found, reason), true);
        });
        if (declared.made()) {
            metrics.made(declared.view().losses());
        }
        return declared.view();
    }

    /**
     * Everything in the journal is settled. Takes back what was written off of the replicas that had it; repeating it changes nothing.
     *
     * @return of how many
     */
    public int takeBack(UUID journal) {
        int ended = transactions.amongTenants(Job.SETTLE, ACTOR, () -> {
            steps.at(Step.WRITE_BACK_LOCK);
            table.lock(journal);
            steps.at(Step.WRITE_BACK_MARK);
            List<WriteOff> found = table.end(journal);
            steps.at(Step.WRITE_BACK_BOOK);
            found.forEach(off -> takeBack(ACTOR, off));
            steps.at(Step.WRITE_BACK_COMMIT);
            return found.size();
        });
        metrics.takenBack(ended);
        return ended;
    }

    private WriteOffView made(Actor by, Left gone, String reason) {
        // 2. Should it only have been cut off, it admits nothing more until it is started again.
        steps.at(Step.WRITE_OFF_FENCE);
        left.end(gone);
        steps.at(Step.WRITE_OFF_MARK);
        WriteOff off = table.insert(gone, by, reason);
        // 3. Of each tenant's money what its calls can have cost at most. What is held of limits stays held.
        steps.at(Step.WRITE_OFF_BOOK);
        held.currency().ifPresent(currency -> held.tenants(gone).forEach(
                tenant -> transactions.inTenant(Job.SETTLE, by, tenant, () -> book(tenant, gone, off, currency))));
        // 4. Neither comparisons with engines nor open pages wait for its word.
        steps.at(Step.WRITE_OFF_FORGET);
        left.forgetLives(gone);
        WriteOffView view = view(by, off);
        audit.append(new AuditEvent("replica.write-off", "replica", off.replica(), null, null, off.reason(), null, view));
        changes.tell("health", null, null, "replica", null);
        steps.at(Step.WRITE_OFF_COMMIT);
        return view;
    }

    private Left locked(String replica, UUID journal) {
        if (!left.lockReplica(replica)) {
            throw new ProblemException(Problem.NOT_FOUND, "No replica has gone by the name " + replica + ".");
        }
        left.lockLives(replica, journal);
        Optional<Left> found = left.find(replica, journal);
        return found.orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, ("Replica %s has left nothing by the journal %s. What it held is returned or over,"
                + " or it admits in direct mode, where its calls are settled at their bound by themselves.").formatted(replica, journal)));
    }

    private void requireUnheard(Left found) {
        Instant heardAt = found.heardAt();
        if (heardAt != null && heardAt.plus(settings.unheard()).isAfter(found.now())) {
            throw new ProblemException(Problem.WRONG_STATE, "Replica %s was heard of at %s. It can be declared gone for good when nothing has been heard of it for %s: from %s on."
                    .formatted(found.replica(), heardAt, settings.unheard(), heardAt.plus(settings.unheard())));
        }
    }

    private boolean book(TenantId tenant, Left gone, WriteOff off, String currency) {
        List<Entry> entries = new ArrayList<>();
        held.money(gone).forEach((of, amount) -> entries.add(new Entry.WrittenOff(
                off.id(), List.of(new Transfer(new Account.PlatformLoss(), new Account.Revenue(), off.at(), Unit.money(currency), amount)))));
        ledger.book(tenant, entries);
        return true;
    }

    private void takeBack(Actor by, WriteOff off) {
        List<TenantId> tenants = table.tenants(off);
        tenants.forEach(tenant -> transactions.inTenant(Job.SETTLE, by, tenant, () -> {
            ledger.book(tenant, List.of(table.reverse(tenant, off)));
            return true;
        }));
        audit.append(new AuditEvent("replica.write-back", "replica", off.replica(), null, null, "Everything in its journal is settled.", off, null));
        changes.tell("health", null, null, "replica", null);
    }

    /** The postings are each tenant's own to see. */
    private WriteOffView view(Actor by, WriteOff off) {
        List<TenantLoss> losses = new ArrayList<>();
        table.tenants(off).forEach(tenant -> losses.addAll(transactions.inTenant(Job.SETTLE, by, tenant, () -> table.losses(off))));
        return new WriteOffView(off.replica(), off.journal(), off.epoch(), off.heardAt(), off.attempts(), off.at(), off.by(), off.reason(), List.copyOf(losses));
    }
}
