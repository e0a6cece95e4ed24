package dev.penstock.simulators.cluster.tree;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One entry of {@code metadata.managedFields}. */
record Owner(String manager, String operation, String subresource, String apiVersion, String time, FieldSet fields) {

    static final String APPLY = "Apply";
    static final String UPDATE = "Update";

    static Owner of(Author author, String operation, String apiVersion, FieldSet fields) {
        return new Owner(author.manager(), operation, author.subresource(), apiVersion,
                author.at().truncatedTo(ChronoUnit.SECONDS).toString(), fields);
    }

    static List<Owner> in(ObjectNode object) {
        List<Owner> owners = new ArrayList<>();
        for (ObjectNode entry : Json.objects(object, "metadata", "managedFields")) {
            owners.add(new Owner(Json.text(entry, "manager"), Json.text(entry, "operation"), Json.text(entry, "subresource"),
                    Json.text(entry, "apiVersion"), Json.text(entry, "time"), FieldSet.read(entry.path("fieldsV1"))));
        }
        return owners;
    }

    static void write(ObjectNode object, List<Owner> owners) {
        ArrayNode entries = Json.array();
        for (Owner owner : owners) {
            if (!owner.fields.isEmpty()) {
                ObjectNode entry = entries.addObject().put("manager", owner.manager).put("operation", owner.operation)
                        .put("apiVersion", owner.apiVersion).put("time", owner.time).put("fieldsType", "FieldsV1");
                entry.set("fieldsV1", owner.fields.write());
                if (!owner.subresource.isEmpty()) {
                    entry.put("subresource", owner.subresource);
                }
            }
        }
        ObjectNode metadata = Json.within(object, "metadata");
        if (entries.isEmpty()) {
            metadata.remove("managedFields");
        } else {
            metadata.set("managedFields", entries);
        }
    }

    boolean is(Author author, String byOperation) {
        return manager.equals(author.manager()) && operation.equals(byOperation)
                && subresource.equals(author.subresource());
    }

    Owner with(FieldSet changed) {
        return new Owner(manager, operation, subresource, apiVersion, time, changed);
    }

    /** As conflict messages name it. */
    String label() {
        String name = "\"" + manager + "\"";
        if (!subresource.isEmpty()) {
            name += " with subresource \"" + subresource + "\"";
        }
        return operation.equals(APPLY) ? name : name + " using " + apiVersion + " at " + time;
    }
}
