package dev.penstock.platform.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.platform.SliceState;
import dev.penstock.platform.cluster.Cluster.Deletion;
import dev.penstock.platform.cluster.Manifest;
import dev.penstock.platform.cluster.Marks;
import dev.penstock.platform.cluster.PodSeen;
import dev.penstock.platform.slice.Slice;
import dev.penstock.platform.slice.SliceKey;
import dev.penstock.simulators.cluster.fault.Fault;
import dev.penstock.simulators.cluster.fault.Fault.RequestMatch;
import dev.penstock.simulators.cluster.fault.Faults;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the reconciler does when what it works with fails, and what it writes. */
class SliceReconcilerTest extends ReconciledSlices {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @ParameterizedTest(name = "{0} on {1} {2}, {3} times")
    @CsvSource(delimiter = '|', textBlock = """
            # fault       | verb   | resource       | times
              503         |        |                | 6
              500         | patch  | pods           | 2
              409         | patch  | pods           | 2
              409         | patch  | resourcequotas | 2
              429         | patch  | resourcequotas | 1
              429         | list   | pods           | 1
              429         | delete | pods           | 1
              lost answer | patch  | pods           | 1
              lost answer | delete | pods           | 1
              lost answer | patch  | resourcequotas | 2
            """)
    void whatTheClusterRefusesForAWhileOnlyCostsTime(String fault, String verb, String resource, int times) {
        SliceKey key = queued(SliceBench.SEVENTH);
        RequestMatch match = new RequestMatch(verb == null ? "" : verb, resource == null ? "" : resource, "", "");
        boolean lost = fault.equals("lost answer");
        bench.simulated.faults().add(lost ? new Fault.LoseAnswer(match) : new Fault.Answer(match, Integer.parseInt(fault), 0), times, null);
        reconcileUntil(key, SliceState.READY);
        assertThat(pods(key)).hasSize(1);
        bench.release(key);
        reconcileUntil(key, SliceState.RELEASED);
        bench.assertNothingLeft(key);
        assertThat(bench.simulated.faults().active()).as("it struck as often").isEmpty();
        assertThat(bench.trail(key)).containsExactly(
                "slice.queue", "slice.reserve", "slice.provision", "slice.ready", "slice.release", "slice.end");
    }

    @Test
    void aClusterThatIsDownMakesSlicesWaitAndSayWhy() {
        SliceKey key = queued(SliceBench.SEVENTH);
        Faults.Active down = bench.simulated.faults().add(new Fault.ApiDown(true));
        Slice waiting = bench.until(reconciler::reconcile, key, slice -> slice.standing().reason() != null);
        assertThat(waiting.state()).isEqualTo(SliceState.PROVISIONING);
        assertThat(waiting.standing().reason()).startsWith("The cluster");
        assertThat(bench.platform.sql("update platform.slice set attempts = attempts where attempts > 0 and id = '" + key.slice() + "'")).as("failures are counted").isEqualTo(1);
        bench.simulated.faults().lift(down.id());
        Slice ready = reconcileUntil(key, SliceState.READY);
        assertThat(ready.standing().reason()).isNull();
        end(key);
    }

    @Test
    void aBusyClusterIsLeftAloneForAsLongAsItAsks() {
        SliceKey key = queued(SliceBench.SEVENTH);
        bench.simulated.faults().add(new Fault.Answer(new RequestMatch("patch", "resourcequotas", "", ""), 429, 7), 1, null);
        reconciler.reconcile(key);
        assertThat(bench.slice(key).standing().reason()).isEqualTo("The cluster is busy.");
        assertThat(bench.platform.sql("""
                update platform.slice set attempts = attempts
                 where id = '%s' and next_attempt_at between now() + interval '4 seconds' and now() + interval '7 seconds'""".formatted(key.slice()))).isEqualTo(1);
        reconcileUntil(key, SliceState.READY);
        end(key);
    }

    @Test
    void quotaThatCannotBeAskedGrantsNothing() {
        SliceKey key = queued(SliceBench.SEVENTH);
        bench.platform.quota().silent(true);
        Slice waiting = bench.until(reconciler::reconcile, key, slice -> slice.standing().reason() != null);
        assertThat(waiting.state()).isEqualTo(SliceState.QUEUED);
        assertThat(waiting.standing().holdsRoom()).isFalse();
        assertThat(waiting.standing().reason()).startsWith("Quota cannot be set aside");
        bench.platform.quota().silent(false);
        reconcileUntil(key, SliceState.READY);
        end(key);
    }

