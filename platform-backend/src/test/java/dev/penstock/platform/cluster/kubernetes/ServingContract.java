package dev.penstock.platform.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.contract.SliceId;
import dev.penstock.platform.cluster.Cluster.Deletion;
import dev.penstock.platform.cluster.ClusterFailure.Kind;
import dev.penstock.platform.cluster.EventSeen;
import dev.penstock.platform.cluster.Manifest;
import dev.penstock.platform.cluster.Marks;
import dev.penstock.platform.cluster.ObjectSeen;
import dev.penstock.platform.cluster.PodSeen;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What we rely on a cluster to do with that which serves a model: deployments, services, secrets and policies, and what is told of them. */
abstract class ServingContract extends ContractBench {

    @Test
    void aDeploymentIsReadyWhenItsProbesPassAndItsPodHasALog() {
        applyNamespace(restricted());
        // The one program that this image has; asked for its version, it ends well.
        Map<String, Object> well = Map.of("exec", Map.of("command", List.of("/pause", "-v")), "periodSeconds", 1);
        SliceId slice = new SliceId(UUID.randomUUID());
        cluster.apply(deployment(slice, 1, Map.of("startupProbe", well, "readinessProbe", well)));
        await().atMost(PATIENCE).until(() -> client.apps().deployments().inNamespace(namespace).withName(name(slice)).require().getStatus(),
                status -> status != null && Integer.valueOf(1).equals(status.getReadyReplicas()));
        Pod pod = deployed(slice);
        assertThat(pod.getStatus().getContainerStatuses().getFirst().getStarted()).isTrue();
        assertThat(cluster.podLog(only(slice), 5)).hasSizeLessThanOrEqualTo(5);
    }

    @Test
    void aPodWhoseProbeFailsRunsButIsNotReadyAndAnEventSaysWhy() {
        applyNamespace(restricted());
        SliceId slice = new SliceId(UUID.randomUUID());
        cluster.apply(deployment(slice, 1, Map.of("readinessProbe", Map.of("httpGet", Map.of("path", "/", "port", 8000), "periodSeconds", 1))));
        await().atMost(PATIENCE).until(() -> client.v1().events().inNamespace(namespace).list().getItems().stream()
                .anyMatch(event -> "Unhealthy".equals(event.getReason()) && event.getMessage().startsWith("Readiness probe failed: Get ")));
        Pod pod = deployed(slice);
        assertThat(pod.getStatus().getPhase()).isEqualTo("Running");
        assertThat(pod.getStatus().getContainerStatuses().getFirst().getReady()).isFalse();
        assertThat(pod.getStatus().getContainerStatuses().getFirst().getStarted()).isTrue();
    }

    @Test
    void whatServesASliceIsFoundByItsLabelsAndNothingElseIs() {
        applyNamespace(Map.of());
        SliceId one = new SliceId(UUID.randomUUID());
        SliceId other = new SliceId(UUID.randomUUID());
        serving(one).forEach(cluster::apply);
        serving(other).forEach(cluster::apply);
        cluster.apply(Manifest.of("v1", "Secret", namespace, "of-the-project", marks, Map.of("type", "Opaque")));
        List<ObjectSeen> seen = cluster.objectsOfSlice(namespace, one.toString());
        assertThat(seen).extracting(ObjectSeen::kind).containsExactlyInAnyOrder("Deployment", "Service", "Secret", "NetworkPolicy");
        assertThat(seen).allSatisfy(object -> {
            assertThat(object.namespace()).isEqualTo(namespace);
            assertThat(object.name()).isEqualTo(name(one));
            assertThat(object.marks()).isEqualTo(slice(one, 1, 1));
            assertThat(object.terminating()).isFalse();
        });
        assertThat(cluster.objectsOfSlices(installation)).hasSize(8).containsAll(seen);
        assertThat(cluster.objectsOfSlices(installation + "x")).isEmpty();
        assertThat(cluster.objectsOfSlice("contract-nowhere", one.toString())).isEmpty();
    }

