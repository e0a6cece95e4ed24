package dev.penstock.platform.cluster.kubernetes;

import dev.penstock.platform.cluster.Cluster;
import dev.penstock.platform.cluster.ClusterFailure;
import dev.penstock.platform.cluster.Manifest;
import dev.penstock.platform.cluster.Marks;
import dev.penstock.platform.cluster.NamespaceSeen;
import dev.penstock.platform.cluster.NodeSeen;
import dev.penstock.platform.cluster.PodSeen;
import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PreconditionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Calls of the client library, each with its failures put into words. */
@Component
class KubernetesCluster implements Cluster {

    /** Owns every field that we apply. */
    static final String FIELD_MANAGER = "penstock";

    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    /** How often an object is looked at before a conflict is left to whoever wanted it. */
    private static final int MOST_LOOKS = 4;

    private final KubernetesClient client;

    KubernetesCluster(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public void apply(Manifest manifest) {
        call("applying " + manifest.title(), () -> {
            for (int look = 1; ; look++) {
                try {
                    return applyToWhatIsThere(manifest);
                } catch (KubernetesClientException e) {
                    // The kubelet writes an object's status whenever it likes. That is no reason to give up: look again, check again.
                    if (e.getCode() != CONFLICT || look == MOST_LOOKS) {
                        throw e;
                    }
                }
            }
        });
    }

    private HasMetadata applyToWhatIsThere(Manifest manifest) {
        HasMetadata wanted = client.getKubernetesSerialization().convertValue(manifest.tree(), type(manifest));
        HasMetadata existing = resource(manifest, wanted).get();
        if (existing != null) {
            Adoption.check(manifest, existing);
            // Applied only to what was checked: if it changes in between, the cluster answers with a conflict.
            wanted.getMetadata().setResourceVersion(existing.getMetadata().getResourceVersion());
        }
        return resource(manifest, wanted).fieldManager(FIELD_MANAGER).serverSideApply();
    }

    @Override
    public Optional<NamespaceSeen> namespace(String name) {
        return call("looking at namespace " + name, () -> Optional.ofNullable(client.namespaces().withName(name).get()).map(KubernetesCluster::seen));
    }

    @Override
    public List<NamespaceSeen> namespaces(String installation) {
        return call("listing namespaces", () -> client.namespaces().withLabel(Marks.INSTALLATION, installation).list().getItems().stream()
                .map(KubernetesCluster::seen)
                .toList());
    }

    @Override
    public List<PodSeen> podsOfSlice(String namespace, String slice) {
        return call("listing pods in " + namespace, () -> client.pods().inNamespace(namespace).withLabel(Marks.SLICE, slice).list().getItems().stream()
                .map(SeenPods::seen)
                .toList());
    }

    @Override
    public List<PodSeen> pods(String installation) {
        return call("listing pods", () -> client.pods().inAnyNamespace().withLabel(Marks.INSTALLATION, installation).list().getItems().stream()
                .map(SeenPods::seen)
                .toList());
    }

    @Override
    public void delete(PodSeen pod, Deletion how) {
        DeleteOptions options = new DeleteOptionsBuilder()
                .withApiVersion("v1")
                .withKind("DeleteOptions")
                .withPreconditions(new PreconditionsBuilder()
                        .withUid(pod.uid())
                        .withResourceVersion(how == Deletion.IF_UNCHANGED ? pod.resourceVersion() : null)
                        .build())
                .withGracePeriodSeconds(how == Deletion.AT_ONCE ? Long.valueOf(0) : null)
                .build();
        call("deleting pod " + pod.namespace() + "/" + pod.name(), () -> {
            try {
                return client.raw("/api/v1/namespaces/" + pod.namespace() + "/pods/" + pod.name(), "DELETE", options);
            } catch (KubernetesClientException e) {
                if (e.getCode() == NOT_FOUND) {
                    return "";
                }
                throw e;
            }
        });
    }

    @Override
    public List<NodeSeen> nodes() {
        return call("listing nodes", () -> client.nodes().withLabel(SeenNodes.PRODUCT).list().getItems().stream().map(SeenNodes::seen).toList());
    }

    @Override
    public AutoCloseable watch(String installation, Consumer<PodSeen> onPod, Runnable onNodes) {
        return Watching.start(client, installation, onPod, onNodes);
    }

    @SuppressWarnings("unchecked")
    private Class<? extends HasMetadata> type(Manifest manifest) {
        Class<?> type = client.getKubernetesSerialization().getRegisteredKubernetesResource(manifest.apiVersion(), manifest.kind());
        return (Class<? extends HasMetadata>) Objects.requireNonNull(type, () -> "unknown kind " + manifest.kind());
    }

    private Resource<HasMetadata> resource(Manifest manifest, HasMetadata object) {
        return manifest.namespace() == null ? client.resource(object) : client.resource(object).inNamespace(manifest.namespace());
    }

    private static NamespaceSeen seen(Namespace namespace) {
        return new NamespaceSeen(
                namespace.getMetadata().getName(),
                Marks.read(namespace.getMetadata().getLabels(), namespace.getMetadata().getAnnotations()),
                namespace.getMetadata().getDeletionTimestamp() != null);
    }

    private static <T> T call(String doing, Supplier<T> work) {
        try {
            return work.get();
        } catch (KubernetesClientException e) {
            throw InWords.failure(doing, e);
        } catch (ClusterFailure e) {
            throw e;
        } catch (RuntimeException e) {
            throw new ClusterFailure(ClusterFailure.Kind.UNAVAILABLE, "The cluster gave no usable answer while " + doing + ".", null, e);
        }
    }
}
