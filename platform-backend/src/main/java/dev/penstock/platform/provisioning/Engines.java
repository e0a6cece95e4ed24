package dev.penstock.platform.provisioning;

import dev.penstock.contract.Problem;
import dev.penstock.contract.ProjectId;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.platform.cluster.Cluster;
import dev.penstock.platform.cluster.ClusterFailure;
import dev.penstock.platform.cluster.EventSeen;
import dev.penstock.platform.cluster.PodSeen;
import dev.penstock.platform.slice.Installation;
import dev.penstock.platform.slice.SliceClaims;
import dev.penstock.platform.slice.SliceKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * What runs on slices of kind {@code SERVING}, for whoever has to reach or to show it. Every method asks the cluster, so none belongs into a
 * transaction, and throws {@code cluster_unavailable} with a sentence when it does not answer.
 */
@Component
public class Engines {

    private final Cluster cluster;
    private final Answering answering;
    private final Installation installation;
    private final SliceClaims slices;

    Engines(Cluster cluster, Answering answering, Installation installation, SliceClaims slices) {
        this.cluster = cluster;
        this.answering = answering;
        this.installation = installation;
        this.slices = slices;
    }

    /**
     * @param address where it answers, for whoever is let in
     * @param key what it demands
     */
    public record Engine(String address, String key) {

        /** The key stays out of logs. */
        @Override
        public String toString() {
            return "Engine[address=" + address + "]";
        }
    }

    /** What the cluster says of the engine's objects. */
    public record Happening(Instant at, boolean warning, String reason, String message, int count) {}

    /** Empty: it is not there. */
    public Optional<Engine> find(SliceKey slice, ProjectId project) {
        String namespace = namespace(slice, project);
        String name = ModelServerManifests.name(slice.slice());
        return ask(namespace, () -> cluster.serviceAddress(namespace, name).flatMap(address -> cluster.secret(namespace, name, ModelServerManifests.KEY)
                .map(key -> new Engine("http://" + address + ":" + ModelServerManifests.PORT, key))));
    }

    /** The last lines it wrote, oldest first. */
    public List<String> log(SliceKey slice, ProjectId project, int lines) {
        String namespace = namespace(slice, project);
        return ask(namespace, () -> cluster.podsOfSlice(namespace, slice.slice().toString()).stream()
                .max(Comparator.comparing((PodSeen pod) -> pod.marks() == null ? 0 : pod.marks().phase()).thenComparing(pod -> !pod.terminating()))
                .map(pod -> cluster.podLog(pod, lines))
                .orElse(List.of()));
    }

    /** Newest first. */
    public List<Happening> events(SliceKey slice, ProjectId project, int limit) {
        String namespace = namespace(slice, project);
        return ask(namespace, () -> cluster.eventsOfSlice(namespace, slice.slice().toString(), limit).stream().map(Engines::happening).toList());
    }

    private static Happening happening(EventSeen event) {
        return new Happening(event.at(), event.warning(), event.reason(), event.object() + ": " + event.message(), event.count());
    }

    private <T> T ask(String namespace, Supplier<T> question) {
        try {
            answering.mustAnswer(namespace);
            return question.get();
        } catch (ClusterFailure e) {
            throw new ProblemException(Problem.CLUSTER_UNAVAILABLE, e.sentence(), e);
        }
    }

    private String namespace(SliceKey slice, ProjectId project) {
        return slices.find(slice).map(installation::namespace).orElseGet(() -> installation.namespace(project));
    }
}
