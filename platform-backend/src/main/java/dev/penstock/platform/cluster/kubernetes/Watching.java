package dev.penstock.platform.cluster.kubernetes;

import dev.penstock.platform.cluster.Cluster;
import dev.penstock.platform.cluster.Marks;
import dev.penstock.platform.cluster.PodSeen;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Informers as a source of signals, and of a picture of what there is. They list and watch again by themselves for as long as they live, whatever happens to the cluster. */
final class Watching implements Cluster.Watch {

    private static final Logger log = LoggerFactory.getLogger(Watching.class);

    private final SharedIndexInformer<Pod> pods;
    private final SharedIndexInformer<Node> nodes;
    /** As put together last, by uid: what has not changed is not put together again. */
    private Map<String, PodSeen> known = Map.of();

    private Watching(SharedIndexInformer<Pod> pods, SharedIndexInformer<Node> nodes) {
        this.pods = pods;
        this.nodes = nodes;
    }

    static Watching start(KubernetesClient client, String installation, Consumer<PodSeen> onPod, Runnable onNodes) {
        SharedIndexInformer<Pod> pods = client.pods().inAnyNamespace().withLabel(Marks.INSTALLATION, installation).runnableInformer(0);
        pods.addEventHandler(new Handler<>(pod -> onPod.accept(SeenPods.seen(pod))));
        SharedIndexInformer<Node> nodes = client.nodes().withLabel(SeenNodes.PRODUCT).runnableInformer(0);
        nodes.addEventHandler(new Handler<>(node -> onNodes.run()));
        for (SharedIndexInformer<?> informer : new SharedIndexInformer<?>[] {pods, nodes}) {
            informer.exceptionHandler((started, failure) -> {
                log.info("watching {} was interrupted, going on: {}", informer.getApiTypeClass().getSimpleName(), String.valueOf(failure.getMessage()));
                return true;
            });
            informer.start();
        }
        return new Watching(pods, nodes);
    }

    @Override
    public synchronized Optional<Cluster.Picture> picture() {
        if (!pods.hasSynced() || !nodes.hasSynced() || !pods.isWatching() || !nodes.isWatching()) {
            return Optional.empty();
        }
        Map<String, PodSeen> now = new HashMap<>();
        for (Pod pod : pods.getStore().list()) {
            PodSeen before = known.get(pod.getMetadata().getUid());
            boolean same = before != null && before.resourceVersion().equals(pod.getMetadata().getResourceVersion());
            now.put(pod.getMetadata().getUid(), same ? before : SeenPods.seen(pod));
        }
        known = now;
        return Optional.of(new Cluster.Picture(nodes.getStore().list().stream().map(SeenNodes::seen).toList(), List.copyOf(now.values())));
    }

    @Override
    public void close() {
        pods.stop();
        nodes.stop();
    }

    private record Handler<T>(Consumer<T> changed) implements ResourceEventHandler<T> {

        @Override
        public void onAdd(T object) {
            changed.accept(object);
        }

        @Override
        public void onUpdate(T before, T after) {
            changed.accept(after);
        }

        @Override
        public void onDelete(T object, boolean finalStateUnknown) {
            changed.accept(object);
        }
    }
}
