package dev.penstock.standalone;

import dev.penstock.contract.GpuTime;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.ApprovalPolicy;
import dev.penstock.contract.platform.MemberSpec;
import dev.penstock.contract.platform.ProjectSpec;
import dev.penstock.contract.platform.TenantSpec;
import dev.penstock.contract.platform.TenantsApi;
import dev.penstock.contract.quota.LimitSpec;
import dev.penstock.contract.quota.LimitsApi;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.PrincipalKind;
import dev.penstock.contract.quota.TenantRole;
import dev.penstock.contract.quota.Window;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tenants that the personas belong to, written as an administrator would, through the public interfaces. Every id follows from a name,
 * so that a start that was cut short goes on where it stopped.
 */
final class DevelopmentTenants {

    private static final long LONGEST_LEASE_SECONDS = Duration.ofDays(14).toSeconds();
    private static final int SOFT_PERCENT = 80;

    private static final List<Tenant> TENANTS = List.of(
            new Tenant("research", "Research", "CC-4100", 4, 2_000,
                    Map.of("h100-80.1g.10gb", 8, "h100-80.2g.20gb", 3, "h100-80.3g.40gb", 2, "h100-80.whole", 2, "h100-80.whole-x2", 1,
                            "h100-80.time-sliced-4", 4, "h100-80.dra-1g.10gb", 2, "h200-141.1g.18gb", 4, "h200-141.3g.71gb", 1, "h200-141.mps-4", 2),
                    List.of(
                            new Project("research-vision", "research-vision", 800, Map.of("h100-80.1g.10gb", 4, "h100-80.whole", 1)),
                            new Project("research-language", null, 1_000, Map.of("h100-80.1g.10gb", 4)))),
            new Tenant("risk", "Risk", "CC-7200", 1, 400,
                    Map.of("h100-80.1g.10gb", 4, "h100-80.2g.20gb", 1, "h100-80.time-sliced-4", 2, "h200-141.1g.18gb", 2),
                    List.of(new Project("risk-scoring", "risk-scoring", 400, Map.of("h100-80.1g.10gb", 3)))));

    private final TenantsApi tenants;
    private final LimitsApi limits;
    private final Eventually eventually;

    DevelopmentTenants(TenantsApi tenants, LimitsApi limits, Eventually eventually) {
        this.tenants = tenants;
        this.limits = limits;
        this.eventually = eventually;
    }

    /** May be repeated. */
    void write() {
        TENANTS.forEach(this::writeTenant);
        // Limits belong to quota-service, which learns of a tenant a moment after platform-backend did.
        TENANTS.forEach(this::writeLimits);
    }

    private void writeTenant(Tenant tenant) {
        tenants.put(tenant.id(), new TenantSpec(tenant.name(), tenant.title(), tenant.costCentre(), "Europe/Berlin", "EUR"));
        tenants.putPolicy(tenant.id(), new ApprovalPolicy(GpuTime.ofGpuHours(tenant.approvesUpToHours()), LONGEST_LEASE_SECONDS));
        for (Project project : tenant.projects()) {
            tenants.putProject(tenant.id(), project.id(), new ProjectSpec(project.name()));
            if (project.group() != null) {
                tenants.putMember(tenant.id(), DevelopmentIds.member(project.name()), new MemberSpec(PrincipalKind.GROUP, project.group(), TenantRole.MEMBER, project.id()));
            }
        }
    }

    private void writeLimits(Tenant tenant) {
        writeLimits(tenant, null, tenant.name(), tenant.gpuHours(), tenant.slices());
        for (Project project : tenant.projects()) {
            writeLimits(tenant, project.id(), project.name(), project.gpuHours(), project.slices());
        }
    }

    private void writeLimits(Tenant tenant, @Nullable ProjectId project, String name, int gpuHours, Map<String, Integer> slices) {
        long partSeconds = GpuTime.ofGpuHours(gpuHours).partSeconds();
        put(tenant, name + "/gpu-time", new LimitSpec(project, null, null, Meter.GPU_TIME, null, null, Window.MONTH, BigInteger.valueOf(partSeconds), true, SOFT_PERCENT, "development data"));
        slices.forEach((profile, most) ->
                put(tenant, name + "/" + profile, new LimitSpec(project, null, null, Meter.SLICES, profile, null, Window.NOW, BigInteger.valueOf(most), true, SOFT_PERCENT, "development data")));
    }

    private void put(Tenant tenant, String name, LimitSpec limit) {
        eventually.succeed("setting the limit " + name, () -> limits.put(tenant.id(), DevelopmentIds.limit(name), limit));
    }

    /** @param approvesUpToHours GPU-hours that need nobody's consent */
    private record Tenant(
            String name, String title, String costCentre, int approvesUpToHours, int gpuHours, Map<String, Integer> slices, List<Project> projects) {

        TenantId id() {
            return DevelopmentIds.tenant(name);
        }
    }

    /** @param group whose people are its members */
    private record Project(String name, @Nullable String group, int gpuHours, Map<String, Integer> slices) {

        ProjectId id() {
            return DevelopmentIds.project(name);
        }
    }
}
