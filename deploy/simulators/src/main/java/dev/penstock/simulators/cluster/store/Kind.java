package dev.penstock.simulators.cluster.store;

import java.util.List;
import java.util.Set;

/**
 * One kind of object the API serves.
 *
 * @param group the API group, empty for the core group
 * @param plural the resource name in paths
 * @param shortNames what command lines may call it
 * @param subresources paths below an object that are served, such as {@code status}
 * @param fields top-level fields beside {@code apiVersion}, {@code kind} and {@code metadata}
 * @param selectable fields a field selector may name beside {@code metadata.name} and {@code metadata.namespace}
 */
public record Kind(String group, String version, String kind, String plural, List<String> shortNames, boolean namespaced,
        Set<String> subresources, Set<String> fields, Set<String> selectable) {

    /** {@code v1} or {@code apps/v1}. */
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** The plural with its group, as messages name it: {@code deployments.apps}. */
    public String resource() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    /** Whether the status is written through a path of its own and ignored elsewhere. */
    public boolean hasStatus() {
        return subresources.contains("status");
    }

    /** Whether a change of the spec counts up {@code metadata.generation}. */
    public boolean hasGeneration() {
        return fields.contains("spec") && !Set.of("Namespace", "Node", "Service", "ResourceQuota", "LimitRange",
                "PersistentVolumeClaim", "Lease", "ResourceClaim").contains(kind);
    }

    @Override
    public String toString() {
        return resource();
    }
}
