package dev.penstock.simulators.cluster.controller;

import dev.penstock.simulators.cluster.container.Environment;
import dev.penstock.simulators.cluster.container.LoopbackAddresses;
import dev.penstock.simulators.cluster.container.ModelContainers;
import dev.penstock.simulators.cluster.container.WorkspaceContainers;
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
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Runs the pods of all nodes: takes the {@link PodStep} that is due, once it is due. */
final class Kubelet implements Controller {

    private static final System.Logger LOG = System.getLogger(Kubelet.class.getName());
    private static final String NAME = PodStatus.KUBELET;

    private final Registry registry;
    private final Events events;
    private final Faults faults;
    private final Loop loop;
    private final Pace pace;
    private final Clock clock;
    private final PodStatus status;
    private final Probes probes;
    private final ModelContainers models;
    private final WorkspaceContainers workspaces;

    Kubelet(Registry registry, Events events, Faults faults, Loop loop, Pace pace, Clock clock, ModelContainers models,
            WorkspaceContainers workspaces) {
        this.registry = registry;
        this.events = events;
        this.faults = faults;
        this.loop = loop;
        this.pace = pace;
        this.clock = clock;
        this.status = new PodStatus(registry, events);
        this.probes = new Probes(registry, events, status, faults, loop, pace);
        this.models = models;
        this.workspaces = workspaces;
    }

    @Override
    public void changed(Change change) {
        if (!change.kind().equals(Kinds.POD)) {
            return;
        }
        if (change.type() == Change.Type.DELETED) {
            models.forget(change.object());
            workspaces.forget(change.object());
            probes.forget(change.object());
        } else {
            plan(change.object());
        }
    }

    /** After a time in which nothing ran: what runs now has begun anew, and has to say for itself that it is ready. */
    void resume() {
        for (ObjectNode pod : registry.store().list(Kinds.POD, "")) {
            status.changeContainers(pod, container -> {
                ObjectNode spec = PodStatus.specOf(pod, Json.text(container, "name"));
                if (container.path("state").has("running") && Probe.decidesReadiness(spec)) {
                    container.put("started", !spec.has("startupProbe")).put("ready", false);
                }
            });
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
        run(pod);
        probes.plan(pod);
    }

    /** What is to run in the pod's containers runs, or the container ends at once. */
    private void run(ObjectNode pod) {
        ObjectNode now = registry.store().get(Kinds.POD, Meta.namespace(pod), Meta.name(pod));
        if (now == null || !Meta.uid(now).equals(Meta.uid(pod))) {
            return;
        }
        for (String failed : Stream.concat(models.follow(now).stream(), workspaces.follow(now).stream()).toList()) {
            status.change(now, it -> Json.objects(it, "status", "containerStatuses").stream()
                    .filter(container -> Json.text(container, "name").equals(failed))
                    .forEach(container -> status.end(it, container, 1)));
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
            case READY -> status.changeContainers(pod, container -> {
                // What has probes is ready when they say so.
                if (!Probe.decidesReadiness(PodStatus.specOf(pod, Json.text(container, "name")))) {
                    container.put("ready", true);
                }
            });
            case CRASH -> crash(pod);
            case RESTART -> restart(pod);
            case COMPLETE -> complete(pod);
            case EXPIRE -> expire(pod);
            case KILL -> kill(pod);
        }
    }

    private void accept(ObjectNode pod) {
        String address = LoopbackAddresses.free(pod, registry.store().list(Kinds.POD, ""));
        status.change(pod, it -> {
            ObjectNode status = Json.within(it, "status");
            status.put("startTime", registry.now()).put("hostIP", "10.20.0.1").put("podIP", address);
            Json.list(status, "podIPs").addObject().put("ip", address);
            Json.list(status, "hostIPs").addObject().put("ip", "10.20.0.1");
            ContainerStates.create(it, registry.now());
        });
        Json.objects(pod, "spec", "containers").forEach(container -> events.normal(
                pod, NAME, "Pulling", "Pulling image \"" + Json.text(container, "image") + "\""));
    }

    private void pull(ObjectNode pod) {
        status.changeContainers(pod, container -> {
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
                events.normal(pod, NAME, "Pulled", "Successfully pulled image \"" + image + "\"");
                begin(pod, container);
            }
        });
        // A container that waits for the same thing as before is not changed by that, and without a change nobody looks again.
        ObjectNode now = registry.store().get(Kinds.POD, Meta.namespace(pod), Meta.name(pod));
        if (now != null) {
            plan(now);
        }
    }

    private void begin(ObjectNode pod, ObjectNode container) {
        ObjectNode spec = PodStatus.specOf(pod, Json.text(container, "name"));
        try {
            Environment unused = Environment.of(pod, spec, registry.store());
        } catch (Environment.Missing missing) {
            ContainerStates.waiting(container, "CreateContainerConfigError", String.valueOf(missing.getMessage()));
            events.warning(pod, NAME, "Failed", "Error: " + missing.getMessage());
            return;
        }
        ContainerStates.running(container, spec.has("startupProbe"), registry.now());
        events.normal(pod, NAME, "Created", "Container created: " + Json.text(container, "name"));
        events.normal(pod, NAME, "Started", "Container started: " + Json.text(container, "name"));
    }

    private void backOff(ObjectNode pod) {
        status.changeContainers(pod, container -> {
            if (Json.text(container, "state", "waiting", "reason").equals("ErrImagePull")) {
                String image = Json.text(container, "image");
                ContainerStates.waiting(container, "ImagePullBackOff", "Back-off pulling image \"" + image + "\"");
                events.normal(pod, NAME, "BackOff", "Back-off pulling image \"" + image + "\"");
            }
        });
    }

    private void crash(ObjectNode pod) {
        status.change(pod, it -> containers(it, container -> faults.crash(Json.text(container, "image"), Meta.name(pod))
                .ifPresent(code -> status.end(it, container, code))));
    }

    private void complete(ObjectNode pod) {
        status.change(pod, it -> containers(it, container -> status.end(it, container, 0)));
    }

    private void restart(ObjectNode pod) {
        status.changeContainers(pod, container -> {
            if (Json.text(container, "state", "waiting", "reason").equals("CrashLoopBackOff")) {
                container.put("restartCount", container.path("restartCount").asInt(0) + 1);
                boolean waits = PodStatus.specOf(pod, Json.text(container, "name")).has("startupProbe");
                ContainerStates.running(container, waits, registry.now());
                events.normal(pod, NAME, "Started", "Container started: " + Json.text(container, "name"));
            }
        });
    }

    private void expire(ObjectNode pod) {
        status.change(pod, it -> {
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

    private static void containers(ObjectNode pod, Consumer<ObjectNode> change) {
        Json.objects(pod, "status", "containerStatuses").forEach(change);
    }
}
