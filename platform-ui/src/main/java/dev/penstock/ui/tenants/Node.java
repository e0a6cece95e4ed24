package dev.penstock.ui.tenants;

import dev.penstock.contract.GpuTime;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.platform.TenantView;
import dev.penstock.contract.quota.LimitView;
import dev.penstock.contract.quota.Meter;
import dev.penstock.ui.base.Gauge;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A line of the tree: a tenant, or one of its projects.
 *
 * @param project null on the tenant's own line
 * @param limits that stand on this very line
 * @param slices live ones, of the project or of all the tenant's projects
 */
record Node(TenantView tenant, TenantView.@Nullable Project project, List<LimitView> limits, long slices) {

    /** Tenants, each followed by its projects. */
    static List<Node> tree(List<TenantView> tenants, List<LimitView> limits, Map<ProjectId, Long> slices) {
        var nodes = new ArrayList<Node>();
        for (TenantView tenant : tenants) {
            long all = tenant.projects().stream().mapToLong(project -> slices.getOrDefault(project.id(), 0L)).sum();
            nodes.add(new Node(tenant, null, own(limits, tenant, null), all));
            for (TenantView.Project project : tenant.projects()) {
                nodes.add(new Node(tenant, project, own(limits, tenant, project), slices.getOrDefault(project.id(), 0L)));
            }
        }
        return nodes;
    }

    private static List<LimitView> own(List<LimitView> limits, TenantView tenant, TenantView.@Nullable Project project) {
        ProjectId id = project == null ? null : project.id();
        return limits.stream()
                .filter(limit -> limit.tenant().equals(tenant.id()) && Objects.equals(limit.project(), id))
                .toList();
    }

    String name() {
        return project == null ? tenant.title() : project.name();
    }

    @Nullable ProjectId projectId() {
        return project == null ? null : project.id();
    }

    /** The limit on GPU time; null where none stands. */
    @Nullable LimitView gpuTime() {
        return limits.stream().filter(limit -> limit.meter() == Meter.GPU_TIME).findFirst().orElse(null);
    }

    boolean isNear() {
        return limits.stream().anyMatch(limit -> {
            BigInteger amount = limit.amount();
            return amount != null && Gauge.near(limit.taken(), amount, limit.softPercent());
        });
    }

    GpuTime used() {
        LimitView limit = gpuTime();
        return limit == null ? GpuTime.ZERO : new GpuTime(limit.used().longValueExact());
    }
}
