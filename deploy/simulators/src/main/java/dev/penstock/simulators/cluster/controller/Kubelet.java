package dev.penstock.simulators.cluster.controller;

import dev.penstock.simulators.cluster.fault.Faults;
import dev.penstock.simulators.cluster.store.ApiFailure;
import dev.penstock.simulators.cluster.store.Change;
import dev.penstock.simulators.cluster.store.Deletion;
import dev.penstock.simulators.cluster.store.Deletion.Propagation;
import dev.penstock.simulators.cluster.store.Kinds;
import dev.penstock.simulators.cluster.store.Meta;
import dev.penstock.simulators.cluster.store.Registry;
import dev.penstock.simulators.cluster.tree.Json;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** Runs the pods of all nodes: takes the {@link PodStep} that is due, once it is due. */
final class Kubelet implements Controller {

    private static final System.Logger LOG = System.getLogger(Kubelet.class.getName());
    private static final String NAME = "kubelet";

    private final Registry registry;
    private final Events events;
    private final Faults faults;
    private final Loop loop;
    private final Pace pace;
    private final Clock clock;

    Kubelet(Registry registry, Events events, Faults faults, Loop loop, Pace pace, Clock clock) {
        this.registry = registry;
        this.events = events;
        this.faults = faults;
        this.loop = loop;
        this.pace = pace;
        this.clock = clock;
    }

    @Override
    public void changed(Change change) {
        if (change.kind().equals(Kinds.POD) && change.type() != Change.Type.DELETED) {
            plan(change.object());
        }
    }

    /** Looks at every pod again, because something other than a pod has changed. */
    void lookAgain() {
        registry.store().list(Kinds.POD, "").forEach(this::plan);
    }

    private void plan(ObjectNode pod) {
        for (PodStep.Due due : PodStep.due(pod, faults, pace, clock.instant())) {
            loop.once(Meta.uid(pod) + " " + due.step(), due.delay(), () -> take(pod, due.step()));
        }
    }

    private void take(ObjectNode planned, PodStep step) {
        ObjectNode pod = registry.store().get(Kinds.POD, Meta.namespace(planned), Meta.name(planned));
        if (pod == null || !Meta.uid(pod).equals(Meta.uid(planned))) {
            return;
        }
        // What was planned may have been overtaken by something else; that has been planned when it came.
        List<PodStep.Due> due = PodStep.due(pod, faults, pace, clock.instant());
        if (due.stream().noneMatch(one -> one.step() == step)) {
            return;
        }
        switch (step) {
            case ACCEPT -> accept(pod);
            case PULL -> pull(pod);
            case BACK_OFF -> backOff(pod);
            case READY -> change(pod, it -> containers(it, container -> container.put("ready", true)));
            case CRASH -> crash(pod);
            case RESTART -> restart(pod);
            case COMPLETE -> complete(pod);
            case EXPIRE -> expire(pod);
            case KILL -> kill(pod);
        }
    }

    private void accept(ObjectNode pod) {
        change(pod, it -> {
            ObjectNode status = Json.within(it, "status");
            status.put("startTime", registry.now()).put("hostIP", "10.20.0.1").put("podIP", address(it));
            Json.list(status, "podIPs").addObject().put("ip", address(it));
            Json.list(status, "hostIPs").addObject().put("ip", "10.20.0.1");
            ContainerStates.create(it, registry.now());
        });
        Json.objects(pod, "spec", "containers").forEach(container -> events.normal(
                pod, NAME, "Pulling", "Pulling image \"" + Json.text(container, "image") + "\""));
    }

    private static String address(ObjectNode pod) {
        int number = Meta.uid(pod).hashCode();
        return "10.244." + (number >> 8 & 0xff) + "." + (number & 0xff);
    }

