package dev.penstock.simulators.cluster.api;

import dev.penstock.simulators.cluster.store.ApiFailure;
import dev.penstock.simulators.cluster.store.Kind;
import dev.penstock.simulators.cluster.store.Meta;
import dev.penstock.simulators.cluster.tree.FieldSelector;
import dev.penstock.simulators.cluster.tree.LabelSelector;
import dev.penstock.simulators.http.Request;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The label and field selectors of a request, together. */
record Selection(LabelSelector labels, FieldSelector fields) {

    static Selection of(Request request, Target target) {
        Kind kind = target.kind();
        Set<String> selectable = new HashSet<>(kind.selectable());
        selectable.add("metadata.name");
        if (kind.namespaced()) {
            selectable.add("metadata.namespace");
        }
        try {
            String fields = request.parameter("fieldSelector");
            String one = target.name().isEmpty() ? fields : "metadata.name=" + target.name();
            return new Selection(LabelSelector.parse(request.parameter("labelSelector")), FieldSelector.parse(one, selectable));
        } catch (IllegalArgumentException unreadable) {
            throw ApiFailure.badRequest(String.valueOf(unreadable.getMessage()));
        }
    }

    boolean has(JsonNode object) {
        return labels.matches(Meta.labels(object)) && fields.matches(object);
    }
}
