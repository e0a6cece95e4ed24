package dev.penstock.platform.delegation;

import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.DelegationState;
import dev.penstock.contract.platform.DelegationView;
import dev.penstock.contract.quota.TenantRole;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.platform.access.Access;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.springframework.stereotype.Component;

/** Delegations as the caller may see them: those they gave or were given; of a tenant they own, and by an organisation role, all. */
@Component
class DelegationViews {

    private static final Comparator<DelegationView> ENDS_FIRST = Comparator.comparing(DelegationView::until).thenComparing(view -> view.id().toString());

    private final JobTransactions transactions;
    private final DelegationTable table;
    private final Access access;
    private final Clock clock;

    DelegationViews(JobTransactions transactions, DelegationTable table, Access access, Clock clock) {
        this.transactions = transactions;
        this.table = table;
        this.access = access;
        this.clock = clock;
    }

    List<DelegationView> list() {
        if (access.seesAllTenants()) {
            return transactions.acrossTenants(Job.ORG, access.actor(), () -> table.open(null, clock.instant()).stream().map(this::view).toList());
        }
        return access.ownTenants().stream()
                .flatMap(tenant -> within(tenant).stream())
                .sorted(ENDS_FIRST)
                .limit(DelegationTable.PAGE)
                .toList();
    }

    private List<DelegationView> within(TenantId tenant) {
        String concerning = owns(tenant) ? null : access.caller().subject();
        return transactions.inTenant(Job.WEB, access.actor(), tenant, () -> table.open(concerning, clock.instant()).stream().map(this::view).toList());
    }

    boolean sees(Delegation delegation) {
        String caller = access.caller().subject();
        return access.seesAllTenants() || owns(delegation.tenant()) || caller.equals(delegation.delegate()) || caller.equals(delegation.delegator().subject());
    }

    boolean mayEnd(Delegation delegation) {
        return access.isAdmin() || owns(delegation.tenant()) || access.caller().subject().equals(delegation.delegator().subject());
    }

    DelegationView view(Delegation delegation) {
        Instant now = clock.instant();
        return new DelegationView(
                delegation.id(),
                delegation.tenant(),
                access.tenantName(delegation.tenant()),
                delegation.delegator().subject(),
                delegation.delegator().name(),
                delegation.delegate(),
                delegation.from(),
                delegation.until(),
                state(delegation, now),
                delegation.givenAt(),
                delegation.endedAt(),
                delegation.endedBy(),
                !delegation.overAt(now) && mayEnd(delegation));
    }

    private DelegationState state(Delegation delegation, Instant now) {
        if (delegation.overAt(now)) {
            return DelegationState.ENDED;
        }
        if (!access.decidesIn(delegation.tenant(), delegation.delegator())) {
            return DelegationState.WITHOUT_RIGHT;
        }
        return delegation.begunAt(now) ? DelegationState.ACTIVE : DelegationState.COMING;
    }

    private boolean owns(TenantId tenant) {
        return access.roleInTenant(tenant) == TenantRole.OWNER;
    }
}
