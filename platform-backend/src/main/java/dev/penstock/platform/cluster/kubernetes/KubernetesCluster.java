package dev.penstock.platform.cluster.kubernetes;

import dev.penstock.platform.cluster.CardUse;
import dev.penstock.platform.cluster.Cluster;
import dev.penstock.platform.cluster.ClusterFailure;
import dev.penstock.platform.cluster.DevicesSeen;
import dev.penstock.platform.cluster.EventSeen;
import dev.penstock.platform.cluster.KueueSeen;
import dev.penstock.platform.cluster.Manifest;
import dev.penstock.platform.cluster.Marks;
import dev.penstock.platform.cluster.MigConfig;
import dev.penstock.platform.cluster.NamespaceSeen;
import dev.penstock.platform.cluster.NodeSeen;
import dev.penstock.platform.cluster.ObjectSeen;
import dev.penstock.platform.cluster.PodSeen;
import dev.penstock.platform.cluster.WorkloadSeen;
import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PreconditionsBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Calls of the client library, each with its failures put into words. */
class KubernetesCluster implements Cluster {

    /** Owns every field that we apply. */
    static final String FIELD_MANAGER = "penstock";

    /** Never by force; and a field that the cluster does not know is refused instead of dropped. */
    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager(FIELD_MANAGER)
            .withFieldValidation("Strict")
            .build();

    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int BAD_REQUEST = 400;
    private static final int LONGEST_LINE = 1000;
    /** How often an object is looked at before a conflict is left to whoever wanted it. */
    private static final int MOST_LOOKS = 4;

    private final KubernetesClient client;
    private final ServingObjects servers;
    private final AsWritten asWritten;
    private final MigConfigs migConfigs;
    private final ListedDevices listed;
    private final KueueObjects kueue;

    KubernetesCluster(KubernetesClient client, ClusterSettings settings) {
        this.client = client;
        this.servers = new ServingObjects(client);
        this.asWritten = new AsWritten(client.getKubernetesSerialization());
        this.migConfigs = new MigConfigs(client, settings.mig());
        this.listed = new ListedDevices(client);
        this.kueue = new KueueObjects(client);
    }

