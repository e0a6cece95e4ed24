package dev.penstock.platform.slice;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.RequestId;
import dev.penstock.platform.catalog.DeviceChoice;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was approved: it never changes.
 *
 * @param projectUid made by us and carried by the project's objects on a cluster
 * @param profile id of the slice profile
 * @param parts of 840 of a GPU; several GPUs have as many times 840
 * @param vector GPU resources by Kubernetes resource name; an object that asks for anything else is never applied
 * @param holder subject of the person who asked for it
 * @param serving the model server it is for; null: a workspace
 * @param workspace the image and the volume of a workspace; null: a plain shell, or a model server
 * @param reserved the time it was reserved for; null: it was wanted as soon as there was a part
 */
public record Approved(
        ProjectId project,
        UUID projectUid,
        RequestId request,
        String name,
        String profile,
        int parts,
        Map<String, Integer> vector,
        String holder,
        Instant createdAt,
        @Nullable Serving serving,
        @Nullable Workspace workspace,
        @Nullable Reserved reserved) {

    public Approved {
        vector = Map.copyOf(vector);
        if (vector.isEmpty() || vector.values().stream().anyMatch(count -> count < 1)) {
            throw new IllegalArgumentException("a slice holds at least one of a GPU resource: " + vector);
        }
        if (serving != null && workspace != null) {
            throw new IllegalArgumentException("a workspace never serves a model");
        }
    }

    /** Whether it has nothing on a cluster but a pod: no model server, no volume, and no claim of devices. */
    public boolean isPodAlone() {
        return serving == null && workspace == null && vector.keySet().stream().noneMatch(DeviceChoice::isDevices);
    }

    /** What runs on it, as people call it. */
    public String what() {
        return serving == null ? "workspace" : "model server";
    }
}
