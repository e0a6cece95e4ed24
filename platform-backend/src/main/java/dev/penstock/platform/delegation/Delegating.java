package dev.penstock.platform.delegation;

import dev.penstock.contract.DelegationId;
import dev.penstock.contract.Problem;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.DelegationSpec;
import dev.penstock.contract.platform.DelegationView;
import dev.penstock.frame.audit.AuditEvent;
import dev.penstock.frame.audit.AuditLog;
import dev.penstock.frame.copy.TableCopy;
import dev.penstock.frame.identity.Caller;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.live.Changes;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.platform.access.Access;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/** Giving a delegation and ending it. */
@Component
class Delegating {

    private final JobTransactions transactions;
    private final DelegationTable table;
    private final TableCopy<Named.Key, Named> named;
    private final DelegationViews views;
    private final Access access;
    private final AuditLog audit;
    private final Changes changes;
    private final MeterRegistry metrics;
    private final DelegationSettings settings;
    private final Clock clock;

    Delegating(
            JobTransactions transactions,
            DelegationTable table,
            TableCopy<Named.Key, Named> named,
            DelegationViews views,
            Access access,
            AuditLog audit,
            Changes changes,
            MeterRegistry metrics,
            DelegationSettings settings,
            Clock clock) {
        this.transactions = transactions;
        this.table = table;
        this.named = named;
        this.views = views;
        this.access = access;
        this.audit = audit;
        this.changes = changes;
        this.metrics = metrics;
        this.settings = settings;
        this.clock = clock;
    }

    DelegationView give(TenantId tenant, DelegationId id, DelegationSpec spec) {
        DelegationView given = given(tenant, id, spec);
        named.refreshAfterChange();
        return given;
    }

    private DelegationView given(TenantId tenant, DelegationId id, DelegationSpec spec) {
        try {
            return transactions.inTenant(Job.WEB, access.actor(), tenant, () -> views.view(table.find(tenant, id)
                    .map(known -> repeated(known, spec))
                    .orElseGet(() -> add(tenant, id, spec))));
        } catch (DuplicateKeyException e) {
            // The same one at the same moment, as by a double click: the other one made it.
            return transactions.inTenant(Job.WEB, access.actor(), tenant, () -> views.view(repeated(table.find(tenant, id).orElseThrow(() -> e), spec)));
        }
    }

    private Delegation repeated(Delegation known, DelegationSpec spec) {
        if (!known.says(access.caller(), spec)) {
            throw new ProblemException(Problem.EXISTS_BUT_DIFFERENT, "A delegation with this id exists and says something else.");
        }
        return known;
    }

    private Delegation add(TenantId tenant, DelegationId id, DelegationSpec spec) {
        Instant now = clock.instant();
        Caller caller = access.caller();
        Delegation delegation = Delegation.given(tenant, id, caller, spec, now);
        requirePossible(delegation, now);
        if (table.openOf(caller.subject(), now) >= settings.mostOfOne()) {
            String sentence = "You have named somebody " + settings.mostOfOne() + " times here already; end one of these first.";
            throw new ProblemException(Problem.LIMIT_REACHED, sentence).with("limit", settings.mostOfOne());
        }
        table.add(delegation);
        record("give", null, delegation);
        return delegation;
    }

    private void requirePossible(Delegation delegation, Instant now) {
        if (delegation.delegate().isBlank() || !delegation.delegate().strip().equals(delegation.delegate())) {
            throw new ProblemException(Problem.INVALID_INPUT, "delegate: their sign-in, with no blanks around it.");
        }
        if (delegation.delegate().equals(delegation.delegator().subject())) {
            throw new ProblemException(Problem.INVALID_INPUT, "delegate: that is you.");
        }
        if (delegation.from().isBefore(delegation.givenAt())) {
            throw new ProblemException(Problem.INVALID_INPUT, "from: that is over; leave it away for at once.");
        }
        if (!delegation.until().isAfter(delegation.from())) {
            throw new ProblemException(Problem.INVALID_INPUT, "until: it must end after it begins.");
        }
        // First how far ahead: of a time beyond all years nothing can be reckoned.
        if (delegation.from().isAfter(now.plus(settings.longest())) || delegation.until().isAfter(delegation.from().plus(settings.longest()))) {
            throw new ProblemException(Problem.INVALID_INPUT, "until: at most " + settings.longest().toDays() + " days, and beginning as soon as that.")
                    .with("longestSeconds", settings.longest().toSeconds());
        }
    }

    DelegationView end(TenantId tenant, DelegationId id) {
        DelegationView ended = ended(tenant, id);
        named.refreshAfterChange();
        return ended;
    }

    private DelegationView ended(TenantId tenant, DelegationId id) {
        return transactions.inTenant(Job.WEB, access.actor(), tenant, () -> {
            Delegation known = table.lock(tenant, id).filter(views::sees).orElseThrow(Access::notFound);
            if (!views.mayEnd(known)) {
                throw new ProblemException(Problem.NOT_ALLOWED, "Who gave it, an owner of the tenant or an administrator ends it.");
            }
            Instant now = clock.instant();
            if (known.overAt(now)) {
                return views.view(known);
            }
            table.end(known, access.caller().subject(), now);
            Delegation ended = table.find(tenant, id).orElseThrow();
            record("end", known, ended);
            return views.view(ended);
        });
    }

    private void record(String verb, @Nullable Delegation before, Delegation after) {
        audit.append(new AuditEvent(
                "approval-delegation." + verb, "approval-delegation", after.id().toString(), after.delegate() + " for " + after.delegator().subject(),
                null, null,
                before == null ? null : DelegationFacts.of(before), DelegationFacts.of(after)));
        changes.tell("delegation", after.tenant(), null, after.id().toString(), null);
        metrics.counter("penstock.delegations", "verb", verb).increment();
    }
}
