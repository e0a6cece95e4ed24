package dev.penstock.platform.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.SliceId;
import dev.penstock.contract.TenantId;
import dev.penstock.platform.cluster.Cluster;
import dev.penstock.platform.cluster.ClusterFailure.Kind;
import dev.penstock.platform.cluster.ClusterFailure;
import dev.penstock.platform.cluster.Manifest;
import dev.penstock.platform.cluster.Marks;
import dev.penstock.platform.cluster.PodSeen;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A namespace on a cluster that may be disturbed, and the least that can be put into it. */
abstract class ContractBench {

    static final Duration PATIENCE = Duration.ofSeconds(60);
    static final String IMAGE = "registry.k8s.io/pause:3.10";

    /** Another installation on the same cluster, or a run before this one, must not disturb. */
    final String installation = "contract-" + Long.toHexString(System.nanoTime());
    final TenantId tenant = new TenantId(UUID.randomUUID());
    final ProjectId project = new ProjectId(UUID.randomUUID());
    final UUID uid = UUID.randomUUID();
    final Marks marks = Marks.ofProject(installation, tenant, project, uid);
    final String namespace = "contract-" + project;
    final Set<String> namespaces = new HashSet<>();

    KubernetesClient client;
    Cluster cluster;

    /** Credentials of a cluster that may be disturbed. */
    abstract Path kubeconfig();

    /** Breaks running watches, and lets the past be forgotten, if this cluster can be made to. */
    abstract void disturbWatches();

    @BeforeEach
    void connect() {
        ClusterSettings settings = new ClusterSettings(
                kubeconfig().toString(), Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofMillis(100), new ClusterSettings.Mig("gpu-operator", "custom-mig-config"));
        client = ClusterClient.open(settings);
        cluster = new KubernetesCluster(client, settings);
    }

    @AfterEach
    void cleanUp() {
        namespaces.forEach(name -> client.namespaces().withName(name).withGracePeriod(0).delete());
        client.close();
    }

    void applyNamespace(Map<String, String> labels) {
        namespaces.add(namespace);
        cluster.apply(new Manifest("v1", "Namespace", null, namespace, marks, labels, Map.of()));
    }

    static Map<String, String> restricted() {
        return Map.of("pod-security.kubernetes.io/enforce", "restricted");
    }

    Marks slice(SliceId slice, int phase, long fence) {
        return new Marks(installation, tenant, project, uid, slice, phase, fence);
    }

    /** Locked down, and otherwise as little as a pod can be. */
    Manifest pod(SliceId slice, int phase, long fence, Map<String, Object> extended, @Nullable String finalizer) {
        Map<String, Object> amounts = new HashMap<>(Map.of("cpu", "10m", "memory", "16Mi"));
        amounts.putAll(extended);
        Manifest pod = Manifest.of("v1", "Pod", namespace, "slice-" + slice + "-" + phase, slice(slice, phase, fence), Map.of(
                "spec", podSpec(Map.of("resources", Map.of("requests", amounts, "limits", amounts)))));
        if (finalizer != null && client.pods().inNamespace(namespace).withName(pod.name()).get() == null) {
            cluster.apply(pod);
            finalizers(pod.name(), "[\"" + finalizer + "\"]");
        }
        return pod;
    }

    /** @param more of its one container */
    static Map<String, Object> podSpec(Map<String, Object> more) {
        Map<String, Object> container = new HashMap<>(Map.of(
                "name", "c",
                "image", IMAGE,
                "securityContext", Map.of("allowPrivilegeEscalation", false, "capabilities", Map.of("drop", List.of("ALL")))));
        container.putAll(more);
        return Map.of(
                "containers", List.of(container),
                "automountServiceAccountToken", false,
                "terminationGracePeriodSeconds", 1,
                "securityContext", Map.of("runAsNonRoot", true, "runAsUser", 1000, "seccompProfile", Map.of("type", "RuntimeDefault")));
    }

    /** A merge patch: it does not mind that the kubelet writes the pod's status at the same time. */
    void finalizers(String pod, String json) {
        client.pods().inNamespace(namespace).withName(pod).patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\": {\"finalizers\": " + json + "}}");
    }

    PodSeen only(SliceId slice) {
        List<PodSeen> pods = cluster.podsOfSlice(namespace, slice.toString());
        assertThat(pods).hasSize(1);
        return pods.getFirst();
    }

    static void refused(Kind kind, ThrowingCallable attempt) {
        assertThatThrownBy(attempt).isInstanceOfSatisfying(ClusterFailure.class, failure -> assertThat(failure.kind()).as(failure.sentence()).isEqualTo(kind));
    }
}
