package dev.penstock.platform.tenant;

import dev.penstock.contract.MemberId;
import dev.penstock.contract.Problem;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.ApprovalPolicy;
import dev.penstock.contract.platform.MemberSpec;
import dev.penstock.contract.platform.ProjectSpec;
import dev.penstock.contract.platform.TenantSpec;
import dev.penstock.frame.audit.AuditEvent;
import dev.penstock.frame.audit.AuditLog;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.live.Changes;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.platform.access.Access;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Every change of a tenant: load, change, and record in one transaction of that tenant. Afterwards the copy that decides who may do what
 * and the registration at quota-service follow.
 */
@Component
class TenantChanges {

    private final JobTransactions transactions;
    private final TenantStore store;
    private final AuditLog audit;
    private final Changes changes;
    private final Access access;
    private final RegistryPublisher publisher;
    private final Clock clock;
    private final Supplier<UUID> ids;

    TenantChanges(
            JobTransactions transactions,
            TenantStore store,
            AuditLog audit,
            Changes changes,
            Access access,
            RegistryPublisher publisher,
            Clock clock,
            Supplier<UUID> ids) {
        this.transactions = transactions;
        this.store = store;
        this.audit = audit;
        this.changes = changes;
        this.access = access;
        this.publisher = publisher;
        this.clock = clock;
        this.ids = ids;
    }

    void put(TenantId id, TenantSpec spec) {
        requireCalendarAndCurrency(spec);
        Instant now = clock.instant();
        transact(id, () -> {
            Optional<Tenant> known = store.find(id);
            TenantSpec before = known.map(tenant -> tenant.spec(now)).orElse(null);
            if (known.isPresent() && !known.get().change(spec, now)) {
                return false;
            }
            if (known.isEmpty()) {
                store.add(new Tenant(id, spec, now));
            }
            record(id, new AuditEvent(
                    before == null ? "tenant.create" : "tenant.change", "tenant", id.toString(), spec.name(), null, null, before, spec));
            return true;
        });
    }

    void put(TenantId id, ProjectId project, ProjectSpec spec) {
        change(id, tenant -> {
            ProjectSpec before = tenant.project(project);
            return !tenant.put(project, spec, ids.get(), clock.instant()) ? null : new AuditEvent(
                    before == null ? "project.create" : "project.change", "project", project.toString(), spec.name(), project, null, before, spec);
        });
    }

    void put(TenantId id, MemberId member, MemberSpec spec) {
        change(id, tenant -> {
            MemberSpec before = tenant.member(member);
            return !tenant.put(member, spec) ? null : new AuditEvent(
                    before == null ? "member.add" : "member.change", "member", member.toString(), spec.principal(), spec.project(), null, before, spec);
        });
    }

    void remove(TenantId id, MemberId member) {
        change(id, tenant -> {
            MemberSpec before = tenant.member(member);
            return before == null || !tenant.remove(member) ? null : new AuditEvent(
                    "member.remove", "member", member.toString(), before.principal(), before.project(), null, before, null);
        });
    }

    void put(TenantId id, ApprovalPolicy policy) {
        change(id, tenant -> {
            ApprovalPolicy before = tenant.policy();
            return !tenant.put(policy) ? null : new AuditEvent(
                    "tenant.set-policy", "tenant", id.toString(), tenant.name(), null, null, before, policy);
        });
    }

    /** @param verb what to do; null when nothing changed, otherwise what the trail says of it */
    private void change(TenantId id, Function<Tenant, @Nullable AuditEvent> verb) {
        transact(id, () -> {
            Tenant tenant = store.find(id).orElseThrow(Access::notFound);
            AuditEvent event = verb.apply(tenant);
            if (event == null) {
                return false;
            }
            record(id, event);
            return true;
        });
    }

    private void record(TenantId id, AuditEvent event) {
        store.save();
        audit.append(event);
        changes.tell("tenant", id, null, id.toString(), null);
    }

    private void transact(TenantId id, Supplier<Boolean> work) {
        Actor actor = access.actor();
        boolean changed = transactions.inTenant(Job.WEB, actor, id, work);
        if (changed) {
            access.changed();
            publisher.wake();
        }
    }

    private static void requireCalendarAndCurrency(TenantSpec spec) {
        try {
            ZoneId.of(spec.timeZone());
        } catch (DateTimeException e) {
            throw new ProblemException(Problem.INVALID_INPUT, "timeZone: " + spec.timeZone() + " is not an IANA time zone, as Europe/Zurich is.", e);
        }
        if (Currency.getAvailableCurrencies().stream().noneMatch(currency -> currency.getCurrencyCode().equals(spec.currency()))) {
            throw new ProblemException(Problem.INVALID_INPUT, "currency: " + spec.currency() + " is not an ISO 4217 currency.");
        }
    }
}
