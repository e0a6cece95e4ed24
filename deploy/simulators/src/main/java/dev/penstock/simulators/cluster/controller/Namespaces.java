package dev.penstock.simulators.cluster.controller;

import dev.penstock.simulators.cluster.store.ApiFailure;
import dev.penstock.simulators.cluster.store.Change;
import dev.penstock.simulators.cluster.store.Deletion;
import dev.penstock.simulators.cluster.store.Kind;
import dev.penstock.simulators.cluster.store.Kinds;
import dev.penstock.simulators.cluster.store.Meta;
import dev.penstock.simulators.cluster.store.Registry;
import dev.penstock.simulators.cluster.tree.Json;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Furnishes new namespaces, and empties those that end before letting them go. */
final class Namespaces implements Controller {

    private static final System.Logger LOG = System.getLogger(Namespaces.class.getName());
    private static final String NAME = "namespace-controller";

    private final Registry registry;
    private final Loop loop;

    Namespaces(Registry registry, Loop loop) {
        this.registry = registry;
        this.loop = loop;
    }

    @Override
    public void changed(Change change) {
        if (change.kind().equals(Kinds.NAMESPACE)) {
            if (change.type() == Change.Type.ADDED) {
                furnish(change.name());
            }
            plan(change.name());
        } else if (change.type() == Change.Type.DELETED || Meta.isTerminating(change.object())) {
            plan(change.namespace());
        }
    }

    private void plan(String name) {
        loop.once("namespace " + name, Duration.ZERO, () -> end(name));
    }

    private void furnish(String name) {
        create(Kinds.SERVICE_ACCOUNT, name, "default");
        create(Kinds.CONFIG_MAP, name, "kube-root-ca.crt");
    }

    private void create(Kind kind, String namespace, String name) {
        ObjectNode object = Json.object().put("apiVersion", kind.apiVersion()).put("kind", kind.kind());
        object.putObject("metadata").put("name", name).put("namespace", namespace);
        try {
            registry.create(kind, object, registry.author(NAME, ""), false);
        } catch (ApiFailure thereOrEnding) {
            LOG.log(Level.TRACE, "not furnished", thereOrEnding);
        }
    }

    private void end(String name) {
        ObjectNode namespace = registry.store().get(Kinds.NAMESPACE, "", name);
        if (namespace == null || !Meta.isTerminating(namespace)) {
            return;
        }
        List<String> remaining = new ArrayList<>();
        boolean held = false;
        for (Kind kind : Kinds.all()) {
            if (kind.namespaced()) {
                for (ObjectNode object : registry.store().list(kind, name)) {
                    if (!Meta.isTerminating(object)) {
                        registry.delete(kind, name, Meta.name(object), Deletion.PLAIN);
                    }
                }
                List<ObjectNode> left = registry.store().list(kind, name);
                if (!left.isEmpty()) {
                    remaining.add(kind.resource() + ". has " + left.size() + " resource instances");
                    held |= left.stream().anyMatch(Meta::hasFinalizers);
                }
            }
        }
        if (remaining.isEmpty()) {
            registry.edit(Kinds.NAMESPACE, "", name, NAME, "", it -> Json.within(it, "spec").remove("finalizers"));
        } else {
            report(name, remaining, held);
        }
    }

    private void report(String name, List<String> remaining, boolean held) {
        registry.edit(Kinds.NAMESPACE, "", name, NAME, "status", it -> {
            Conditions.set(it, "NamespaceContentRemaining", "True", "SomeResourcesRemain",
                    "Some resources are remaining: " + String.join(", ", remaining), registry.now());
            Conditions.set(it, "NamespaceFinalizersRemaining", held ? "True" : "False",
                    held ? "SomeFinalizersRemain" : "ContentHasNoFinalizers",
                    held ? "Some content in the namespace has finalizers remaining" : "", registry.now());
        });
    }
}