    @Test
    void aWorkspaceGoesOnWhileQuotaServiceIsAwayAndItsTimeIsBookedLater() {
        SliceKey key = queued(SliceBench.SEVENTH);
        reconcileUntil(key, SliceState.READY);
        Map<Integer, Long> before = bench.quota().booked(key.slice());
        bench.platform.quota().answerWith(503);
        bench.passes(Duration.ofMinutes(3));
        reconciler.reconcile(key);
        assertThat(bench.state(key)).isEqualTo(SliceState.READY);
        assertThat(bench.quota().booked(key.slice())).isEqualTo(before);
        bench.release(key);
        Slice waiting = bench.until(reconciler::reconcile, key, slice -> slice.standing().reason() != null);
        assertThat(waiting.state()).isEqualTo(SliceState.DRAINING);
        assertThat(pods(key)).as("the pod does not wait for it").isEmpty();
        bench.platform.quota().answerWith(0);
        reconcileUntil(key, SliceState.RELEASED);
        assertThat(bench.quota().booked(key.slice()).get(1)).isBetween(180L, 240L);
        bench.assertNothingLeft(key);
    }

    @Test
    void whatStepsAsideMakesRoomForAnother() {
        List<SliceKey> holders = List.of(queued(SliceBench.WHOLE), queued(SliceBench.WHOLE), queued(SliceBench.WHOLE));
        holders.forEach(key -> reconcileUntil(key, SliceState.READY));
        SliceKey waiting = queued(SliceBench.WHOLE);
        reconciler.reconcile(waiting);
        assertThat(bench.slice(waiting).standing().reason()).startsWith("All 3 of");
        bench.stepAside(holders.getFirst());
        Slice aside = reconcileUntil(holders.getFirst(), SliceState.QUEUED);
        assertThat(aside.standing().reason()).isEqualTo("Others come first.");
        reconcileUntil(waiting, SliceState.READY);
        Slice back = bench.until(reconciler::reconcile, holders.getFirst(), slice -> !"Others come first.".equals(slice.standing().reason()));
        assertThat(back.state()).isEqualTo(SliceState.QUEUED);
        assertThat(back.standing().reason()).startsWith("All 3 of");
        bench.release(waiting);
        reconcileUntil(waiting, SliceState.RELEASED);
        assertThat(reconcileUntil(holders.getFirst(), SliceState.READY).phase()).isEqualTo(2);
        holders.forEach(bench::release);
        holders.forEach(key -> reconcileUntil(key, SliceState.RELEASED));
        bench.assertNothingLeft(waiting);
    }

    @Test
    void steppingAsideDoesNotWaitForQuotaServiceAndWhatIsOwedIsBookedLater() {
        SliceKey key = queued(SliceBench.SEVENTH);
        reconcileUntil(key, SliceState.READY);
        bench.passes(Duration.ofMinutes(3));
        bench.platform.quota().answerWith(503);
        bench.suspend(key);
        reconcileUntil(key, SliceState.SUSPENDED);
        assertThat(pods(key)).isEmpty();
        assertThat(bench.quota().booked(key.slice()).getOrDefault(1, 0L)).isLessThan(60);
        bench.platform.quota().answerWith(0);
        reconciler.reconcile(key);
        bench.assertNothingOnTheCluster(key);
        long booked = bench.quota().booked(key.slice()).get(1);
        assertThat(booked).isBetween(180L, 240L);
        bench.passes(Duration.ofMinutes(10));
        reconciler.reconcile(key);
        assertThat(bench.quota().booked(key.slice())).as("GPU time stands still").containsExactly(Map.entry(1, booked));
        bench.release(key);
        reconcileUntil(key, SliceState.RELEASED);
        bench.assertNothingLeft(key);
    }

    @Test
    void timeNeverGoesBeyondTheLease() {
        SliceKey key = queued(SliceBench.SEVENTH);
        reconcileUntil(key, SliceState.READY);
        bench.passes(SliceBench.LEASE.plusHours(2));
        reconcileUntil(key, SliceState.EXPIRED);
        assertThat(bench.quota().booked(key.slice())).containsExactly(Map.entry(1, SliceBench.LEASE.toSeconds()));
        bench.assertNothingLeft(key);
    }

    @Test
    void anImageThatCannotBeFetchedIsSaidAndGivenUpAfterAWhile() {
        SliceKey key = queued(SliceBench.SEVENTH);
        bench.simulated.faults().add(new Fault.ImagePull(Fault.ContainerMatch.of("", key.slice().toString())));
        Slice waiting = bench.until(reconciler::reconcile, key, slice -> slice.standing().reason() != null);
        assertThat(waiting.state()).isEqualTo(SliceState.PROVISIONING);
        assertThat(waiting.standing().reason()).startsWith("The workspace's image cannot be fetched");
        bench.passes(Duration.ofMinutes(16));
        Slice failed = reconcileUntil(key, SliceState.FAILED);
        assertThat(failed.standing().reason()).startsWith("The workspace's image cannot be fetched");
        bench.assertNothingLeft(key);
    }

