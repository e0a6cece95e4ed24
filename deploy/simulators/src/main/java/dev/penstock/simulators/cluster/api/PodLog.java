package dev.penstock.simulators.cluster.api;

import dev.penstock.simulators.cluster.container.ModelContainers;
import dev.penstock.simulators.cluster.store.ApiFailure;
import dev.penstock.simulators.cluster.store.Meta;
import dev.penstock.simulators.cluster.tree.Json;
import dev.penstock.simulators.http.Request;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** What containers have printed: a model server's lines, or one that says that nothing runs here. Not followed. */
final class PodLog {

    private final ModelContainers models;

    PodLog(ModelContainers models) {
        this.models = models;
    }

    /** The log of one container; {@code container}, {@code tailLines} and {@code timestamps} as on a cluster. */
    String read(ObjectNode pod, Request request) {
        ObjectNode status = status(pod, request.parameter("container"));
        String container = Json.text(status, "name");
        String waiting = Json.text(status, "state", "waiting", "reason");
        if (!waiting.isEmpty() && Json.at(status, "lastState").isEmpty()) {
            throw ApiFailure.badRequest("container \"" + container + "\" in pod \"" + Meta.name(pod)
                    + "\" is waiting to start: " + waiting);
        }
        List<String> printed = models.printed(pod, container);
        if (printed.isEmpty()) {
            return "simulated container " + container + " of image " + Json.text(status, "image") + "\n";
        }
        int skipped = Math.max(0, printed.size() - tail(request, printed.size()));
        boolean timestamps = request.flag("timestamps");
        return printed.stream().skip(skipped)
                .map(line -> (timestamps ? line : line.substring(line.indexOf(' ') + 1)) + "\n")
                .collect(Collectors.joining());
    }

    private static ObjectNode status(ObjectNode pod, String container) {
        List<ObjectNode> statuses = Json.objects(pod, "status", "containerStatuses");
        if (statuses.isEmpty()) {
            throw ApiFailure.badRequest("pod " + Meta.name(pod) + " does not have a host assigned");
        }
        if (container.isEmpty() && statuses.size() > 1) {
            throw ApiFailure.badRequest("a container name must be specified for pod " + Meta.name(pod) + ", choose one of: "
                    + statuses.stream().map(status -> Json.text(status, "name")).toList());
        }
        return statuses.stream().filter(one -> container.isEmpty() || Json.text(one, "name").equals(container)).findFirst()
                .orElseThrow(() -> ApiFailure.badRequest(
                        "container " + container + " is not valid for pod " + Meta.name(pod)));
    }

    private static int tail(Request request, int all) {
        String tail = request.parameter("tailLines");
        if (!tail.isEmpty() && !tail.matches("\\d{1,9}")) {
            throw ApiFailure.badRequest("tailLines: must be a number that is not negative");
        }
        return tail.isEmpty() ? all : Integer.parseInt(tail);
    }
}
