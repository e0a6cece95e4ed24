package dev.penstock.ui.tenants;

import dev.penstock.contract.GpuTime;
import dev.penstock.contract.KeyId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.platform.TenantView;
import dev.penstock.contract.quota.LimitView;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Window;
import dev.penstock.ui.base.Gauge;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A line of the tree: a tenant, one of its projects, or a key of a project that has limits of its own.
 *
 * @param project null on the tenant's own line
 * @param key null but on a key's line
 * @param limits that stand on this very line
 * @param slices live ones, of the project or of all the tenant's projects
 */
record Node(TenantView tenant, TenantView.@Nullable Project project, @Nullable Key key, List<LimitView> limits, long slices) {

    /** A key by what it is called. */
    record Key(KeyId id, String name) {}

    /** Tenants, each followed by its projects, those by their keys. */
    static List<Node> tree(List<TenantView> tenants, List<LimitView> limits, Map<ProjectId, Long> slices) {
        var nodes = new ArrayList<Node>();
        for (TenantView tenant : tenants) {
            long all = tenant.projects().stream().mapToLong(project -> slices.getOrDefault(project.id(), 0L)).sum();
            nodes.add(new Node(tenant, null, null, own(limits, tenant, null, null), all));
            for (TenantView.Project project : tenant.projects()) {
                nodes.add(new Node(tenant, project, null, own(limits, tenant, project, null), slices.getOrDefault(project.id(), 0L)));
                keys(limits, tenant, project).values().forEach(key -> nodes.add(new Node(tenant, project, key, own(limits, tenant, project, key), 0)));
            }
        }
        return nodes;
    }

    private static Map<KeyId, Key> keys(List<LimitView> limits, TenantView tenant, TenantView.Project project) {
        var keys = new LinkedHashMap<KeyId, Key>();
        for (LimitView limit : limits) {
            KeyId id = limit.key();
            if (id != null && limit.tenant().equals(tenant.id()) && project.id().equals(limit.project())) {
                String name = limit.keyName();
                keys.putIfAbsent(id, new Key(id, name == null ? id.toString() : name));
            }
        }
        return keys;
    }

    private static List<LimitView> own(List<LimitView> limits, TenantView tenant, TenantView.@Nullable Project project, @Nullable Key key) {
        ProjectId id = project == null ? null : project.id();
        KeyId keyId = key == null ? null : key.id();
        return limits.stream()
                .filter(limit -> limit.tenant().equals(tenant.id()) && Objects.equals(limit.project(), id) && Objects.equals(limit.key(), keyId))
                .toList();
    }

    /** A key of this project that has no limits yet. */
    Node withKey(Key other) {
        return new Node(tenant, project, other, List.of(), 0);
    }

    String name() {
        return key != null ? key.name() : project == null ? tenant.title() : project.name();
    }

    String currency() {
        return tenant.currency();
    }

    @Nullable ProjectId projectId() {
        return project == null ? null : project.id();
    }

    @Nullable KeyId keyId() {
        return key == null ? null : key.id();
    }

    boolean isSame(Node other) {
        return tenant.id().equals(other.tenant.id()) && Objects.equals(projectId(), other.projectId()) && Objects.equals(keyId(), other.keyId());
    }

    /** The limit of a meter for this month; null where none stands. */
    @Nullable LimitView monthly(Meter meter) {
        return limits.stream().filter(limit -> limit.meter() == meter && limit.window() == Window.MONTH).findFirst().orElse(null);
    }

    boolean isNear() {
        return limits.stream().anyMatch(limit -> {
            BigInteger amount = limit.amount();
            return amount != null && Gauge.near(limit.taken(), amount, limit.softPercent());
        });
    }

    GpuTime used() {
        LimitView limit = monthly(Meter.GPU_TIME);
        return limit == null ? GpuTime.ZERO : new GpuTime(limit.used().longValueExact());
    }

    /** In 10⁻¹² of the currency. */
    BigInteger spent() {
        LimitView limit = monthly(Meter.MONEY);
        return limit == null ? BigInteger.ZERO : limit.used();
    }
}