    @Test
    void aDeploymentIsGoneWhenItsPodsAreAndNotBefore() {
        applyNamespace(restricted());
        SliceId slice = new SliceId(UUID.randomUUID());
        cluster.apply(deployment(slice, 1, Map.of()));
        PodSeen pod = await().atMost(PATIENCE).until(() -> cluster.podsOfSlice(namespace, slice.toString()), pods -> pods.size() == 1).getFirst();
        finalizers(pod.name(), "[\"penstock.dev/test\"]");
        ObjectSeen deployment = cluster.objectsOfSlice(namespace, slice.toString()).getFirst();
        cluster.delete(deployment);
        await().atMost(PATIENCE).until(() -> only(slice).terminating());
        assertThat(cluster.objectsOfSlice(namespace, slice.toString())).singleElement().satisfies(object -> assertThat(object.terminating()).isTrue());
        refused(Kind.TERMINATING, () -> cluster.apply(deployment(slice, 2, Map.of())));
        finalizers(pod.name(), "null");
        await().atMost(PATIENCE).until(() -> cluster.objectsOfSlice(namespace, slice.toString()).isEmpty());
        assertThat(cluster.podsOfSlice(namespace, slice.toString())).isEmpty();
        cluster.delete(deployment);
    }

    @Test
    void onlyTheVeryObjectThatWasSeenIsDeleted() {
        applyNamespace(Map.of());
        SliceId slice = new SliceId(UUID.randomUUID());
        for (Manifest manifest : serving(slice)) {
            cluster.apply(manifest);
            ObjectSeen first = cluster.objectsOfSlice(namespace, slice.toString()).getFirst();
            cluster.delete(first);
            await().atMost(PATIENCE).until(() -> cluster.objectsOfSlice(namespace, slice.toString()).isEmpty());
            cluster.delete(first);
            cluster.apply(manifest);
            refused(Kind.CONFLICT, () -> cluster.delete(first));
            ObjectSeen second = cluster.objectsOfSlice(namespace, slice.toString()).getFirst();
            assertThat(second.uid()).isNotEqualTo(first.uid());
            cluster.delete(second);
            await().atMost(PATIENCE).until(() -> cluster.objectsOfSlice(namespace, slice.toString()).isEmpty());
        }
    }

    @Test
    void aServiceHasAnAddressFromTheStartAndKeepsIt() {
        applyNamespace(Map.of());
        SliceId slice = new SliceId(UUID.randomUUID());
        assertThat(cluster.serviceAddress(namespace, name(slice))).isEmpty();
        cluster.apply(service(slice));
        String address = cluster.serviceAddress(namespace, name(slice)).orElseThrow();
        assertThat(address).matches("\\d+\\.\\d+\\.\\d+\\.\\d+|[0-9a-f:]+");
        cluster.apply(service(slice));
        assertThat(cluster.serviceAddress(namespace, name(slice))).hasValue(address);
        assertThat(cluster.serviceAddress("contract-nowhere", name(slice))).isEmpty();
    }

    @Test
    void aSecretIsReadByItsKeyAndDoesNotChange() {
        applyNamespace(Map.of());
        SliceId slice = new SliceId(UUID.randomUUID());
        assertThat(cluster.secret(namespace, name(slice), "key")).isEmpty();
        cluster.apply(secret(slice, "sesame"));
        assertThat(cluster.secret(namespace, name(slice), "key")).hasValue("sesame");
        assertThat(cluster.secret(namespace, name(slice), "another")).isEmpty();
        refused(Kind.REFUSED, () -> cluster.apply(secret(slice, "another")));
        assertThat(cluster.secret(namespace, name(slice), "key")).hasValue("sesame");
    }

