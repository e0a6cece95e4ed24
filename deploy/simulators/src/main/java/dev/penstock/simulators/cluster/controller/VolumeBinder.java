package dev.penstock.simulators.cluster.controller;

import dev.penstock.simulators.cluster.store.Change;
import dev.penstock.simulators.cluster.store.Kinds;
import dev.penstock.simulators.cluster.store.Meta;
import dev.penstock.simulators.cluster.store.Registry;
import dev.penstock.simulators.cluster.tree.Json;
import java.time.Duration;
import tools.jackson.databind.node.ObjectNode;

/** Binds volume claims; there are no volume objects behind them, every claim gets what it asks for. */
final class VolumeBinder implements Controller {

    private static final String NAME = "persistentvolume-binder";

    private final Registry registry;
    private final Loop loop;
    private final Duration delay;

    VolumeBinder(Registry registry, Loop loop, Duration delay) {
        this.registry = registry;
        this.loop = loop;
        this.delay = delay;
    }

    @Override
    public void changed(Change change) {
        ObjectNode claim = change.object();
        if (change.kind().equals(Kinds.VOLUME_CLAIM) && change.type() != Change.Type.DELETED
                && Json.text(claim, "status", "phase").isEmpty()) {
            loop.once("volume " + Meta.uid(claim), delay, () -> bind(claim));
        }
    }

    private void bind(ObjectNode claim) {
        registry.edit(Kinds.VOLUME_CLAIM, Meta.namespace(claim), Meta.name(claim), NAME, "status", it -> {
            ObjectNode status = Json.within(it, "status").put("phase", "Bound");
            status.set("accessModes", it.path("spec").path("accessModes").deepCopy());
            status.set("capacity", Json.at(it, "spec", "resources", "requests").deepCopy());
        });
    }
}
