package dev.penstock.simulators.cluster.controller;

import dev.penstock.simulators.cluster.store.Change;
import dev.penstock.simulators.cluster.store.Deletion;
import dev.penstock.simulators.cluster.store.Kind;
import dev.penstock.simulators.cluster.store.Kinds;
import dev.penstock.simulators.cluster.store.Meta;
import dev.penstock.simulators.cluster.store.Registry;
import dev.penstock.simulators.cluster.tree.Json;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import tools.jackson.databind.node.ObjectNode;

/** Removes what belongs to something that is gone, and does what deletions ask for first: foreground and orphan. */
final class Garbage implements Controller {

    private static final String NAME = "generic-garbage-collector";
    private static final Deletion FOREGROUND = new Deletion(-1, Deletion.Propagation.FOREGROUND, "", "", false);

    private final Registry registry;
    private final Loop loop;

    Garbage(Registry registry, Loop loop) {
        this.registry = registry;
        this.loop = loop;
    }

    @Override
    public void changed(Change change) {
        // Most objects neither own nor are owned; only what goes, and what comes with an owner, can leave something to collect.
        boolean comesOwned = change.type() == Change.Type.ADDED && !Owners.uids(change.object()).isEmpty();
        boolean goes = change.type() == Change.Type.DELETED || Meta.isTerminating(change.object());
        if (!change.kind().equals(Kinds.EVENT) && (comesOwned || goes)) {
            loop.once("garbage", Duration.ZERO, this::collect);
        }
    }

    private void collect() {
        Set<String> alive = new HashSet<>();
        Set<String> owners = new HashSet<>();
        everything((kind, object) -> {
            alive.add(Meta.uid(object));
            owners.addAll(Owners.uids(object));
        });
        everything((kind, object) -> {
            List<String> own = Owners.uids(object);
            if (!own.isEmpty() && !Meta.isTerminating(object) && own.stream().noneMatch(alive::contains)) {
                delete(kind, object, Deletion.PLAIN);
            }
            if (Meta.isTerminating(object)) {
                finish(kind, object, owners);
            }
        });
    }

    private void finish(Kind kind, ObjectNode object, Set<String> owners) {
        List<String> finalizers = Json.texts(object, "metadata", "finalizers");
        if (finalizers.contains("orphan")) {
            everything((dependentKind, dependent) -> {
                if (Owners.uids(dependent).contains(Meta.uid(object))) {
                    registry.edit(dependentKind, Meta.namespace(dependent), Meta.name(dependent), NAME, "", it ->
                            Json.list(Meta.of(it), "ownerReferences")
                                    .removeIf(owner -> Json.text(owner, "uid").equals(Meta.uid(object))));
                }
            });
            release(kind, object, "orphan");
        } else if (finalizers.contains("foregroundDeletion")) {
            boolean[] waits = {false};
            everything((dependentKind, dependent) -> {
                if (Owners.uids(dependent).contains(Meta.uid(object))) {
                    waits[0] = true;
                    if (!Meta.isTerminating(dependent)) {
                        // What owns something itself goes in the same way, so nothing is gone before what it owns, however deep.
                        delete(dependentKind, dependent, owners.contains(Meta.uid(dependent)) ? FOREGROUND : Deletion.PLAIN);
                    }
                }
            });
            if (!waits[0]) {
                release(kind, object, "foregroundDeletion");
            }
        }
    }

    private void delete(Kind kind, ObjectNode object, Deletion how) {
        registry.store().locked(() -> registry.store().get(kind, Meta.namespace(object), Meta.name(object)) == null
                ? object
                : registry.delete(kind, Meta.namespace(object), Meta.name(object), how));
    }

    private void release(Kind kind, ObjectNode object, String finalizer) {
        registry.edit(kind, Meta.namespace(object), Meta.name(object), NAME, "", it -> {
            Json.list(Meta.of(it), "finalizers").removeIf(name -> name.asString("").equals(finalizer));
            if (!Meta.hasFinalizers(it)) {
                Meta.of(it).remove("finalizers");
            }
        });
    }

    /** Events, which are most of what there is, own nothing and are owned by nothing. */
    private void everything(BiConsumer<Kind, ObjectNode> visitor) {
        for (Kind kind : Kinds.all()) {
            if (!kind.equals(Kinds.EVENT)) {
                registry.store().list(kind, "").forEach(object -> visitor.accept(kind, object));
            }
        }
    }
}
