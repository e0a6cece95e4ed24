package dev.penstock.platform.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.penstock.contract.SliceId;
import dev.penstock.platform.cluster.Cluster.Deletion;
import dev.penstock.platform.cluster.ClusterFailure.Kind;
import dev.penstock.platform.cluster.Cluster;
import dev.penstock.platform.cluster.ClusterFailure;
import dev.penstock.platform.cluster.DeviceSeen;
import dev.penstock.platform.cluster.Manifest;
import dev.penstock.platform.cluster.Marks;
import dev.penstock.platform.cluster.NodeSeen;
import dev.penstock.platform.cluster.PodSeen;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What we rely on a cluster to do. The same tests run against the simulated cluster in every build and against a real one where there is
 * one, so that the simulation cannot drift into a cluster of our wishes.
 */
abstract class ClusterContract extends KueueContract {

    @Test
    void applyingTwiceIsApplyingOnce() {
        applyNamespace(restricted());
        Namespace first = client.namespaces().withName(namespace).require();
        applyNamespace(restricted());
        Namespace second = client.namespaces().withName(namespace).require();
        assertThat(second.getMetadata().getResourceVersion()).isEqualTo(first.getMetadata().getResourceVersion());
        assertThat(first.getMetadata().getManagedFields()).anySatisfy(entry -> {
            assertThat(entry.getManager()).isEqualTo(KubernetesCluster.FIELD_MANAGER);
            assertThat(entry.getOperation()).isEqualTo("Apply");
        });
        assertThat(cluster.namespace(namespace).orElseThrow().marks()).isEqualTo(marks);
    }

    @Test
    void whatIsNoLongerAppliedIsRemoved() {
        applyNamespace(Map.of());
        applyQuota(Map.of("pods", "3", "services", "1"));
        applyQuota(Map.of("pods", "2"));
        assertThat(quota().getSpec().getHard()).containsOnlyKeys("pods").containsEntry("pods", new Quantity("2"));
    }

    @Test
    void aFieldOfAnotherManagerIsAConflictAndStaysAsItIs() {
        applyNamespace(Map.of());
        applyQuota(Map.of("pods", "3"));
        ResourceQuota theirs = new ResourceQuotaBuilder()
                .withNewMetadata().withName("slices").withNamespace(namespace).endMetadata()
                .withNewSpec().addToHard("pods", new Quantity("9")).endSpec()
                .build();
        client.resource(theirs).fieldManager("somebody-else").forceConflicts().serverSideApply();
        assertThatThrownBy(() -> applyQuota(Map.of("pods", "4"))).isInstanceOfSatisfying(ClusterFailure.class, failure -> {
            assertThat(failure.kind()).isEqualTo(Kind.CONFLICT);
            assertThat(failure.sentence()).contains("somebody-else");
        });
        assertThat(quota().getSpec().getHard()).containsEntry("pods", new Quantity("9"));
    }

    @Test
    void whatIsAsItShouldBeIsNotWrittenAgainAndWhatSomebodyTookAwayIs() {
        applyNamespace(Map.of());
        Map<String, Object> hard = Map.of("pods", "3", "services.nodeports", "0");
        assertThat(applyQuota(hard)).isTrue();
        String version = quota().getMetadata().getResourceVersion();
        assertThat(applyQuota(hard)).isFalse();
        assertThat(quota().getMetadata().getResourceVersion()).isEqualTo(version);

        ResourceQuota without = quota();
        without.getSpec().getHard().remove("services.nodeports");
        client.resource(without).update();
        assertThat(applyQuota(hard)).as("a field was taken away").isTrue();
        assertThat(quota().getSpec().getHard()).containsEntry("services.nodeports", new Quantity("0"));

        assertThat(applyQuota(Map.of("pods", "3"))).as("a field is not wanted any more").isTrue();
        assertThat(quota().getSpec().getHard()).containsOnlyKeys("pods");
    }

