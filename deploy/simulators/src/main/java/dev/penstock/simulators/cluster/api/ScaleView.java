package dev.penstock.simulators.cluster.api;

import dev.penstock.simulators.cluster.store.Meta;
import dev.penstock.simulators.cluster.tree.Json;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** What the {@code scale} subresource shows of something that has replicas. */
final class ScaleView {

    private ScaleView() {
    }

    static ObjectNode of(ObjectNode object) {
        ObjectNode scale = Json.object().put("kind", "Scale").put("apiVersion", "autoscaling/v1");
        scale.putObject("metadata").put("name", Meta.name(object)).put("namespace", Meta.namespace(object))
                .put("uid", Meta.uid(object)).put("resourceVersion", Json.text(object, "metadata", "resourceVersion"))
                .put("creationTimestamp", Json.text(object, "metadata", "creationTimestamp"));
        scale.putObject("spec").put("replicas", Json.at(object, "spec", "replicas").asInt(0));
        Map<String, String> selector = Json.map(object, "spec", "selector", "matchLabels");
        scale.putObject("status").put("replicas", Json.at(object, "status", "replicas").asInt(0))
                .put("selector", selector.entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining(",")));
        return scale;
    }
}
