package dev.penstock.simulators.cluster.controller;

import dev.penstock.simulators.cluster.fault.Faults;
import dev.penstock.simulators.cluster.store.Kinds;
import dev.penstock.simulators.cluster.store.Meta;
import dev.penstock.simulators.cluster.store.Registry;
import dev.penstock.simulators.cluster.tree.Json;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks running containers how they are, again and again, and draws the consequences: a container is started when its startup
 * probe has passed, ready while its readiness probe passes, and begun anew when its startup or liveness probe fails too often.
 */
final class Probes {

    private static final int KILLED = 137;

    /** One probe of one life of a container. */
    private record Target(String namespace, String pod, String uid, String container, int restarts, Probe.Kind kind) {
    }

    private final Registry registry;
    private final Events events;
    private final PodStatus status;
    private final Faults faults;
    private final Loop loop;
    private final Pace pace;
    /** Failures in a row as negative numbers, successes in a row as positive ones; of what is being asked about. */
    private final Map<Target, Integer> streaks = new HashMap<>();

    Probes(Registry registry, Events events, PodStatus status, Faults faults, Loop loop, Pace pace) {
        this.registry = registry;
        this.events = events;
        this.status = status;
        this.faults = faults;
        this.loop = loop;
        this.pace = pace;
    }

    /** Begins with what should be asked now and is not being asked yet. */
    void plan(ObjectNode pod) {
        for (ObjectNode container : Json.objects(pod, "status", "containerStatuses")) {
            for (Probe.Kind kind : Probe.Kind.values()) {
                Target target = new Target(Meta.namespace(pod), Meta.name(pod), Meta.uid(pod), Json.text(container, "name"),
                        container.path("restartCount").asInt(0), kind);
                JsonNode probe = probe(pod, container, kind);
                if (!probe.isMissingNode() && streaks.putIfAbsent(target, 0) == null) {
                    next(target, probe.path("initialDelaySeconds").asInt(0));
                }
            }
        }
    }

    /** The probe that applies now: until a container is started only the one that says so does. */
    private static JsonNode probe(ObjectNode pod, ObjectNode container, Probe.Kind kind) {
        boolean runs = container.path("state").has("running") && !Meta.isTerminating(pod);
        boolean applies = runs && container.path("started").asBoolean(false) != (kind == Probe.Kind.STARTUP);
        return applies ? kind.of(PodStatus.specOf(pod, Json.text(container, "name"))) : Json.object().path("none");
    }

    private void next(Target target, int seconds) {
        Duration wanted = Duration.ofSeconds(seconds);
        loop.once("probe " + target, wanted.compareTo(pace.probe()) < 0 ? wanted : pace.probe(), () -> ask(target));
    }

    private void ask(Target target) {
        ObjectNode pod = registry.store().get(Kinds.POD, target.namespace(), target.pod());
        JsonNode probe = probe(pod, target);
        if (pod == null || probe.isMissingNode()) {
            streaks.remove(target);
            return;
        }
        if (isUnheard(pod, target)) {
            next(target, probe.path("periodSeconds").asInt(10));
            return;
        }
        Thread.ofVirtual().name("probe").start(() -> {
            Optional<String> failure = Probe.ask(pod, probe);
            loop.soon(() -> conclude(target, failure));
        });
    }

    /** Whether nobody hears an answer: the node is lost, or the container is to crash, which it does before it can answer. */
    private boolean isUnheard(ObjectNode pod, Target target) {
        String image = Json.text(PodStatus.specOf(pod, target.container()), "image");
        return faults.lostNodes().contains(Json.text(pod, "spec", "nodeName")) || faults.crash(image, target.pod()).isPresent();
    }

    private static JsonNode probe(@Nullable ObjectNode pod, Target target) {
        if (pod == null || !Meta.uid(pod).equals(target.uid())) {
            return Json.object().path("none");
        }
        ObjectNode container = Json.find(Json.at(pod, "status", "containerStatuses"), "name", target.container());
        return container == null || container.path("restartCount").asInt(0) != target.restarts()
                ? Json.object().path("none") : probe(pod, container, target.kind());
    }

    private void conclude(Target target, Optional<String> failure) {
        ObjectNode pod = registry.store().get(Kinds.POD, target.namespace(), target.pod());
        JsonNode probe = probe(pod, target);
        if (pod == null || probe.isMissingNode()) {
            streaks.remove(target);
            return;
        }
        if (isUnheard(pod, target)) {
            // That began while the answer was under way; the pod stays as the cluster has it.
            next(target, probe.path("periodSeconds").asInt(10));
            return;
        }
        int before = streaks.getOrDefault(target, 0);
        if (failure.isPresent()) {
            int failures = Math.min(before, 0) - 1;
            streaks.put(target, failures);
            events.warning(pod, PodStatus.KUBELET, "Unhealthy", target.kind().title() + " probe failed: " + failure.get());
            if (-failures >= probe.path("failureThreshold").asInt(3)) {
                failed(pod, target);
            }
        } else {
            int successes = Math.max(before, 0) + 1;
            streaks.put(target, successes);
            if (successes >= probe.path("successThreshold").asInt(1)) {
                passed(pod, target);
            }
        }
        next(target, probe.path("periodSeconds").asInt(10));
    }

    private void passed(ObjectNode pod, Target target) {
        ObjectNode spec = PodStatus.specOf(pod, target.container());
        status.changeContainer(pod, target.container(), container -> {
            switch (target.kind()) {
                // Without a readiness probe of its own, what has started is ready.
                case STARTUP -> container.put("started", true)
                        .put("ready", Probe.Kind.READINESS.of(spec).isMissingNode());
                case READINESS -> container.put("ready", true);
                case LIVENESS -> {
                    // Being alive changes nothing.
                }
            }
        });
    }

    private void failed(ObjectNode pod, Target target) {
        if (target.kind() == Probe.Kind.READINESS) {
            status.changeContainer(pod, target.container(), container -> container.put("ready", false));
            return;
        }
        streaks.remove(target);
        events.normal(pod, PodStatus.KUBELET, "Killing", "Container " + target.container() + " failed "
                + target.kind().title().toLowerCase(Locale.ROOT) + " probe, will be restarted");
        status.change(pod, it -> Json.objects(it, "status", "containerStatuses").stream()
                .filter(container -> Json.text(container, "name").equals(target.container()))
                .forEach(container -> status.end(it, container, KILLED)));
    }

    /** The pod is gone: what was counted of it is forgotten. */
    void forget(ObjectNode pod) {
        List<Target> its = streaks.keySet().stream().filter(target -> target.uid().equals(Meta.uid(pod))).toList();
        its.forEach(streaks::remove);
    }
}
