package dev.penstock.quota.registry;

import dev.penstock.contract.TenantId;
import dev.penstock.frame.audit.AuditEvent;
import dev.penstock.frame.audit.AuditLog;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.live.Changes;
import dev.penstock.quota.access.Access;
import dev.penstock.quota.admission.CallLimits;
import dev.penstock.quota.reservation.LimitUse;
import dev.penstock.quota.reservation.TenantLock;
import java.time.ZoneId;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Takes what platform-backend tells of a tenant, as a whole, if it is news. */
@Component
class Registry {

    private final JobTransactions transactions;
    private final TenantLock lock;
    private final RegistryTable table;
    private final LimitUse use;
    private final CallLimits calls;
    private final Access access;
    private final AuditLog audit;
    private final Changes changes;

    Registry(JobTransactions transactions, TenantLock lock, RegistryTable table, LimitUse use, CallLimits calls, Access access, AuditLog audit, Changes changes) {
        this.transactions = transactions;
        this.lock = lock;
        this.table = table;
        this.use = use;
        this.calls = calls;
        this.access = access;
        this.audit = audit;
        this.changes = changes;
    }

    void register(Actor actor, TenantId tenant, Registration registration) {
        boolean news = transactions.inTenant(Job.RESERVE, actor, tenant, () -> {
            lock.take(tenant);
            return put(actor, tenant, registration);
        });
        if (news) {
            calls.openPresent(actor, tenant);
            access.changed();
        }
    }

    /**
     * In the running transaction, with the tenant locked.
     *
     * @return whether it was news
     */
    boolean put(Actor actor, TenantId tenant, Registration registration) {
        OptionalLong known = table.version(tenant);
        if (known.isPresent() && known.getAsLong() >= registration.version()) {
            return false;
        }
        calls.forgetIfZoneMoves(tenant, ZoneId.of(registration.timeZone()));
        table.putTenant(tenant, registration);
        // Members name projects, so the projects come first; members of vanished projects go with the whole list of members.
        table.putProjects(tenant, registration.projects());
        table.putMembers(tenant, registration.members());
        // The time zone may have changed, and with it the months that limits count.
        use.openPresent(actor, tenant);
        audit.append(new AuditEvent(
                "tenant.register", "tenant", tenant.toString(), registration.name(), null, null,
                known.isPresent() ? new Version(known.getAsLong(), null, null, null, null) : null, Version.of(registration)));
        changes.tell("tenant", tenant, null, tenant.toString(), null);
        return true;
    }

    /** How the trail keeps a registration: who the members are stands in the entries of whoever changed them. */
    private record Version(
            long version, @Nullable String timeZone, @Nullable String currency, @Nullable Integer projects, @Nullable Integer members) {

        static Version of(Registration registration) {
            return new Version(
                    registration.version(), registration.timeZone(), registration.currency(), registration.projects().size(), registration.members().size());
        }
    }
}