    @Override
    public boolean apply(Manifest manifest) {
        return call("applying " + manifest.title(), () -> {
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

    private boolean applyToWhatIsThere(Manifest manifest) {
        HasMetadata wanted = client.getKubernetesSerialization().convertValue(manifest.tree(), type(manifest));
        asWritten.mark(wanted);
        HasMetadata existing = resource(manifest, wanted).get();
        if (existing != null) {
            Adoption.check(manifest, existing);
            if (asWritten.still(existing, wanted)) {
                return false;
            }
            // Applied only to what was checked: if it changes in between, the cluster answers with a conflict.
            wanted.getMetadata().setResourceVersion(existing.getMetadata().getResourceVersion());
        }
        patch(resource(manifest, wanted), wanted);
        return true;
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
    public Optional<PodSeen> pod(String namespace, String name) {
        return call("looking at pod " + name, () -> Optional.ofNullable(client.pods().inNamespace(namespace).withName(name).get()).map(SeenPods::seen));
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
        delete("pod " + pod.namespace() + "/" + pod.name(), "/api/v1/namespaces/" + pod.namespace() + "/pods/" + pod.name(), options);
    }

    @Override
    public void delete(ObjectSeen object) {
        DeleteOptions options = new DeleteOptionsBuilder()
                .withApiVersion("v1")
                .withKind("DeleteOptions")
                .withPreconditions(new PreconditionsBuilder().withUid(object.uid()).build())
                .withPropagationPolicy("Foreground")
                .build();
        delete(object.title(), ServingObjects.path(object), options);
    }

    private void delete(String title, String path, DeleteOptions options) {
        call("deleting " + title, () -> {
            try {
                return client.raw(path, "DELETE", options);
            } catch (KubernetesClientException e) {
                if (e.getCode() == NOT_FOUND) {
                    return "";
                }
                throw e;
            }
        });
    }

    @Override
    public List<ObjectSeen> objectsOfSlice(String namespace, String slice) {
        return call("listing what serves in " + namespace, () -> servers.inNamespace(namespace, slice));
    }

    @Override
    public List<ObjectSeen> objectsOfSlices(String installation) {
        return call("listing what serves", () -> servers.everywhere(installation));
    }

    @Override
    public Optional<String> serviceAddress(String namespace, String service) {
        return call("looking at service " + service, () -> Optional.ofNullable(client.services().inNamespace(namespace).withName(service).get())
                .map(found -> found.getSpec().getClusterIP())
                .filter(address -> !address.isEmpty()));
    }

    @Override
    public Optional<String> secret(String namespace, String name, String key) {
        return call("looking at secret " + name, () -> Optional.ofNullable(client.secrets().inNamespace(namespace).withName(name).get())
                .map(Secret::getData)
                .map(data -> data.get(key))
                .map(encoded -> new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8)));
    }

    @Override
    public List<String> podLog(PodSeen pod, int lines) {
        return call("reading the log of " + pod.name(), () -> {
            try {
                String text = client.pods().inNamespace(pod.namespace()).withName(pod.name()).tailingLines(lines).getLog();
                return text == null ? List.of() : text.lines().map(KubernetesCluster::bounded).toList();
            } catch (KubernetesClientException e) {
                // 400: its container has not started yet.
                if (e.getCode() == NOT_FOUND || e.getCode() == BAD_REQUEST) {
                    return List.of();
                }
                throw e;
            }
        });
    }

    @Override
    public List<EventSeen> eventsOfSlice(String namespace, String slice, int limit) {
        return call("listing events in " + namespace, () -> client.v1().events().inNamespace(namespace).list().getItems().stream()
                .filter(event -> SeenObjects.about(event, slice))
                .map(SeenObjects::seen)
                .sorted(Comparator.comparing(EventSeen::at).reversed())
                .limit(limit)
                .toList());
    }

    private static String bounded(String line) {
        return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "…";
    }

    @Override
    public List<NodeSeen> nodes() {
        return call("listing nodes", () -> client.nodes().withLabel(SeenNodes.PRODUCT).list().getItems().stream().map(SeenNodes::seen).toList());
    }

    @Override
    public List<CardUse> cardUse(String node) {
        return call("listing pods on " + node, () -> AllocatedCards.on(client, node));
    }

    @Override
    public DevicesSeen devices() {
        return call("listing devices", listed::now);
    }

    @Override
    public KueueSeen kueue(String clusterQueue) {
        return call("looking at Kueue", () -> kueue.now(clusterQueue));
    }

    @Override
    public Optional<WorkloadSeen> workload(PodSeen pod) {
        return call("looking at Kueue's workload of " + pod.name(), () -> kueue.workload(pod));
    }

    @Override
    public Optional<NodeSeen> node(String name) {
        return call("looking at node " + name, () -> Optional.ofNullable(client.nodes().withName(name).get()).map(SeenNodes::seen));
    }

    @Override
    public void schedulable(NodeSeen node, boolean schedulable, String order) {
        // What is open has no such field at all; an API server drops one that is false.
        change(node, order, Map.of(), Collections.singletonMap("unschedulable", schedulable ? null : Boolean.TRUE));
    }

    @Override
    public void cut(NodeSeen node, String config, String order) {
        Map<String, Object> labels = new HashMap<>();
        labels.put(SeenNodes.MIG_CONFIG, config);
        labels.put(SeenNodes.MIG_STATE, null);
        change(node, order, labels, Map.of());
    }

    /** A merge patch, not an apply: these fields are others' too, and each of us writes them when asked to. */
    private void change(NodeSeen node, String order, Map<String, Object> labels, Map<String, Object> spec) {
        Map<String, Object> metadata = Map.of("resourceVersion", node.version(), "annotations", Map.of(SeenNodes.ORDER, order), "labels", labels);
        String patch = client.getKubernetesSerialization().asJson(Map.of("metadata", metadata, "spec", spec));
        PatchContext context = new PatchContext.Builder().withPatchType(PatchType.JSON_MERGE).withFieldManager(FIELD_MANAGER).build();
        call("changing node " + node.name(), () -> client.nodes().withName(node.name()).patch(context, patch));
    }

    @Override
    public void addMigConfig(MigConfig config, Predicate<String> keep) {
        call("writing MIG configuration " + config.name(), () -> {
            migConfigs.add(config, keep);
            return config;
        });
    }

    @Override
    public Watch watch(String installation, Consumer<PodSeen> onPod, Runnable onNodes) {
        return Watching.start(client, installation, onPod, onNodes);
    }

    @SuppressWarnings("unchecked")
    private Class<? extends HasMetadata> type(Manifest manifest) {
        if (isKueues(manifest)) {
            return GenericKubernetesResource.class;
        }
        Class<?> type = client.getKubernetesSerialization().getRegisteredKubernetesResource(manifest.apiVersion(), manifest.kind());
        return (Class<? extends HasMetadata>) Objects.requireNonNull(type, () -> "unknown kind " + manifest.kind());
    }

    /** What is patched is of the resource's own type: {@link #resource} was asked with it. */
    @SuppressWarnings("unchecked")
    private static void patch(Resource<? extends HasMetadata> resource, HasMetadata wanted) {
        HasMetadata unused = ((Resource<HasMetadata>) resource).patch(APPLY, wanted);
    }

    private static boolean isKueues(Manifest manifest) {
        return manifest.apiVersion().startsWith(KueueObjects.GROUP + "/");
    }

    private Resource<? extends HasMetadata> resource(Manifest manifest, HasMetadata object) {
        if (isKueues(manifest)) {
            return kueue.localQueue(object);
        }
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