    @Test
    void aFieldThatTheClusterDoesNotKnowIsRefused() {
        applyNamespace(Map.of());
        Manifest misspelt = Manifest.of("v1", "ResourceQuota", namespace, "slices", marks, Map.of("specs", Map.of("hard", Map.of("pods", "1"))));
        assertThatThrownBy(() -> cluster.apply(misspelt)).isInstanceOfSatisfying(ClusterFailure.class, failure -> {
            assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
            assertThat(failure.sentence()).contains("specs");
        });
    }

    @Test
    void aNamespaceThatIsNotOursIsNotTakenOn() {
        client.resource(new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build()).create();
        namespaces.add(namespace);
        refused(Kind.FOREIGN, () -> applyNamespace(Map.of()));
        assertThat(client.namespaces().withName(namespace).require().getMetadata().getAnnotations()).doesNotContainKey(Marks.UID);
    }

    @Test
    void anotherUidIsAsForeignAsNone() {
        applyNamespace(Map.of());
        Marks reborn = Marks.ofProject(installation, tenant, project, UUID.randomUUID());
        refused(Kind.FOREIGN, () -> cluster.apply(Manifest.of("v1", "Namespace", null, namespace, reborn, Map.of())));
    }

    @Test
    void anObjectWithANewerFenceIsLeftAlone() {
        applyNamespace(Map.of());
        SliceId slice = new SliceId(UUID.randomUUID());
        cluster.apply(pod(slice, 1, 8, Map.of(), null));
        refused(Kind.FENCED, () -> cluster.apply(pod(slice, 1, 7, Map.of(), null)));
        cluster.apply(pod(slice, 1, 9, Map.of(), null));
        assertThat(only(slice).marks().fence()).isEqualTo(9);
    }

    @Test
    void aNamespaceThatIsGoingAwayTakesNothing() {
        applyNamespace(Map.of());
        client.configMaps().inNamespace(namespace).resource(new ConfigMapBuilder()
                .withNewMetadata().withName("stays").withNamespace(namespace).withFinalizers("penstock.dev/test").endMetadata()
                .build()).create();
        client.namespaces().withName(namespace).delete();
        try {
            await().atMost(PATIENCE).until(() -> cluster.namespace(namespace).orElseThrow().terminating());
            refused(Kind.TERMINATING, () -> applyNamespace(Map.of()));
            refused(Kind.TERMINATING, () -> applyQuota(Map.of("pods", "1")));
        } finally {
            client.configMaps().inNamespace(namespace).withName("stays").edit(map -> new ConfigMapBuilder(map).editMetadata().withFinalizers().endMetadata().build());
        }
        await().atMost(PATIENCE).until(() -> cluster.namespace(namespace).isEmpty());
    }