    @Test
    void whatHappenedToASliceIsToldNewestFirst() {
        applyNamespace(restricted());
        SliceId slice = new SliceId(UUID.randomUUID());
        Instant before = Instant.now().minusSeconds(2);
        cluster.apply(pod(slice, 1, 1, Map.of(), null));
        await().atMost(PATIENCE).until(() -> only(slice).isReady());
        List<EventSeen> told = await().atMost(PATIENCE).until(() -> events(slice, 10), events -> events.stream().anyMatch(event -> event.reason().equals("Started")));
        assertThat(told).extracting(EventSeen::reason).contains("Scheduled");
        assertThat(told).isSortedAccordingTo(Comparator.comparing(EventSeen::at).reversed()).allSatisfy(event -> {
            assertThat(event.at()).isBetween(before, Instant.now().plusSeconds(2));
            assertThat(event.object()).isEqualTo("Pod slice-" + slice + "-1");
            assertThat(event.message()).isNotBlank();
            assertThat(event.count()).isPositive();
        });
        assertThat(events(slice, 1)).hasSize(1);
        assertThat(events(new SliceId(UUID.randomUUID()), 10)).isEmpty();
    }

    @Test
    void whatGoesWrongIsToldAsAWarning() {
        applyNamespace(Map.of());
        SliceId slice = new SliceId(UUID.randomUUID());
        cluster.apply(pod(slice, 1, 1, Map.of("penstock.dev/nowhere", "1"), null));
        EventSeen event = await().atMost(PATIENCE).until(() -> events(slice, 10), events -> !events.isEmpty()).getFirst();
        assertThat(event.warning()).isTrue();
        assertThat(event.reason()).isEqualTo("FailedScheduling");
        assertThat(event.message()).contains("Insufficient penstock.dev/nowhere");
    }

    @Test
    void aPodThatNeverRanHasNoLogAndNeitherHasOneThatIsGone() {
        applyNamespace(Map.of());
        SliceId slice = new SliceId(UUID.randomUUID());
        cluster.apply(pod(slice, 1, 1, Map.of("penstock.dev/nowhere", "1"), null));
        PodSeen pod = await().atMost(PATIENCE).until(() -> only(slice), seen -> seen.unschedulable() != null);
        assertThat(cluster.podLog(pod, 5)).isEmpty();
        cluster.delete(pod, Deletion.AT_ONCE);
        await().atMost(PATIENCE).until(() -> cluster.podsOfSlice(namespace, slice.toString()).isEmpty());
        assertThat(cluster.podLog(pod, 5)).isEmpty();
    }

    private List<EventSeen> events(SliceId slice, int limit) {
        return cluster.eventsOfSlice(namespace, slice.toString(), limit);
    }

    /** One of each kind that serves. */
    private List<Manifest> serving(SliceId slice) {
        Manifest policy = Manifest.of("networking.k8s.io/v1", "NetworkPolicy", namespace, name(slice), slice(slice, 1, 1), Map.of(
                "spec", Map.of("podSelector", Map.of("matchLabels", Map.of(Marks.SLICE, slice.toString())), "policyTypes", List.of("Ingress"))));
        return List.of(secret(slice, "sesame"), policy, service(slice), deployment(slice, 1, Map.of()));
    }

    private Manifest secret(SliceId slice, String value) {
        String encoded = Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
        return Manifest.of("v1", "Secret", namespace, name(slice), slice(slice, 1, 1), Map.of("type", "Opaque", "immutable", true, "data", Map.of("key", encoded)));
    }

    private Manifest service(SliceId slice) {
        return Manifest.of("v1", "Service", namespace, name(slice), slice(slice, 1, 1), Map.of(
                "spec", Map.of("selector", Map.of(Marks.SLICE, slice.toString()), "ports", List.of(Map.of("name", "http", "protocol", "TCP", "port", 8000)))));
    }

    /** One replica of a container, with more of it. */
    private Manifest deployment(SliceId slice, long fence, Map<String, Object> more) {
        Marks ofPod = slice(slice, 1, 0);
        return Manifest.of("apps/v1", "Deployment", namespace, name(slice), slice(slice, 1, fence), Map.of("spec", Map.of(
                "replicas", 1,
                "selector", Map.of("matchLabels", Map.of(Marks.SLICE, slice.toString())),
                "template", Map.of("metadata", Map.of("labels", ofPod.labels(), "annotations", ofPod.annotations()), "spec", podSpec(more)))));
    }

    private static String name(SliceId slice) {
        return "serving-" + slice;
    }

    private Pod deployed(SliceId slice) {
        return client.pods().inNamespace(namespace).withName(only(slice).name()).require();
    }
}
