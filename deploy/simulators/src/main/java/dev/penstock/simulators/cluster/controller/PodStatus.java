package dev.penstock.simulators.cluster.controller;

import dev.penstock.simulators.cluster.store.Kinds;
import dev.penstock.simulators.cluster.store.Meta;
import dev.penstock.simulators.cluster.store.Registry;
import dev.penstock.simulators.cluster.tree.Json;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** Writes the status of pods as a kubelet does: containers change, phase and conditions follow. */
final class PodStatus {

    static final String KUBELET = "kubelet";

    private final Registry registry;
    private final Events events;

    PodStatus(Registry registry, Events events) {
        this.registry = registry;
        this.events = events;
    }

    /** Changes the pod. */
    void change(ObjectNode pod, Consumer<ObjectNode> change) {
        registry.edit(Kinds.POD, Meta.namespace(pod), Meta.name(pod), KUBELET, "status", it -> {
            change.accept(it);
            ContainerStates.conclude(it, registry.now());
        });
    }

    /** Changes the status of every container. */
    void changeContainers(ObjectNode pod, Consumer<ObjectNode> change) {
        change(pod, it -> Json.objects(it, "status", "containerStatuses").forEach(change));
    }

    /** Changes the status of one container. */
    void changeContainer(ObjectNode pod, String container, Consumer<ObjectNode> change) {
        changeContainers(pod, status -> {
            if (Json.text(status, "name").equals(container)) {
                change.accept(status);
            }
        });
    }

    /** A running container ends; it is put off to run again if the pod says so. */
    void end(ObjectNode pod, ObjectNode status, int exitCode) {
        if (!status.path("state").has("running")) {
            return;
        }
        ContainerStates.ended(status, exitCode, exitCode == 0 ? "Completed" : "Error", registry.now());
        String policy = Json.text(pod, "spec", "restartPolicy");
        if (policy.equals("Always") || policy.equals("OnFailure") && exitCode != 0) {
            ContainerStates.putOff(pod, status);
            events.warning(pod, KUBELET, "BackOff", "Back-off restarting failed container " + Json.text(status, "name")
                    + " in pod " + Meta.name(pod));
        }
    }

    /** The container of that name as the pod's spec has it. */
    static ObjectNode specOf(ObjectNode pod, String container) {
        ObjectNode spec = Json.find(Json.at(pod, "spec", "containers"), "name", container);
        return spec == null ? Json.object() : spec;
    }
}