    @Test
    void aForeignNamespaceIsRefusedAndNotTouched() {
        try (KubernetesClient client = Strangers.client(bench)) {
            client.namespaces().withName(bench.namespace()).delete();
            bench.waitFor(() -> bench.cluster.namespace(bench.namespace()).isEmpty());
            client.resource(new NamespaceBuilder().withNewMetadata().withName(bench.namespace()).endMetadata().build()).create();
            SliceKey key = queued(SliceBench.SEVENTH);
            Slice waiting = bench.until(reconciler::reconcile, key, slice -> slice.standing().reason() != null);
            assertThat(waiting.standing().reason()).contains("exists on the cluster and is not Penstock's");
            assertThat(client.namespaces().withName(bench.namespace()).require().getMetadata().getLabels()).doesNotContainKey(Marks.INSTALLATION);
            bench.release(key);
            reconcileUntil(key, SliceState.RELEASED);
            client.namespaces().withName(bench.namespace()).delete();
            bench.waitFor(() -> bench.cluster.namespace(bench.namespace()).isEmpty());
            bench.assertNothingLeft(key);
        }
    }

    @Test
    void whatTheProfileMeansNowIsNotAppliedIfSomethingElseWasApproved() {
        SliceKey key = queued(SliceBench.SEVENTH);
        // Stops just before the pod, then the approved vector is another one.
        bench.platform.sql("update platform.slice set vector = '{\"nvidia.com/mig-1g.10gb\": 2}' where id = '%s'".formatted(key.slice()));
        Slice failed = reconcileUntil(key, SliceState.FAILED);
        assertThat(failed.standing().reason()).contains("now means {nvidia.com/mig-1g.10gb=1}, approved was {nvidia.com/mig-1g.10gb=2}");
        assertThat(bench.trail(key)).doesNotContain("slice.ready");
        bench.assertNothingLeft(key);
    }

    /** Our records go through the client library's types on their way; none of our fields may get lost there. */
    @Test
    void whatReachesTheClusterIsWhatWasWritten() {
        try (KubernetesClient client = Strangers.client(bench)) {
            List<Manifest> objects = ManifestsTest.everyObject().toList();
            for (Manifest manifest : objects) {
                bench.cluster.apply(manifest);
                var kind = client.genericKubernetesResources(manifest.apiVersion(), manifest.kind());
                String stored = client.getKubernetesSerialization().asJson(
                        (manifest.namespace() == null ? kind : kind.inNamespace(manifest.namespace())).withName(manifest.name()).get());
                assertContains(JSON.readTree(stored), JSON.valueToTree(manifest.tree()), manifest.title());
            }
            client.namespaces().withName(objects.getFirst().name()).delete();
            bench.waitFor(() -> bench.cluster.namespace(objects.getFirst().name()).isEmpty());
        }
    }

    @Test
    void theSweepTakesRoomFromNamespacesThatNeedNone() {
        SliceKey key = queued(SliceBench.SEVENTH);
        reconcileUntil(key, SliceState.READY);
        end(key);
        bench.platform.sql("update platform.slice set state = 'RESERVED', ended_at = null where id = '%s'".formatted(key.slice()));
        bench.sweep();
        bench.platform.sql("update platform.slice set state = 'RELEASED', ended_at = now() where id = '%s'".formatted(key.slice()));
        bench.sweep();
        bench.assertNothingLeft(key);
    }

    @Test
    void theSweepLeavesAloneWhatOnlyLooksLikeOurs() {
        SliceKey key = queued(SliceBench.SEVENTH);
        reconcileUntil(key, SliceState.READY);
        try (KubernetesClient client = Strangers.client(bench)) {
            PodSeen ours = pods(key).getFirst();
            client.pods().inNamespace(bench.namespace()).withName(ours.name()).patch(PatchContext.of(PatchType.JSON_MERGE), """
                    {"metadata": {"annotations": {"%s": "00000000-0000-0000-0000-000000000000"}}}""".formatted(Marks.UID));
            bench.sweep();
            assertThat(pods(key)).extracting(PodSeen::terminating).containsExactly(false);
            bench.cluster.delete(pods(key).getFirst(), Deletion.AT_ONCE);
        }
        end(key);
    }

    private static void assertContains(JsonNode stored, JsonNode written, String where) {
        if (written.isObject()) {
            written.properties().forEach(field -> assertContains(stored.path(field.getKey()), field.getValue(), where + "." + field.getKey()));
            assertThat(stored.isObject()).as(where).isTrue();
        } else if (written.isArray()) {
            assertThat(stored.size()).as(where).isEqualTo(written.size());
            IntStream.range(0, written.size()).forEach(i -> assertContains(stored.path(i), written.path(i), where + "[" + i + "]"));
        } else {
            assertThat(stored.asString()).as(where).isEqualTo(written.asString());
        }
    }
}
