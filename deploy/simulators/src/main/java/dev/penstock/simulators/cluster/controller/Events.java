package dev.penstock.simulators.cluster.controller;

import dev.penstock.simulators.cluster.store.ApiFailure;
import dev.penstock.simulators.cluster.store.Deletion;
import dev.penstock.simulators.cluster.store.Kinds;
import dev.penstock.simulators.cluster.store.Meta;
import dev.penstock.simulators.cluster.store.Registry;
import dev.penstock.simulators.cluster.tree.Json;
import java.lang.System.Logger.Level;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Tells what happened to an object as events; the same event again counts up the first. */
final class Events {

    private static final System.Logger LOG = System.getLogger(Events.class.getName());
    private static final int KEPT_PER_NAMESPACE = 300;
    /** So many more may come before the oldest are looked for: with every event that would be the most of the work. */
    private static final int MORE = 50;

    private final Registry registry;

    Events(Registry registry) {
        this.registry = registry;
    }

    void normal(ObjectNode about, String component, String reason, String message) {
        tell(about, component, "Normal", reason, message);
    }

    void warning(ObjectNode about, String component, String reason, String message) {
        tell(about, component, "Warning", reason, message);
    }

    private void tell(ObjectNode about, String component, String type, String reason, String message) {
        String namespace = Meta.namespace(about).isEmpty() ? "default" : Meta.namespace(about);
        String name = Meta.name(about) + "." + Integer.toHexString((Meta.uid(about) + reason + message).hashCode());
        try {
            ObjectNode again = registry.edit(Kinds.EVENT, namespace, name, component, "", event -> {
                event.put("count", event.path("count").asInt(0) + 1);
                event.put("lastTimestamp", registry.now());
            });
            if (again == null) {
                registry.create(Kinds.EVENT, event(about, component, type, reason, message, namespace, name),
                        registry.author(component, ""), false);
                forgetOldest(namespace);
            }
        } catch (ApiFailure noPlaceForIt) {
            LOG.log(Level.TRACE, "event not kept", noPlaceForIt);
        }
    }

    private ObjectNode event(ObjectNode about, String component, String type, String reason, String message,
            String namespace, String name) {
        ObjectNode event = Json.object().put("apiVersion", "v1").put("kind", "Event");
        event.putObject("metadata").put("name", name).put("namespace", namespace);
        event.putObject("involvedObject").put("kind", Json.text(about, "kind")).put("namespace", Meta.namespace(about))
                .put("name", Meta.name(about)).put("uid", Meta.uid(about)).put("apiVersion", Json.text(about, "apiVersion"))
                .put("resourceVersion", Json.text(about, "metadata", "resourceVersion"));
        event.put("reason", reason).put("message", message).put("type", type).put("count", 1)
                .put("firstTimestamp", registry.now()).put("lastTimestamp", registry.now())
                .put("reportingComponent", component).put("reportingInstance", "");
        ObjectNode source = event.putObject("source").put("component", component);
        String node = Json.text(about, "spec", "nodeName");
        if (component.equals("kubelet") && !node.isEmpty()) {
            source.put("host", node);
        }
        return event;
    }

    /** A cluster forgets events after an hour; here the oldest go when there are many. */
    private void forgetOldest(String namespace) {
        List<ObjectNode> events = registry.store().list(Kinds.EVENT, namespace);
        if (events.size() <= KEPT_PER_NAMESPACE + MORE) {
            return;
        }
        events.stream()
                .sorted(Comparator.comparing(event -> Json.text(event, "lastTimestamp")))
                .limit(events.size() - KEPT_PER_NAMESPACE)
                .forEach(event -> registry.delete(Kinds.EVENT, namespace, Meta.name(event), Deletion.NOW));
    }
}
