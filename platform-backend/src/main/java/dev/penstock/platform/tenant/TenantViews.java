package dev.penstock.platform.tenant;

import dev.penstock.contract.MemberId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.TenantView;
import dev.penstock.contract.quota.TenantRole;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.platform.access.Access;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Tenants as the caller may see them: all of it for owners and organisation roles; for a member the projects they work in, and who else
 * has a role there.
 */
@Component
class TenantViews {

    private final JobTransactions transactions;
    private final TenantStore store;
    private final Access access;

    TenantViews(JobTransactions transactions, TenantStore store, Access access) {
        this.transactions = transactions;
        this.store = store;
        this.access = access;
    }

    List<TenantView> all() {
        if (access.seesAllTenants()) {
            return transactions.acrossTenants(Job.ORG, access.actor(), () -> store.all().stream().map(this::view).toList());
        }
        return access.ownTenants().stream()
                .map(this::find)
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(TenantView::name))
                .toList();
    }

    TenantView one(TenantId tenant) {
        return find(tenant).orElseThrow(Access::notFound);
    }

    private Optional<TenantView> find(TenantId tenant) {
        return transactions.inTenant(Job.WEB, access.actor(), tenant, () -> store.find(tenant).map(this::view));
    }

    private TenantView view(Tenant tenant) {
        return new TenantView(
                tenant.id(),
                tenant.name(),
                tenant.title(),
                tenant.timeZone(),
                tenant.currency(),
                tenant.costCentres().entrySet().stream().map(entry -> new TenantView.CostCentre(entry.getValue(), entry.getKey())).toList(),
                projects(tenant),
                members(tenant),
                tenant.policy(),
                tenant.createdAt());
    }

    private List<TenantView.Project> projects(Tenant tenant) {
        return tenant.projects().entrySet().stream()
                .filter(entry -> shows(tenant, new ProjectId(entry.getKey())))
                .map(entry -> new TenantView.Project(new ProjectId(entry.getKey()), entry.getValue().name(), entry.getValue().createdAt()))
                .sorted(Comparator.comparing(TenantView.Project::name))
                .toList();
    }

    private List<TenantView.Member> members(Tenant tenant) {
        return tenant.members().entrySet().stream()
                .filter(entry -> shows(tenant, entry.getValue().project()))
                .map(entry -> view(new MemberId(entry.getKey()), entry.getValue()))
                .sorted(Comparator.comparing(TenantView.Member::principal).thenComparing(member -> member.id().toString()))
                .toList();
    }

    private static TenantView.Member view(MemberId id, Member member) {
        return new TenantView.Member(id, member.kind(), member.principal(), member.role(), member.project());
    }

    private boolean shows(Tenant tenant, @Nullable ProjectId project) {
        return access.seesAllTenants()
                || access.roleInTenant(tenant.id()) == TenantRole.OWNER
                || project == null
                || access.isMember(tenant.id(), project);
    }
}
