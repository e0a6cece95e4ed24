package dev.penstock.ui.tenants;

import dev.penstock.contract.GpuTime;
import dev.penstock.contract.KeyId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.platform.TenantView;
import dev.penstock.contract.quota.LimitView;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Window;
import dev.penstock.ui.base.Limits;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A line of the tree: a tenant, one of its projects, or a person or key of a project that has limits of its own.
 *
 * @param project null on the tenant's own line
 * @param key null but on a key's line
 * @param person the subject of a sign-in; null but on a person's line
 * @param limits that stand on this very line
 * @param slices live ones, of the project or of all the tenant's projects
 */
record Node(TenantView tenant, TenantView.@Nullable Project project, @Nullable Key key, @Nullable String person, List<LimitView> limits, long slices) {

    /** A key by what it is called. */
    record Key(KeyId id, String name) {}

    /** Tenants, each followed by its projects, those by their people and keys. */
    static List<Node> tree(List<TenantView> tenants, List<LimitView> limits, Map<ProjectId, Long> slices) {
        var nodes = new ArrayList<Node>();
        for (TenantView tenant : tenants) {
            long all = tenant.projects().stream().mapToLong(project -> slices.getOrDefault(project.id(), 0L)).sum();
            nodes.add(new Node(tenant, null, null, null, own(limits, tenant, null, null, null), all));
            for (TenantView.Project project : tenant.projects()) {
                nodes.add(new Node(tenant, project, null, null, own(limits, tenant, project, null, null), slices.getOrDefault(project.id(), 0L)));
                people(limits, tenant, project).forEach(
                        person -> nodes.add(new Node(tenant, project, null, person, own(limits, tenant, project, null, person), 0)));
                keys(limits, tenant, project).values().forEach(key -> nodes.add(new Node(tenant, project, key, null, own(limits, tenant, project, key, null), 0)));
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

    private static SortedSet<String> people(List<LimitView> limits, TenantView tenant, TenantView.Project project) {
        return limits.stream()
                .filter(limit -> limit.tenant().equals(tenant.id()) && project.id().equals(limit.project()))
                .flatMap(limit -> Stream.ofNullable(limit.person()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<LimitView> own(
            List<LimitView> limits, TenantView tenant, TenantView.@Nullable Project project, @Nullable Key key, @Nullable String person) {
        ProjectId id = project == null ? null : project.id();
        KeyId keyId = key == null ? null : key.id();
        return limits.stream()
                .filter(limit -> limit.tenant().equals(tenant.id()) && Objects.equals(limit.project(), id) && Objects.equals(limit.key(), keyId)
                        && Objects.equals(limit.person(), person))
                .toList();
    }

    /** A key of this project that has no limits yet. */
    Node withKey(Key other) {
        return new Node(tenant, project, other, null, List.of(), 0);
    }

    /** A person in this project who has no limits yet. */
    Node withPerson(String other) {
        return new Node(tenant, project, null, other, List.of(), 0);
    }

    /** A key's or a person's line. */
    boolean isBelowProject() {
        return key != null || person != null;
    }

    String name() {
        return key != null ? key.name() : person != null ? person : project == null ? tenant.title() : project.name();
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
        return tenant.id().equals(other.tenant.id()) && Objects.equals(projectId(), other.projectId()) && Objects.equals(keyId(), other.keyId())
                && Objects.equals(person, other.person());
    }

    /** The limit of a meter for this month and all models; null where none stands. */
    @Nullable LimitView monthly(Meter meter) {
        return limits.stream().filter(limit -> limit.meter() == meter && limit.window() == Window.MONTH && limit.models() == null).findFirst().orElse(null);
    }

    boolean isNear() {
        return limits.stream().anyMatch(Limits::isNear);
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
