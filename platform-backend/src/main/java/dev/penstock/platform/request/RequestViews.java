package dev.penstock.platform.request;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.RequestId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.RequestState;
import dev.penstock.contract.platform.SliceRequestView;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.platform.access.Access;
import dev.penstock.platform.access.KnownTenant;
import dev.penstock.platform.delegation.Delegation;
import dev.penstock.platform.delegation.Delegations;
import dev.penstock.platform.delegation.Places;
import dev.penstock.platform.slice.Serving;
import dev.penstock.platform.slice.Workspace;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Requests as the caller may see them. */
@Component
class RequestViews {

    private static final Comparator<SliceRequestView> NEWEST_FIRST =
            Comparator.comparing(SliceRequestView::requestedAt).thenComparing(view -> view.id().toString()).reversed();

    private final JobTransactions transactions;
    private final RequestStore store;
    private final Access access;
    private final Delegations delegations;

    RequestViews(JobTransactions transactions, RequestStore store, Access access, Delegations delegations) {
        this.transactions = transactions;
        this.store = store;
        this.access = access;
        this.delegations = delegations;
    }

    List<SliceRequestView> list(@Nullable TenantId tenant, @Nullable ProjectId project, @Nullable RequestState state) {
        if (tenant != null) {
            requireSees(tenant, project);
        }
        if (access.seesAllTenants()) {
            Set<ProjectId> projects = project == null ? null : Set.of(project);
            return transactions.acrossTenants(Job.ORG, access.actor(), () ->
                    views(store.list(tenant, projects, state), delegations.places()));
        }
        return access.ownTenants().stream()
                .filter(own -> tenant == null || own.equals(tenant))
                .flatMap(own -> within(own, project, state).stream())
                .sorted(NEWEST_FIRST)
                .limit(RequestStore.PAGE)
                .toList();
    }

    SliceRequestView one(TenantId tenant, RequestId id) {
        return transactions
                .inTenant(Job.WEB, access.actor(), tenant, () -> {
                    Places places = delegations.places();
                    return store.find(tenant, id).filter(request -> sees(tenant, request.project(), places)).map(request -> view(request, places));
                })
                .orElseThrow(Access::notFound);
    }

    private void requireSees(TenantId tenant, @Nullable ProjectId project) {
        access.requireSees(tenant, null);
        if (project != null
                && !access.sees(tenant, project)
                && !transactions.inTenant(Job.WEB, access.actor(), tenant, () -> delegations.places().see(tenant, project))) {
            throw Access.notFound();
        }
    }

    private List<SliceRequestView> within(TenantId tenant, @Nullable ProjectId project, @Nullable RequestState state) {
        return transactions.inTenant(Job.WEB, access.actor(), tenant, () -> {
            Places places = delegations.places();
            Set<ProjectId> seen = Optional.ofNullable(access.knownTenants().get(tenant)).map(KnownTenant::projects).stream()
                    .flatMap(projects -> projects.keySet().stream())
                    .filter(one -> project == null || one.equals(project))
                    .filter(one -> sees(tenant, one, places))
                    .collect(Collectors.toSet());
            return seen.isEmpty() ? List.of() : views(store.list(tenant, seen, state), places);
        });
    }

    /** Who stands in for somebody sees what they decide on, wherever in the tenant they have a role themselves. */
    private boolean sees(TenantId tenant, ProjectId project, Places places) {
        return access.sees(tenant, project) || places.see(tenant, project);
    }

    private List<SliceRequestView> views(List<SliceRequest> requests, Places places) {
        return requests.stream().map(request -> view(request, places)).toList();
    }

    private SliceRequestView view(SliceRequest request, Places places) {
        boolean own = request.open() && access.mayDecide(request.matter());
        Optional<Delegation> place = own || !request.open() ? Optional.empty() : places.in(request.matter());
        Serving serving = request.serving();
        Workspace workspace = request.workspace();
        return new SliceRequestView(
                request.id(),
                request.tenant(),
                access.tenantName(request.tenant()),
                request.project(),
                access.projectName(request.tenant(), request.project()),
                request.name(),
                request.profile(),
                request.lease().toSeconds(),
                request.spec().purpose(),
                request.gpuTime(),
                request.state(),
                request.checks(),
                request.requestedBy(),
                request.requestedAt(),
                request.decidedBy(),
                request.decidedAt(),
                request.decisionReason(),
                request.state() == RequestState.APPROVED ? request.slice() : null,
                request.lapsesAt(),
                own || place.isPresent(),
                request.open() && request.requestedBy().equals(access.caller().subject()),
                serving == null ? null : serving.endpoint(),
                serving == null ? null : serving.model(),
                request.remindedAt(),
                workspace == null ? null : workspace.view(),
                request.startsAt(),
                request.decidedFor(),
                place.map(held -> held.delegator().name()).orElse(null));
    }
}
