package dev.penstock.quota.limit;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.Problem;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.audit.AuditEvent;
import dev.penstock.frame.audit.AuditLog;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.live.Changes;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.quota.access.Access;
import dev.penstock.quota.admission.CallLimits;
import dev.penstock.quota.reservation.LimitUse;
import dev.penstock.quota.reservation.TenantLock;
import dev.penstock.quota.route.Routes;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Sets and removes limits, on record with what was before and why. */
@Component
class LimitChanges {

    private final JobTransactions transactions;
    private final TenantLock lock;
    private final LimitTable table;
    private final NodeTable nodes;
    private final Routes routes;
    private final LimitUse use;
    private final CallLimits calls;
    private final AuditLog audit;
    private final Changes changes;

    LimitChanges(
            JobTransactions transactions, TenantLock lock, LimitTable table, NodeTable nodes, Routes routes, LimitUse use, CallLimits calls, AuditLog audit,
            Changes changes) {
        this.transactions = transactions;
        this.lock = lock;
        this.table = table;
        this.nodes = nodes;
        this.routes = routes;
        this.use = use;
        this.calls = calls;
        this.audit = audit;
        this.changes = changes;
    }

    /**
     * Repeating it changes nothing and leaves no second entry in the trail. The role that sets limits may not write their use, so the use is
     * counted in a transaction of its own; should it fail, the next reservation or the repeated request counts it.
     *
     * @throws ProblemException {@code not_found}, {@code invalid_input} for a person or model that is not known, {@code exists_but_different} if the limit is on something else, {@code wrong_state} if another
     *     limit is on the same
     */
    Limit put(Actor actor, TenantId tenant, LimitId id, Subject subject, Limit.Allowance allowance, @Nullable String reason) {
        Limit saved = transactions.inTenant(Job.WEB, actor, tenant, () -> {
            lock.take(tenant);
            NodeTable.Node node = nodes.of(tenant, subject).orElseThrow(Access::notFound);
            List<Limit> limits = table.list(tenant);
            Optional<Limit> before = limits.stream().filter(limit -> limit.id().equals(id)).findFirst();
            if (before.isPresent()) {
                change(before.get(), subject, allowance, node.name(), reason);
            } else {
                checkExists(tenant, subject);
                limits.stream().filter(limit -> limit.subject().equals(subject)).findFirst().ifPresent(other -> {
                    throw new ProblemException(Problem.WRONG_STATE, "There is a limit on " + subject.title() + " already; change that one.")
                            .with("rule", other.id().toString());
                });
                table.insert(tenant, id, node.id(), subject, allowance);
                record("limit.set", tenant, id, subject, node.name(), reason, null, allowance);
            }
            return find(tenant, id);
        });
        open(actor, tenant);
        return saved;
    }

    /** In the running transaction, which has the tenant's lock. {@link #open} follows it. */
    void changed(Limit before, Limit.Allowance allowance, String reason) {
        change(before, before.subject(), allowance, before.owner(), reason);
    }

    /** What was used is counted where it is not yet. */
    void open(Actor actor, TenantId tenant) {
        use.openPresent(actor, tenant);
        calls.openPresent(actor, tenant);
    }

    /** @throws ProblemException {@code not_found} */
    void remove(Actor actor, TenantId tenant, LimitId id) {
        transactions.inTenant(Job.WEB, actor, tenant, () -> {
            lock.take(tenant);
            Limit before = find(tenant, id);
            table.delete(tenant, id);
            record("limit.remove", tenant, id, before.subject(), before.owner(), null, before.allowance(), null);
            return true;
        });
    }

    private Limit find(TenantId tenant, LimitId id) {
        return table.list(tenant).stream().filter(limit -> limit.id().equals(id)).findFirst().orElseThrow(Access::notFound);
    }

    /** A misspelt name would limit nobody, and nobody would notice. What exists now may go later; its limit stays and can be changed. */
    private void checkExists(TenantId tenant, Subject subject) {
        String person = subject.person();
        if (person != null && subject.project() != null && !nodes.knows(tenant, subject.project(), person)) {
            throw new ProblemException(Problem.INVALID_INPUT, "person: " + person + " is no member of the project by that name, and has not called for it.");
        }
        if (subject.models() != null) {
            subject.models().stream().filter(model -> !routes.isCalled(tenant, subject.project(), model)).findFirst().ifPresent(model -> {
                throw new ProblemException(Problem.INVALID_INPUT, "models: " + model + " is no model that can be called here.");
            });
        }
    }

    private void change(Limit before, Subject subject, Limit.Allowance allowance, String owner, @Nullable String reason) {
        if (!before.subject().equals(subject)) {
            throw new ProblemException(Problem.EXISTS_BUT_DIFFERENT, "The limit is on " + before.subject().title() + "; set one with an id of its own.");
        }
        if (!before.allowance().equals(allowance)) {
            table.update(before.tenant(), before.id(), allowance);
            record("limit.set", before.tenant(), before.id(), subject, owner, reason, before.allowance(), allowance);
        }
    }

    private void record(
            String action, TenantId tenant, LimitId id, Subject subject, String owner, @Nullable String reason,
            Limit.@Nullable Allowance before, Limit.@Nullable Allowance after) {
        audit.append(new AuditEvent(action, "limit", id.toString(), subject.title() + " of " + owner, subject.project(), reason,
                before == null ? null : new Snapshot(subject, before.amount(), before.hard(), before.softPercent()),
                after == null ? null : new Snapshot(subject, after.amount(), after.hard(), after.softPercent())));
        changes.tell("limit", tenant, subject.project(), id.toString(), after == null ? "REMOVED" : null);
    }

    /** How the trail keeps a limit; {@code amount} null: unlimited. */
    private record Snapshot(Subject on, @Nullable BigInteger amount, boolean hard, @Nullable Integer softPercent) {}
}
