package dev.penstock.simulators.cluster.api;

import dev.penstock.simulators.cluster.store.ApiFailure;
import dev.penstock.simulators.cluster.store.Store;
import dev.penstock.simulators.cluster.tree.Json;
import dev.penstock.simulators.http.Exchange;
import java.io.IOException;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Reading one object, whole or through a subresource. */
final class Reads {

    private final Store store;

    Reads(Store store) {
        this.store = store;
    }

    void get(Exchange exchange, Target target) throws IOException {
        ObjectNode object = store.get(target.kind(), target.namespace(), target.name());
        if (object == null) {
            throw ApiFailure.notFound(target.kind(), target.name());
        }
        switch (target.subresource()) {
            case "", "status" -> Answers.json(exchange, 200, object);
            case "scale" -> Answers.json(exchange, 200, ScaleView.of(object));
            case "log" -> Answers.text(exchange, 200, log(object, exchange.request().parameter("container")));
            default -> throw ApiFailure.methodNotAllowed();
        }
    }

    /** Containers here run nothing, so their log says just that. */
    private static String log(ObjectNode pod, String container) {
        Optional<ObjectNode> status = Json.objects(pod, "status", "containerStatuses").stream()
                .filter(one -> container.isEmpty() || Json.text(one, "name").equals(container)).findFirst();
        if (status.isEmpty()) {
            String name = Json.text(pod, "metadata", "name");
            throw ApiFailure.badRequest(container.isEmpty()
                    ? "pod " + name + " does not have a host assigned"
                    : "container " + container + " is not valid for pod " + name);
        }
        String name = Json.text(status.get(), "name");
        String waiting = Json.text(status.get(), "state", "waiting", "reason");
        if (!waiting.isEmpty() && Json.at(status.get(), "lastState").isEmpty()) {
            throw ApiFailure.badRequest("container \"" + name + "\" in pod \"" + Json.text(pod, "metadata", "name")
                    + "\" is waiting to start: " + waiting);
        }
        return "simulated container " + name + " of image " + Json.text(status.get(), "image") + "\n";
    }
}
