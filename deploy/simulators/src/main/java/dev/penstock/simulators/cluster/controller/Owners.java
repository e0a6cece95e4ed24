package dev.penstock.simulators.cluster.controller;

import dev.penstock.simulators.cluster.store.Kind;
import dev.penstock.simulators.cluster.store.Meta;
import dev.penstock.simulators.cluster.store.Store;
import dev.penstock.simulators.cluster.tree.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Owner references: what belongs to what. */
final class Owners {

    private Owners() {
    }

    /** Makes the owner the controller of the object. */
    static void own(ObjectNode object, JsonNode owner) {
        Json.list(Meta.of(object), "ownerReferences").addObject()
                .put("apiVersion", Json.text(owner, "apiVersion")).put("kind", Json.text(owner, "kind"))
                .put("name", Meta.name(owner)).put("uid", Meta.uid(owner))
                .put("controller", true).put("blockOwnerDeletion", true);
    }

    static List<String> uids(JsonNode object) {
        return Json.objects(object, "metadata", "ownerReferences").stream().map(owner -> Json.text(owner, "uid")).toList();
    }

    /** What of that kind belongs to the owner, in its namespace. */
    static List<ObjectNode> dependents(Store store, Kind kind, JsonNode owner) {
        return store.list(kind, Meta.namespace(owner)).stream()
                .filter(object -> uids(object).contains(Meta.uid(owner)))
                .toList();
    }
}
