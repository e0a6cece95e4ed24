package dev.penstock.platform.slice;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.SliceDetail;
import dev.penstock.contract.platform.SliceState;
import dev.penstock.contract.platform.SliceView;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.platform.access.Access;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Slices as their people see them. */
@Component
class SliceViews {

    /** The most a list shows. */
    static final int MOST = 200;

    private static final Comparator<Slice> LIVE_FIRST_THEN_NEWEST = Comparator
            .comparing((Slice slice) -> slice.standing().endedAt() != null)
            .thenComparing(slice -> slice.approved().createdAt(), Comparator.reverseOrder());

    private final JobTransactions transactions;
    private final JdbcClient jdbc;
    private final SliceStore store;
    private final Access access;
    private final Installation installation;
    private final SliceQueue queue;

    SliceViews(JobTransactions transactions, JdbcClient jdbc, SliceStore store, Access access, Installation installation, SliceQueue queue) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.store = store;
        this.access = access;
        this.installation = installation;
        this.queue = queue;
    }

    List<SliceView> list(@Nullable TenantId tenant, @Nullable ProjectId project) {
        if (tenant != null) {
            access.requireSees(tenant, project);
        }
        List<Slice> found = access.seesAllTenants()
                ? transactions.acrossTenants(Job.ORG, access.actor(), () -> store.list(tenant, project, MOST))
                : access.ownTenants().stream()
                        .filter(own -> tenant == null || own.equals(tenant))
                        .flatMap(own -> transactions.inTenant(Job.WEB, access.actor(), own, () -> store.list(own, project, MOST)).stream())
                        .toList();
        return found.stream()
                .filter(slice -> access.sees(slice.key().tenant(), slice.approved().project()))
                .sorted(LIVE_FIRST_THEN_NEWEST)
                .limit(MOST)
                .map(this::view)
                .toList();
    }

    SliceDetail detail(SliceKey key) {
        access.requireSees(key.tenant(), null);
        return transactions.inTenant(Job.WEB, access.actor(), key.tenant(), () -> {
            Slice slice = store.find(key).orElseThrow(Access::notFound);
            access.requireSees(key.tenant(), slice.approved().project());
            Workspace workspace = slice.approved().workspace();
            return new SliceDetail(
                    view(slice), store.events(key), installation.namespace(slice.approved().project()), connect(slice), longestLease(key.tenant()),
                    slice.setAside(), workspace == null ? null : workspace.view(),
                    workspace != null && slice.state() == SliceState.READY && access.isMember(key.tenant(), slice.approved().project()));
        });
    }

    /** In seconds, by the tenant's policy. */
    long longestLease(TenantId tenant) {
        return transactions.inTenant(Job.WEB, access.actor(), tenant, () -> jdbc.sql("select longest_lease_seconds from platform.tenant where id = :tenant")
                .param("tenant", tenant.value())
                .query(Long.class)
                .single());
    }

    private SliceView view(Slice slice) {
        Approved approved = slice.approved();
        Standing standing = slice.standing();
        TenantId tenant = slice.key().tenant();
        Serving serving = approved.serving();
        boolean changeable = serving == null && !slice.isEnding();
        return new SliceView(
                slice.key().slice(), tenant, access.tenantName(tenant), approved.project(), access.projectName(tenant, approved.project()),
                approved.request(), approved.name(), approved.profile(), standing.state(), standing.reason(), standing.phase(), standing.node(),
                approved.holder(), approved.createdAt(), standing.readyAt(), standing.lease().toSeconds(), slice.leaseEndsAt(), standing.endedAt(),
                standing.gpuTime(), changeable && access.mayOperate(tenant, approved.project()), serving == null ? null : serving.endpoint(),
                slice.becomes(), queue.place(slice), standing.interruption().givesBackAt(),
                approved.reserved() == null ? null : approved.reserved().from());
    }

    /** A context for each further cluster is called like the cluster, as docs/operations/cluster.md says. */
    private @Nullable String connect(Slice slice) {
        String context = slice.cluster().isEmpty() ? "" : " --context " + slice.cluster();
        return slice.state() == SliceState.READY && slice.approved().serving() == null
                ? "kubectl" + context + " -n " + installation.namespace(slice.approved().project()) + " exec -it " + Installation.pod(slice.key().slice(), slice.phase()) + " -- sh"
                : null;
    }
}
