package dev.penstock.quota.steering;

import dev.penstock.contract.Problem;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.Ladder;
import dev.penstock.contract.quota.SteeringRule;
import dev.penstock.contract.quota.SteeringSpec;
import dev.penstock.contract.quota.SteeringView;
import dev.penstock.frame.audit.AuditEvent;
import dev.penstock.frame.audit.AuditLog;
import dev.penstock.frame.copy.TableCopy;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.live.Changes;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.quota.access.Reach;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes policies, on record with what they were before, and lists them. */
@Component
class SteeringMaking {

    private final JobTransactions transactions;
    private final SteeringTable table;
    private final TableCopy<Policies.Place, Policy> copy;
    private final AuditLog audit;
    private final Changes changes;
    private final Clock clock;

    SteeringMaking(JobTransactions transactions, SteeringTable table, TableCopy<Policies.Place, Policy> copy, AuditLog audit, Changes changes, Clock clock) {
        this.transactions = transactions;
        this.table = table;
        this.copy = copy;
        this.audit = audit;
        this.changes = changes;
        this.clock = clock;
    }

    List<SteeringView> list(Actor reader, TenantId tenant, Reach reach) {
        return transactions.inTenant(Job.WEB, reader, tenant, () -> table.last(tenant)).stream().filter(view -> reach.covers(view.project())).toList();
    }

    /** @throws ProblemException {@code invalid_input}, {@code changed_meanwhile}; the same again makes nothing */
    SteeringView make(Actor maker, TenantId tenant, ProjectId project, int version, SteeringSpec spec) {
        requireSound(spec);
        SteeringView made = transactions.inTenant(Job.WEB, maker, tenant, () -> {
            table.lock(tenant, project);
            SteeringView last = table.last(tenant).stream().filter(view -> view.project().equals(project)).findFirst().orElseThrow();
            boolean again = last.version() == version && last.rules().equals(spec.rules()) && Objects.equals(last.ladder(), spec.ladder());
            return again ? last : next(maker, tenant, last, version, spec);
        });
        copy.refreshAfterChange();
        return made;
    }

    private SteeringView next(Actor maker, TenantId tenant, SteeringView last, int version, SteeringSpec spec) {
        if (version != last.version() + 1) {
            throw new ProblemException(Problem.CHANGED_MEANWHILE, "The next version is " + (last.version() + 1) + ", not " + version + "; nothing was saved.")
                    .with("expected", last.version() + 1);
        }
        SteeringView next = new SteeringView(
                last.project(), last.projectName(), version, spec.rules(), spec.ladder(), maker.name(), clock.instant().truncatedTo(ChronoUnit.MICROS), spec.reason(), false);
        table.insert(tenant, next);
        audit.append(new AuditEvent(
                "steering.make", "project", last.project().toString(), last.projectName(), last.project(), spec.reason(), Entry.of(last), Entry.of(next)));
        changes.tell("steering", tenant, last.project(), last.project().toString(), null);
        return next;
    }

    private static void requireSound(SteeringSpec spec) {
        Ladder ladder = spec.ladder();
        require(ladder == null || ladder.warnAt() <= ladder.degradeAt(), "ladder: warns before it degrades, or at the same time.");
        require(ladder == null || ladder.use() != null || ladder.mostOutput() != null || ladder.degradeAt() == 100,
                "ladder: names a model or a longest answer, or degrades at 100, which is never.");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new ProblemException(Problem.INVALID_INPUT, otherwise);
        }
    }

    /** How the trail keeps it. */
    private record Entry(int version, List<SteeringRule> rules, @Nullable Ladder ladder) {

        static Entry of(SteeringView view) {
            return new Entry(view.version(), view.rules(), view.ladder());
        }
    }
}