    @Test
    void theNamespacesQuotaRefusesWhatNoSliceHolds() {
        applyNamespace(Map.of());
        applyQuota(Map.of("pods", "5", "requests.penstock.dev/part", "1"));
        cluster.apply(pod(new SliceId(UUID.randomUUID()), 1, 1, Map.of("penstock.dev/part", "1"), null));
        assertThatThrownBy(() -> cluster.apply(pod(new SliceId(UUID.randomUUID()), 1, 1, Map.of("penstock.dev/part", "1"), null)))
                .isInstanceOfSatisfying(ClusterFailure.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(Kind.OVER_QUOTA);
                    assertThat(failure.sentence()).contains("slices", "requested: requests.penstock.dev/part=1", "used: requests.penstock.dev/part=1", "limited: requests.penstock.dev/part=1");
                });
    }

    @Test
    void podSecurityRefusesWhatIsNotLockedDown() {
        applyNamespace(restricted());
        Manifest open = Manifest.of("v1", "Pod", namespace, "open", slice(new SliceId(UUID.randomUUID()), 1, 1),
                Map.of("spec", Map.of("containers", List.of(Map.of("name", "c", "image", IMAGE)))));
        assertThatThrownBy(() -> cluster.apply(open)).isInstanceOfSatisfying(ClusterFailure.class, failure -> {
            assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
            assertThat(failure.sentence()).contains("violates PodSecurity \"restricted:latest\"", "runAsNonRoot");
        });
    }

    @Test
    void aPodBecomesReadyAndSaysSinceWhen() {
        applyNamespace(restricted());
        SliceId slice = new SliceId(UUID.randomUUID());
        Instant before = Instant.now().minusSeconds(2);
        cluster.apply(pod(slice, 1, 1, Map.of(), null));
        PodSeen ready = await().atMost(PATIENCE).until(() -> only(slice), PodSeen::isReady);
        assertThat(ready.node()).isNotBlank();
        assertThat(ready.trouble()).isNull();
        assertThat(ready.ready().since()).isBetween(before, Instant.now().plusSeconds(2));
        assertThat(ready.marks()).isEqualTo(slice(slice, 1, 1));
    }

    @Test
    void whatTheSchedulerCannotPlaceItSaysInThePod() {
        applyNamespace(Map.of());
        SliceId slice = new SliceId(UUID.randomUUID());
        cluster.apply(pod(slice, 1, 1, Map.of("penstock.dev/nowhere", "1"), null));
        PodSeen refused = await().atMost(PATIENCE).until(() -> only(slice), pod -> pod.unschedulable() != null);
        assertThat(refused.unschedulable().message()).contains("nodes are available", "Insufficient penstock.dev/nowhere");
        assertThat(refused.resources()).containsExactly(Map.entry("penstock.dev/nowhere", 1));
        cluster.delete(refused, Deletion.IF_UNCHANGED);
        assertThat(cluster.podsOfSlice(namespace, slice.toString())).as("a pod on no node goes at once").isEmpty();
    }

    @Test
    void aPodThatChangedIsNotDeletedUnawares() {
        applyNamespace(Map.of());
        SliceId slice = new SliceId(UUID.randomUUID());
        cluster.apply(pod(slice, 1, 1, Map.of("penstock.dev/nowhere", "1"), null));
        PodSeen seen = await().atMost(PATIENCE).until(() -> only(slice), pod -> pod.unschedulable() != null);
        cluster.apply(pod(slice, 1, 2, Map.of("penstock.dev/nowhere", "1"), null));
        refused(Kind.CONFLICT, () -> cluster.delete(seen, Deletion.IF_UNCHANGED));
    }

    @Test
    void onlyTheVeryPodThatWasSeenIsDeleted() {
        applyNamespace(Map.of());
        SliceId slice = new SliceId(UUID.randomUUID());
        cluster.apply(pod(slice, 1, 1, Map.of(), null));
        PodSeen first = only(slice);
        cluster.delete(first, Deletion.AT_ONCE);
        await().atMost(PATIENCE).until(() -> cluster.podsOfSlice(namespace, slice.toString()).isEmpty());
        cluster.delete(first, Deletion.GRACEFUL);
        cluster.apply(pod(slice, 1, 1, Map.of(), null));
        refused(Kind.CONFLICT, () -> cluster.delete(first, Deletion.AT_ONCE));
        assertThat(only(slice).uid()).isNotEqualTo(first.uid());
    }

    @Test
    void aPodThatIsBeingDeletedSaysSoUntilItIsGone() {
        applyNamespace(Map.of());
        SliceId slice = new SliceId(UUID.randomUUID());
        cluster.apply(pod(slice, 1, 1, Map.of(), "penstock.dev/test"));
        PodSeen seen = only(slice);
        cluster.delete(seen, Deletion.AT_ONCE);
        assertThat(only(slice).terminating()).isTrue();
        refused(Kind.TERMINATING, () -> cluster.apply(pod(slice, 1, 2, Map.of(), "penstock.dev/test")));
        finalizers(seen.name(), "null");
        await().atMost(PATIENCE).until(() -> cluster.podsOfSlice(namespace, slice.toString()).isEmpty());
    }

    @Test
    void labelsFindOursAndNobodyElses() {
        applyNamespace(Map.of());
        SliceId one = new SliceId(UUID.randomUUID());
        SliceId other = new SliceId(UUID.randomUUID());
        cluster.apply(pod(one, 1, 1, Map.of(), null));
        cluster.apply(pod(one, 2, 2, Map.of(), null));
        cluster.apply(pod(other, 1, 1, Map.of(), null));
        assertThat(cluster.podsOfSlice(namespace, one.toString())).extracting(pod -> pod.marks().phase()).containsExactlyInAnyOrder(1, 2);
        assertThat(cluster.pods(installation)).hasSize(3);
        assertThat(cluster.pods(installation + "x")).isEmpty();
        assertThat(cluster.namespaces(installation)).extracting(seen -> seen.name()).containsExactly(namespace);
        assertThat(cluster.podsOfSlice("contract-nowhere", one.toString())).isEmpty();
    }

    @Test
    void aWatchTellsOfPodsAndGoesOnAfterItWasDisturbed() throws Exception {
        applyNamespace(Map.of());
        Map<String, PodSeen> told = new ConcurrentHashMap<>();
        AtomicInteger nodes = new AtomicInteger();
        try (Cluster.Watch watching = cluster.watch(installation, pod -> told.put(pod.name(), pod), nodes::incrementAndGet)) {
            assertThat(watching).isNotNull();
            List<SliceId> slices = new ArrayList<>();
            for (int round = 0; round < 3; round++) {
                SliceId slice = new SliceId(UUID.randomUUID());
                slices.add(slice);
                cluster.apply(pod(slice, 1, 1, Map.of("penstock.dev/nowhere", "1"), null));
                await().atMost(PATIENCE).until(() -> told.containsKey(only(slice).name()));
                disturbWatches();
            }
            PodSeen first = only(slices.getFirst());
            cluster.delete(first, Deletion.GRACEFUL);
            told.remove(first.name());
            SliceId last = new SliceId(UUID.randomUUID());
            cluster.apply(pod(last, 1, 1, Map.of("penstock.dev/nowhere", "1"), null));
            await().atMost(PATIENCE).until(() -> told.containsKey(only(last).name()));
            await().atMost(PATIENCE).untilAsserted(() -> {
                Cluster.Picture picture = watching.picture().orElseThrow();
                assertThat(picture.pods()).extracting(PodSeen::uid).containsExactlyInAnyOrderElementsOf(cluster.pods(installation).stream().map(PodSeen::uid).toList());
                assertThat(picture.nodes()).extracting(NodeSeen::name).containsExactlyInAnyOrderElementsOf(cluster.nodes().stream().map(NodeSeen::name).toList());
            });
        }
    }

    @Test
    void aPodIsFoundByItsName() {
        applyNamespace(Map.of());
        SliceId slice = new SliceId(UUID.randomUUID());
        cluster.apply(pod(slice, 1, 1, Map.of("penstock.dev/nowhere", "1"), null));
        PodSeen listed = only(slice);
        assertThat(cluster.pod(namespace, listed.name())).hasValueSatisfying(found -> assertThat(found.uid()).isEqualTo(listed.uid()));
        assertThat(cluster.pod(namespace, "another")).isEmpty();
    }

    @Test
    void nodesThatHaveGpusSayWhich() {
        Set<String> listing = cluster.devices().devices().stream().map(DeviceSeen::node).collect(Collectors.toSet());
        for (NodeSeen node : cluster.nodes()) {
            assertThat(node.product()).isNotBlank();
            assertThat(node.allocatable().isEmpty()).as("%s: nothing is counted only where something is listed", node.name()).isIn(false, listing.contains(node.name()));
        }
    }

    private boolean applyQuota(Map<String, Object> hard) {
        return cluster.apply(Manifest.of("v1", "ResourceQuota", namespace, "slices", marks, Map.of("spec", Map.of("hard", hard))));
    }

    private ResourceQuota quota() {
        return client.resourceQuotas().inNamespace(namespace).withName("slices").require();
    }
}