    private void pull(ObjectNode pod) {
        change(pod, it -> containers(it, container -> {
            String waiting = Json.text(container, "state", "waiting", "reason");
            if (waiting.isEmpty() || waiting.equals("CrashLoopBackOff")) {
                return;
            }
            String image = Json.text(container, "image");
            if (faults.failsPull(image, Meta.name(pod))) {
                String why = "failed to pull and unpack image \"" + image + "\": failed to resolve reference \"" + image
                        + "\": " + image + ": not found";
                ContainerStates.waiting(container, "ErrImagePull", why);
                events.warning(pod, NAME, "Failed", "Failed to pull image \"" + image + "\": " + why);
                events.warning(pod, NAME, "Failed", "Error: ErrImagePull");
            } else {
                ContainerStates.running(container, registry.now());
                events.normal(pod, NAME, "Pulled", "Successfully pulled image \"" + image + "\"");
                events.normal(pod, NAME, "Created", "Container created: " + Json.text(container, "name"));
                events.normal(pod, NAME, "Started", "Container started: " + Json.text(container, "name"));
            }
        }));
    }

    private void backOff(ObjectNode pod) {
        change(pod, it -> containers(it, container -> {
            if (Json.text(container, "state", "waiting", "reason").equals("ErrImagePull")) {
                String image = Json.text(container, "image");
                ContainerStates.waiting(container, "ImagePullBackOff", "Back-off pulling image \"" + image + "\"");
                events.normal(pod, NAME, "BackOff", "Back-off pulling image \"" + image + "\"");
            }
        }));
    }

    private void crash(ObjectNode pod) {
        change(pod, it -> containers(it, container ->
                faults.crash(Json.text(container, "image"), Meta.name(pod)).ifPresent(code -> end(it, container, code))));
    }

    private void complete(ObjectNode pod) {
        change(pod, it -> containers(it, container -> end(it, container, 0)));
    }

    private void end(ObjectNode pod, ObjectNode container, int exitCode) {
        if (!container.path("state").has("running")) {
            return;
        }
        ContainerStates.ended(container, exitCode, exitCode == 0 ? "Completed" : "Error", registry.now());
        String policy = Json.text(pod, "spec", "restartPolicy");
        if (policy.equals("Always") || policy.equals("OnFailure") && exitCode != 0) {
            ContainerStates.putOff(pod, container);
            events.warning(pod, NAME, "BackOff", "Back-off restarting failed container " + Json.text(container, "name")
                    + " in pod " + Meta.name(pod));
        }
    }

    private void restart(ObjectNode pod) {
        change(pod, it -> containers(it, container -> {
            if (Json.text(container, "state", "waiting", "reason").equals("CrashLoopBackOff")) {
                container.put("restartCount", container.path("restartCount").asInt(0) + 1);
                ContainerStates.running(container, registry.now());
                events.normal(pod, NAME, "Started", "Container started: " + Json.text(container, "name"));
            }
        }));
    }

    private void expire(ObjectNode pod) {
        change(pod, it -> {
            containers(it, container -> ContainerStates.ended(container, 137, "Error", registry.now()));
            Json.within(it, "status").put("reason", "DeadlineExceeded")
                    .put("message", "Pod was active on the node longer than the specified deadline");
        });
        events.normal(pod, NAME, "DeadlineExceeded", "Pod was active on the node longer than the specified deadline");
    }

    private void kill(ObjectNode pod) {
        events.normal(pod, NAME, "Killing", "Stopping containers of " + Meta.name(pod));
        try {
            registry.delete(Kinds.POD, Meta.namespace(pod), Meta.name(pod),
                    new Deletion(0, Propagation.BACKGROUND, Meta.uid(pod), "", false));
        } catch (ApiFailure gone) {
            LOG.log(Level.TRACE, "the pod was removed by somebody else", gone);
        }
    }

    private void change(ObjectNode pod, Consumer<ObjectNode> change) {
        registry.edit(Kinds.POD, Meta.namespace(pod), Meta.name(pod), NAME, "status", it -> {
            change.accept(it);
            ContainerStates.conclude(it, registry.now());
        });
    }

    private static void containers(ObjectNode pod, Consumer<ObjectNode> change) {
        Json.objects(pod, "status", "containerStatuses").forEach(change);
    }
}
