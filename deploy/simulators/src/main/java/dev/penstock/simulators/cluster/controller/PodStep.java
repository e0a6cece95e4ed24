package dev.penstock.simulators.cluster.controller;

import dev.penstock.simulators.cluster.admission.PodResources;
import dev.penstock.simulators.cluster.fault.Faults;
import dev.penstock.simulators.cluster.store.Meta;
import dev.penstock.simulators.cluster.tree.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a kubelet does next with a pod. Read from the pod alone, so that a restart goes on where it was. */
enum PodStep {
    /** Takes the pod on: containers are being created. */
    ACCEPT,
    /** Images are there or cannot be had; those that are there start. */
    PULL,
    /** A failed pull is put off. */
    BACK_OFF,
    /** Running containers pass their readiness. */
    READY,
    /** Containers that a fault makes crash do so. */
    CRASH,
    /** Containers that were put off run again. */
    RESTART,
    /** Containers that were to run for a set time have. */
    COMPLETE,
    /** The pod's own deadline has passed. */
    EXPIRE,
    /** A pod that was deleted has ended. */
    KILL;

    /** Lets a test or a demonstration say how long a pod's containers run: seconds. */
    static final String RUN_SECONDS = "simulator.penstock.dev/run-seconds";

    private static final Set<String> UNPULLED = Set.of("ContainerCreating", "PodInitializing", "ImagePullBackOff",
            "CreateContainerConfigError");

    /** A step and how long from now it is due. */
    record Due(PodStep step, Duration delay) {
    }

    /** The steps that wait for their time, each at most once; none when there is nothing to do. */
    static List<Due> due(ObjectNode pod, Faults faults, Pace pace, Instant now) {
        String node = Json.text(pod, "spec", "nodeName");
        if (node.isEmpty() || faults.lostNodes().contains(node)) {
            return List.of();
        }
        if (Meta.isTerminating(pod)) {
            int grace = Json.at(pod, "metadata", "deletionGracePeriodSeconds").asInt(0);
            Duration stop = pace.termination();
            return List.of(new Due(KILL, stop.toSeconds() < grace ? stop : Duration.ofSeconds(grace)));
        }
        if (PodResources.isOver(pod)) {
            return List.of();
        }
        List<Due> steps = new ArrayList<>();
        addProgress(pod, faults, pace, steps);
        addTimers(pod, now, steps);
        return steps;
    }

    private static void addProgress(ObjectNode pod, Faults faults, Pace pace, List<Due> steps) {
        List<ObjectNode> containers = Json.objects(pod, "status", "containerStatuses");
        if (containers.isEmpty()) {
            steps.add(new Due(ACCEPT, Duration.ZERO));
            return;
        }
        boolean allRun = true;
        for (ObjectNode container : containers) {
            String waiting = Json.text(container, "state", "waiting", "reason");
            boolean runs = container.path("state").has("running");
            allRun &= runs;
            if (UNPULLED.contains(waiting)) {
                steps.add(new Due(PULL, waiting.endsWith("Creating") || waiting.endsWith("Initializing")
                        ? pace.imagePull() : pace.backOff()));
            } else if (waiting.equals("ErrImagePull")) {
                steps.add(new Due(BACK_OFF, pace.backOff()));
            } else if (waiting.equals("CrashLoopBackOff")) {
                steps.add(new Due(RESTART, pace.backOff()));
            } else if (runs && faults.crash(Json.text(container, "image"), Meta.name(pod)).isPresent()) {
                steps.add(new Due(CRASH, pace.crash()));
            }
        }
        boolean crashes = steps.stream().anyMatch(due -> due.step() == CRASH);
        if (allRun && !crashes && !Conditions.isTrue(pod, "Ready") && isReadyByItself(pod, containers)) {
            steps.add(new Due(READY, pace.start()));
        }
    }

    /** Whether there is a container to be made ready without asking it, or none that still has to be. */
    private static boolean isReadyByItself(ObjectNode pod, List<ObjectNode> containers) {
        List<ObjectNode> unready =
                containers.stream().filter(container -> !container.path("ready").asBoolean(false)).toList();
        return unready.isEmpty() || unready.stream().anyMatch(
                container -> !Probe.decidesReadiness(PodStatus.specOf(pod, Json.text(container, "name"))));
    }

    private static void addTimers(ObjectNode pod, Instant now, List<Due> steps) {
        JsonNode deadline = Json.at(pod, "spec", "activeDeadlineSeconds");
        String started = Json.text(pod, "status", "startTime");
        if (deadline.isNumber() && !started.isEmpty()) {
            steps.add(new Due(EXPIRE, until(started, deadline.asInt(0), now)));
        }
        String seconds = Json.text(pod, "metadata", "annotations", RUN_SECONDS);
        if (seconds.matches("\\d{1,7}")) {
            Json.objects(pod, "status", "containerStatuses").stream()
                    .map(container -> Json.text(container, "state", "running", "startedAt"))
                    .filter(startedAt -> !startedAt.isEmpty())
                    .findFirst()
                    .ifPresent(startedAt -> steps.add(
                            new Due(COMPLETE, until(startedAt, Integer.parseInt(seconds), now))));
        }
    }

    private static Duration until(String from, int seconds, Instant now) {
        Duration rest = Duration.between(now, Instant.parse(from).plusSeconds(seconds));
        return rest.isNegative() ? Duration.ZERO : rest;
    }
}
