package dev.penstock.platform.endpoint;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.SliceId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.EndpointState;
import dev.penstock.contract.platform.EndpointView;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.platform.access.Access;
import dev.penstock.platform.catalog.Model;
import dev.penstock.platform.catalog.Models;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Endpoints as their people see them, and shared ones as everybody does. */
@Component
class EndpointViews {

    /** The most a list shows. */
    static final int MOST = 200;

    private static final Comparator<EndpointView> LIVE_FIRST_THEN_NEWEST = Comparator
            .comparing((EndpointView view) -> !view.state().live())
            .thenComparing(EndpointView::createdAt, Comparator.reverseOrder());

    private final JobTransactions transactions;
    private final ShownEndpoints shown;
    private final EndpointRights rights;
    private final Access access;
    private final Models models;

    EndpointViews(JobTransactions transactions, ShownEndpoints shown, EndpointRights rights, Access access, Models models) {
        this.transactions = transactions;
        this.shown = shown;
        this.rights = rights;
        this.access = access;
        this.models = models;
    }

    List<EndpointView> list(@Nullable TenantId tenant, @Nullable ProjectId project) {
        if (tenant != null) {
            access.requireSees(tenant, project);
        }
        Stream<Shown> own = access.seesAllTenants()
                ? transactions.acrossTenants(Job.ORG, access.actor(), () -> shown.list(tenant, project, MOST)).stream()
                : access.ownTenants().stream()
                        .filter(one -> tenant == null || one.equals(tenant))
                        .flatMap(one -> transactions.inTenant(Job.WEB, access.actor(), one, () -> shown.list(one, project, MOST)).stream());
        boolean everywhere = tenant == null && project == null;
        return Stream.concat(own.filter(one -> rights.sees(one.endpoint())), everywhere ? shared().stream() : Stream.of())
                .map(this::view)
                .distinct()
                .sorted(LIVE_FIRST_THEN_NEWEST)
                .limit(MOST)
                .toList();
    }

    EndpointView one(EndpointKey key) {
        Shown one = find(key);
        if (!rights.sees(one.endpoint()) && !isForEverybody(one.endpoint())) {
            throw Access.notFound();
        }
        return view(one);
    }

    /** @throws dev.penstock.frame.problem.ProblemException {@code not_found} unless the caller has a role in its project, or over all tenants */
    Endpoint seen(EndpointKey key) {
        Endpoint endpoint = find(key).endpoint();
        access.requireSees(key.tenant(), endpoint.terms().project());
        return endpoint;
    }

    /** For those who see its project. Empty: the caller at most shares it. */
    Optional<Endpoint> inside(EndpointKey key) {
        return Optional.of(find(key).endpoint()).filter(rights::sees);
    }

    private Shown find(EndpointKey key) {
        if (!access.sees(key.tenant(), null) && !key.tenant().equals(rights.platformTenant().orElse(null))) {
            throw Access.notFound();
        }
        return transactions.inTenant(Job.WEB, access.actor(), key.tenant(), () -> shown.find(key)).orElseThrow(Access::notFound);
    }

    private List<Shown> shared() {
        return rights.platformTenant()
                .map(platform -> transactions.inTenant(Job.WEB, access.actor(), platform, () -> shown.list(platform, null, MOST)))
                .orElse(List.of())
                .stream()
                .filter(one -> isForEverybody(one.endpoint()))
                .toList();
    }

    private static boolean isForEverybody(Endpoint endpoint) {
        return endpoint.terms().spec().shared() && endpoint.state() != EndpointState.DELETED;
    }

    private EndpointView view(Shown one) {
        Endpoint endpoint = one.endpoint();
        TenantId tenant = endpoint.key().tenant();
        ProjectId project = endpoint.terms().project();
        String projectName = access.projectName(tenant, project);
        Model model = models.find(endpoint.terms().spec().model()).orElse(null);
        boolean over = !endpoint.state().live();
        SliceId slice = over || !one.hasSlice() ? null : endpoint.slice().slice();
        return new EndpointView(
                endpoint.key().endpoint(), tenant, access.tenantName(tenant), project, projectName, endpoint.terms().spec().name(),
                endpoint.callName(projectName), endpoint.terms().spec().model(), model == null ? endpoint.terms().spec().model() : model.name(),
                model == null ? "" : model.engine(), endpoint.terms().spec().profile(), endpoint.terms().spec().contextTokens(),
                endpoint.terms().spec().shared(), endpoint.state(), endpoint.reason(), over ? null : one.progress(), slice,
                endpoint.state() == EndpointState.DELETED ? null : endpoint.request(), over ? null : one.node(), endpoint.since(), endpoint.startedAt(),
                endpoint.readyAt(), endpoint.terms().createdBy(), endpoint.terms().createdAt(),
                endpoint.wanted() != Wanted.DELETED && rights.mayChange(endpoint));
    }
}
