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

    RequestViews(JobTransactions transactions, RequestStore store, Access access) {
        this.transactions = transactions;
        this.store = store;
        this.access = access;
    }

    List<SliceRequestView> list(@Nullable TenantId tenant, @Nullable ProjectId project, @Nullable RequestState state) {
        if (tenant != null) {
            access.requireSees(tenant, project);
        }
        if (access.seesAllTenants()) {
            Set<ProjectId> projects = project == null ? null : Set.of(project);
            return transactions.acrossTenants(Job.ORG, access.actor(), () -> store.list(tenant, projects, state).stream().map(this::view).toList());
        }
        return access.ownTenants().stream()
                .filter(own -> tenant == null || own.equals(tenant))
                .flatMap(own -> within(own, project, state).stream())
                .sorted(NEWEST_FIRST)
                .limit(RequestStore.PAGE)
                .toList();
    }

    SliceRequestView one(TenantId tenant, RequestId id) {
        SliceRequestView view = transactions
                .inTenant(Job.WEB, access.actor(), tenant, () -> store.find(tenant, id).map(this::view))
                .orElseThrow(Access::notFound);
        access.requireSees(tenant, view.project());
        return view;
    }

    private List<SliceRequestView> within(TenantId tenant, @Nullable ProjectId project, @Nullable RequestState state) {
        Set<ProjectId> seen = Optional.ofNullable(access.knownTenants().get(tenant)).map(KnownTenant::projects).stream()
                .flatMap(projects -> projects.keySet().stream())
                .filter(one -> project == null || one.equals(project))
                .filter(one -> access.sees(tenant, one))
                .collect(Collectors.toSet());
        return seen.isEmpty() ? List.of() : transactions.inTenant(Job.WEB, access.actor(), tenant, () ->
                store.list(tenant, seen, state).stream().map(this::view).toList());
    }

    private SliceRequestView view(SliceRequest request) {
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
                request.open() && access.mayDecide(request.tenant(), request.project(), request.requestedBy()) && (request.startsAt() == null || access.isAdmin()),
                request.open() && request.requestedBy().equals(access.caller().subject()),
                serving == null ? null : serving.endpoint(),
                serving == null ? null : serving.model(),
                request.remindedAt(),
                workspace == null ? null : workspace.view(),
                request.startsAt());
    }
}
