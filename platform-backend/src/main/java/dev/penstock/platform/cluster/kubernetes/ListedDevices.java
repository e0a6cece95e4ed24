package dev.penstock.platform.cluster.kubernetes;

import dev.penstock.platform.cluster.DeviceSeen;
import dev.penstock.platform.cluster.DevicesSeen;
import dev.penstock.platform.cluster.Marks;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.resource.v1.Device;
import io.fabric8.kubernetes.api.model.resource.v1.DeviceAttribute;
import io.fabric8.kubernetes.api.model.resource.v1.ResourceClaim;
import io.fabric8.kubernetes.api.model.resource.v1.ResourceSlice;
import io.fabric8.kubernetes.api.model.resource.v1.ResourceSliceSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what drivers list for claims, and what of it claims have been given. */
final class ListedDevices {

    private static final int NOT_FOUND = 404;
    private static final int FORBIDDEN = 403;

    private final KubernetesClient client;

    ListedDevices(KubernetesClient client) {
        this.client = client;
    }

    private record Key(String driver, String pool, String device) {}

    private record Pool(String driver, String name) {

        static Pool of(ResourceSlice slice) {
            return new Pool(slice.getSpec().getDriver(), slice.getSpec().getPool().getName());
        }
    }

    /** @param marks null on a claim that is not ours */
    private record Claimant(@Nullable Marks marks) {}

    DevicesSeen now() {
        try {
            List<ResourceSlice> slices = client.resources(ResourceSlice.class).list().getItems();
            // Claims are asked for after the devices: what was claimed in between is seen.
            Map<Key, Claimant> claimed = slices.isEmpty() ? Map.of() : claimed();
            return new DevicesSeen(complete(slices).flatMap(slice -> devices(slice, claimed)).toList(), null);
        } catch (KubernetesClientException e) {
            if (e.getCode() == NOT_FOUND) {
                return new DevicesSeen(List.of(), "The cluster has no API resource.k8s.io/v1: it needs Kubernetes 1.34 or later.");
            }
            if (e.getCode() == FORBIDDEN) {
                return new DevicesSeen(List.of(), "Penstock may not list ResourceSlices and ResourceClaims: it needs the rules of deploy/kubernetes/service-account.yaml.");
            }
            throw e;
        }
    }

    private Map<Key, Claimant> claimed() {
        Map<Key, Claimant> claimed = new HashMap<>();
        for (ResourceClaim claim : client.resources(ResourceClaim.class).inAnyNamespace().list().getItems()) {
            if (claim.getStatus() != null && claim.getStatus().getAllocation() != null && claim.getStatus().getAllocation().getDevices() != null) {
                ObjectMeta metadata = claim.getMetadata();
                Claimant claimant = new Claimant(Marks.read(metadata.getLabels(), metadata.getAnnotations()));
                // Who only watches a device (adminAccess) takes it from nobody.
                claim.getStatus().getAllocation().getDevices().getResults().stream()
                        .filter(result -> !Boolean.TRUE.equals(result.getAdminAccess()))
                        .forEach(result -> claimed.put(new Key(result.getDriver(), result.getPool(), result.getDevice()), claimant));
            }
        }
        return claimed;
    }

    /** Of each pool the newest generation, if all of its slices are there: a driver that is writing has not said everything yet. */
    private static Stream<ResourceSlice> complete(List<ResourceSlice> slices) {
        Map<Pool, List<ResourceSlice>> pools = slices.stream().filter(slice -> slice.getSpec() != null && slice.getSpec().getPool() != null).collect(Collectors.groupingBy(Pool::of));
        return pools.values().stream().flatMap(pool -> {
            long newest = pool.stream().mapToLong(slice -> slice.getSpec().getPool().getGeneration()).max().orElse(0);
            List<ResourceSlice> latest = pool.stream().filter(slice -> slice.getSpec().getPool().getGeneration() == newest).toList();
            return latest.size() == latest.getFirst().getSpec().getPool().getResourceSliceCount() ? latest.stream() : Stream.of();
        });
    }

    /** Devices that are not of one node alone are left out: what is counted here is counted node by node. */
    private static Stream<DeviceSeen> devices(ResourceSlice slice, Map<Key, Claimant> claimed) {
        ResourceSliceSpec spec = slice.getSpec();
        String node = spec.getNodeName();
        List<DeviceSeen> devices = new ArrayList<>();
        if (node != null && spec.getDevices() != null) {
            for (Device device : spec.getDevices()) {
                Claimant claimant = claimed.get(new Key(spec.getDriver(), spec.getPool().getName(), device.getName()));
                devices.add(new DeviceSeen(
                        node, spec.getDriver(), spec.getPool().getName(), device.getName(), attributes(spec.getDriver(), device),
                        isEmpty(device.getConsumesCounters()) && isEmpty(device.getTaints()) && !Boolean.TRUE.equals(device.getAllowMultipleAllocations()),
                        claimant != null, claimant == null ? null : claimant.marks()));
            }
        }
        return devices.stream();
    }

    private static boolean isEmpty(@Nullable List<?> list) {
        return list == null || list.isEmpty();
    }

    /** Those of the driver's own domain, which need not be named. */
    private static Map<String, String> attributes(String driver, Device device) {
        Map<String, String> attributes = new HashMap<>();
        Map<String, DeviceAttribute> listed = Objects.requireNonNullElse(device.getAttributes(), Map.of());
        listed.forEach((name, attribute) -> {
            String own = name.startsWith(driver + "/") ? name.substring(driver.length() + 1) : name;
            Stream.of(attribute.getString(), attribute.getVersion(), attribute.getInt(), attribute.getBool())
                    .filter(((Predicate<Object>) Objects::isNull).negate())
                    .findFirst()
                    .filter(value -> !own.contains("/"))
                    .ifPresent(value -> attributes.put(own, value.toString()));
        });
        return attributes;
    }
}
