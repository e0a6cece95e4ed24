package dev.penstock.platform.cluster.kubernetes;

import dev.penstock.platform.cluster.Marks;
import dev.penstock.platform.cluster.PodSeen;
import dev.penstock.platform.cluster.PodSeen.Condition;
import dev.penstock.platform.cluster.PodSeen.Trouble;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads pods. */
final class SeenPods {

    /** Waiting as it should be. */
    private static final Set<String> ON_THE_WAY = Set.of("ContainerCreating", "PodInitializing");

    private static final String OUT_OF_MEMORY = "OOMKilled";

    private SeenPods() {}

    static PodSeen seen(Pod pod) {
        ObjectMeta metadata = pod.getMetadata();
        PodStatus status = pod.getStatus() == null ? new PodStatus() : pod.getStatus();
        List<ContainerStatus> containers = Objects.requireNonNullElse(status.getContainerStatuses(), List.of());
        return new PodSeen(
                metadata.getNamespace(),
                metadata.getName(),
                metadata.getUid(),
                metadata.getResourceVersion(),
                Marks.read(metadata.getLabels(), metadata.getAnnotations()),
                metadata.getDeletionTimestamp() != null,
                pod.getSpec() == null ? null : pod.getSpec().getNodeName(),
                Objects.requireNonNullElse(status.getPhase(), "Unknown"),
                status.getMessage(),
                condition(status, "Ready"),
                condition(status, "PodScheduled"),
                condition(status, "TerminationTarget"),
                running(containers),
                trouble(containers),
                containers.stream().mapToInt(container -> Objects.requireNonNullElse(container.getRestartCount(), 0)).sum(),
                resources(pod));
    }

    /** A condition without a time is not yet one. */
    private static @Nullable Condition condition(PodStatus status, String type) {
        return Objects.requireNonNullElse(status.getConditions(), List.<io.fabric8.kubernetes.api.model.PodCondition>of()).stream()
                .filter(condition -> type.equals(condition.getType()) && condition.getLastTransitionTime() != null)
                .findFirst()
                .map(condition -> new Condition(
                        "True".equals(condition.getStatus()), Instant.parse(condition.getLastTransitionTime()), condition.getReason(), condition.getMessage()))
                .orElse(null);
    }

    private static @Nullable Trouble trouble(List<ContainerStatus> containers) {
        return containers.stream().map(SeenPods::trouble).filter(Objects::nonNull).findFirst().orElse(null);
    }

    /** The latest start of all containers. */
    private static @Nullable Instant running(List<ContainerStatus> containers) {
        boolean all = !containers.isEmpty() && containers.stream().allMatch(container -> container.getState() != null && container.getState().getRunning() != null);
        return all ? containers.stream()
                .map(container -> container.getState().getRunning().getStartedAt())
                .filter(Objects::nonNull)
                .map(Instant::parse)
                .max(Comparator.naturalOrder())
                .orElse(null) : null;
    }

    /** A container that is put off after it ran out of memory says so only in how it ended the last time. */
    private static @Nullable Trouble trouble(ContainerStatus container) {
        Trouble now = trouble(container.getState());
        ContainerState last = container.getLastState();
        boolean memory = last != null && last.getTerminated() != null && OUT_OF_MEMORY.equals(last.getTerminated().getReason());
        return now != null && now.crashing() && memory ? new Trouble(OUT_OF_MEMORY, now.message()) : now;
    }

    private static @Nullable Trouble trouble(@Nullable ContainerState state) {
        if (state == null) {
            return null;
        }
        if (state.getWaiting() != null && state.getWaiting().getReason() != null && !ON_THE_WAY.contains(state.getWaiting().getReason())) {
            return new Trouble(state.getWaiting().getReason(), state.getWaiting().getMessage());
        }
        if (state.getTerminated() != null) {
            return new Trouble(Objects.requireNonNullElse(state.getTerminated().getReason(), "Error"), state.getTerminated().getMessage());
        }
        return null;
    }

    private static Map<String, Integer> resources(Pod pod) {
        Map<String, Integer> sum = new HashMap<>();
        for (Container container : pod.getSpec() == null ? List.<Container>of() : pod.getSpec().getContainers()) {
            Map<String, Quantity> limits = container.getResources() == null ? null : container.getResources().getLimits();
            SeenNodes.extended(limits).forEach((name, count) -> sum.merge(name, count, Integer::sum));
        }
        return sum;
    }
}
