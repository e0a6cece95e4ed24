package dev.penstock.simulators.cluster.controller;

import dev.penstock.simulators.cluster.store.Meta;
import dev.penstock.simulators.cluster.tree.Json;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Writes container states and what follows from them for the pod. */
final class ContainerStates {

    private ContainerStates() {
    }

    /** One waiting entry per container of the pod's spec; init containers have run by then. */
    static void create(ObjectNode pod, String now) {
        ObjectNode status = Json.within(pod, "status");
        fill(pod, "initContainers", "initContainerStatuses");
        Json.objects(status, "initContainerStatuses").forEach(container -> {
            container.put("ready", true).put("started", false).putObject("state").putObject("terminated").put("exitCode", 0)
                    .put("reason", "Completed").put("startedAt", now).put("finishedAt", now);
        });
        fill(pod, "containers", "containerStatuses");
        Json.objects(status, "containerStatuses").forEach(container -> waiting(container, "ContainerCreating", ""));
    }

    private static void fill(ObjectNode pod, String containers, String statuses) {
        for (ObjectNode container : Json.objects(pod, "spec", containers)) {
            ObjectNode entry = Json.list(Json.within(pod, "status"), statuses).addObject();
            entry.put("name", Json.text(container, "name")).put("image", Json.text(container, "image")).put("imageID", "");
            entry.putObject("state");
            entry.putObject("lastState");
            entry.put("ready", false).put("started", false).put("restartCount", 0);
        }
    }

    static void waiting(ObjectNode container, String reason, String message) {
        ObjectNode waiting = Json.object().put("reason", reason);
        if (!message.isEmpty()) {
            waiting.put("message", message);
        }
        container.put("ready", false).put("started", false).putObject("state").set("waiting", waiting);
    }

    /** Runs; whether it has also started is, when it has a probe for that, the probe's to say. */
    static void running(ObjectNode container, boolean probed, String now) {
        container.put("started", !probed).put("imageID", "simulator://" + Json.text(container, "image"))
                .put("containerID", "simulator://" + Json.text(container, "name"));
        container.putObject("state").putObject("running").put("startedAt", now);
    }

    /** The container has ended; what it was goes to {@code lastState} when it runs again. */
    static void ended(ObjectNode container, int exitCode, String reason, String now) {
        String startedAt = Json.text(container, "state", "running", "startedAt");
        container.put("ready", false).put("started", false).putObject("state").putObject("terminated")
                .put("exitCode", exitCode).put("reason", reason)
                .put("startedAt", startedAt.isEmpty() ? now : startedAt).put("finishedAt", now);
    }

    /** After an end: to be restarted, with the last end kept. */
    static void putOff(ObjectNode pod, ObjectNode container) {
        container.set("lastState", container.path("state").deepCopy());
        waiting(container, "CrashLoopBackOff", "back-off restarting failed container=" + Json.text(container, "name")
                + " pod=" + Meta.name(pod) + "_" + Meta.namespace(pod) + "(" + Meta.uid(pod) + ")");
    }

    /** Phase and conditions as they follow from the containers. */
    static void conclude(ObjectNode pod, String now) {
        List<ObjectNode> containers = Json.objects(pod, "status", "containerStatuses");
        ObjectNode status = Json.within(pod, "status");
        boolean allEnded = containers.stream().allMatch(container -> container.path("state").has("terminated"));
        boolean anyStarted = containers.stream().anyMatch(container -> container.path("state").has("running")
                || container.path("lastState").has("terminated"));
        boolean noneUnpulled = containers.stream().noneMatch(container -> {
            String waiting = Json.text(container, "state", "waiting", "reason");
            return !waiting.isEmpty() && !waiting.equals("CrashLoopBackOff");
        });
        if (allEnded && !containers.isEmpty()) {
            boolean allWell = containers.stream()
                    .allMatch(container -> Json.at(container, "state", "terminated", "exitCode").asInt(1) == 0);
            status.put("phase", allWell ? "Succeeded" : "Failed");
        } else if (anyStarted && noneUnpulled) {
            status.put("phase", "Running");
        }
        String phase = Json.text(status, "phase");
        List<String> unready = containers.stream().filter(container -> !container.path("ready").asBoolean(false))
                .map(container -> Json.text(container, "name")).toList();
        boolean ready = unready.isEmpty();
        String reason = ready ? "" : phase.equals("Succeeded") ? "PodCompleted"
                : phase.equals("Failed") ? "PodFailed" : "ContainersNotReady";
        String message = reason.equals("ContainersNotReady")
                ? "containers with unready status: [" + String.join(" ", unready) + "]" : "";
        Conditions.set(pod, "Initialized", "True", "", "", now);
        Conditions.set(pod, "ContainersReady", ready ? "True" : "False", reason, message, now);
        Conditions.set(pod, "Ready", ready ? "True" : "False", reason, message, now);
    }
}
