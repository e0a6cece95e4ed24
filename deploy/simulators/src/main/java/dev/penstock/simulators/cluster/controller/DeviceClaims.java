package dev.penstock.simulators.cluster.controller;

import dev.penstock.simulators.cluster.admission.PodResources;
import dev.penstock.simulators.cluster.device.Claims;
import dev.penstock.simulators.cluster.store.Change;
import dev.penstock.simulators.cluster.store.Kinds;
import dev.penstock.simulators.cluster.store.Meta;
import dev.penstock.simulators.cluster.store.Registry;
import dev.penstock.simulators.cluster.tree.Json;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Gives the devices of a claim back when no pod uses it any more; until then what is deleted stays. */
final class DeviceClaims implements Controller {

    static final String FINALIZER = "resource.kubernetes.io/delete-protection";

    private static final String NAME = "resource-claim-controller";

    private final Registry registry;
    private final Loop loop;

    DeviceClaims(Registry registry, Loop loop) {
        this.registry = registry;
        this.loop = loop;
    }

    @Override
    public void changed(Change change) {
        boolean podGoes = change.kind().equals(Kinds.POD) && !Claims.of(change.object()).isEmpty()
                && (change.type() == Change.Type.DELETED || PodResources.isOver(change.object()));
        if (podGoes || change.kind().equals(Kinds.RESOURCE_CLAIM) && Meta.isTerminating(change.object())) {
            loop.once("claims", Duration.ZERO, this::release);
        }
    }

    private void release() {
        registry.store().list(Kinds.RESOURCE_CLAIM, "").stream().filter(claim -> Meta.hasFinalizers(claim) && !isUsed(claim)).forEach(this::release);
    }

    private boolean isUsed(ObjectNode claim) {
        List<ObjectNode> users = Json.objects(claim, "status", "reservedFor");
        return users.stream().anyMatch(user -> {
            ObjectNode pod = registry.store().get(Kinds.POD, Meta.namespace(claim), Json.text(user, "name"));
            return pod != null && Meta.uid(pod).equals(Json.text(user, "uid")) && !PodResources.isOver(pod);
        });
    }

    private void release(ObjectNode claim) {
        registry.edit(Kinds.RESOURCE_CLAIM, Meta.namespace(claim), Meta.name(claim), NAME, "status",
                it -> Json.within(it, "status").remove(List.of("allocation", "reservedFor")));
        registry.edit(Kinds.RESOURCE_CLAIM, Meta.namespace(claim), Meta.name(claim), NAME, "", it -> {
            Json.list(Meta.of(it), "finalizers").removeIf(name -> name.asString("").equals(FINALIZER));
            if (!Meta.hasFinalizers(it)) {
                Meta.of(it).remove("finalizers");
            }
        });
    }
}
