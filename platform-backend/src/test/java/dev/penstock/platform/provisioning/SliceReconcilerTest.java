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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the reconciler does when others are at work too, and when what it works with fails. */
class SliceReconcilerTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static SliceBench bench;

    private final SliceReconciler reconciler = bench.reconciler((step, slice) -> {});
    private final List<SliceKey> live = new ArrayList<>();

    @BeforeAll
    static void start() {
        bench = SliceBench.still();
    }

    @AfterAll
    static void stop() {
        bench.close();
    }

    @AfterEach
    void everythingWorksAgain() {
        bench.simulated.faults().liftAll();
        bench.clock.backToNow();
        bench.platform.quota().answerWith(0);
        bench.platform.quota().silent(false);
        bench.quota().unlimited(SliceBench.SEVENTH);
        bench.observe();
        // What a failed test left would fail the next ones.
        live.stream().filter(key -> bench.state(key).live()).forEach(key -> {
            bench.release(key);
            bench.until(reconciler::reconcile, key, slice -> !slice.state().live());
        });
    }

    @Test
    void manyReconcilersAtOnceBringUpOnePod() throws Exception {
        SliceKey key = queued(SliceBench.SEVENTH);
        try (ExecutorService many = Executors.newFixedThreadPool(8)) {
            AtomicBoolean done = new AtomicBoolean();
            List<Future<?>> all = IntStream.range(0, 8).<Future<?>>mapToObj(i -> many.submit(() -> {
                SliceReconciler own = bench.reconciler((step, slice) -> {});
                while (!done.get()) {
                    own.reconcile(key);
                }
            })).toList();
            try {
                bench.waitFor(() -> bench.state(key) == SliceState.READY);
                bench.release(key);
                bench.waitFor(() -> bench.state(key) == SliceState.RELEASED);
            } finally {
                done.set(true);
            }
            for (Future<?> one : all) {
                one.get(30, TimeUnit.SECONDS);
            }
        }
        assertThat(bench.trail(key)).containsExactly(
                "slice.queue", "slice.reserve", "slice.provision", "slice.ready", "slice.release", "slice.end");
        bench.assertNothingLeft(key);
    }

    /** The claim's own time is over: it does not even begin. */
    @Test
    void whoSleptThroughTheClaimTouchesTheClusterNoMore() throws Exception {
        SliceKey key = queued(SliceBench.SEVENTH);
        sleepBefore(Step.APPLY_POD, key, () -> {
            bench.claimEnds(key);
            bench.passes(Duration.ofMinutes(2));
            bench.release(key);
            reconcileUntil(key, SliceState.RELEASED);
        });
        bench.assertNothingLeft(key);
    }

    /** Stopped between asking for the time and sending the request. The namespace has no room any more: the cluster itself refuses. */
    @Test
    void theNamespacesQuotaRefusesAPodAfterTheEnd() throws Exception {
        SliceKey key = queued(SliceBench.SEVENTH);
        sleepBefore(Step.APPLY_POD, key, () -> {
            bench.claimEnds(key);
            bench.release(key);
            reconcileUntil(key, SliceState.RELEASED);
        });
        bench.assertNothingLeft(key);
    }

    /** The worst: there is room, which is meant for another slice. The pod that nobody wants is swept, and the other one comes up. */
    @Test
    void aPodThatASleeperAppliedAfterTheEndIsSwept() throws Exception {
        SliceKey key = queued(SliceBench.SEVENTH);
        SliceKey other = queued(SliceBench.SEVENTH);
        sleepBefore(Step.APPLY_POD, other, () -> {
            asleepBefore(Step.APPLY_POD, key, () -> {
                bench.claimEnds(key);
                bench.release(key);
                bench.until(reconciler::reconcile, key, slice -> slice.state() == SliceState.RELEASED);
                // The other slice's room, as its own reconciler makes it again.
                bench.platform.context().getBean(Namespaces.class).fit(key.tenant(), bench.tenancy.project(), bench.slice(other).approved().projectUid(), null);
            });
            assertThat(pods(key)).as("the sleeper's pod").hasSize(1);
        });
        assertThat(bench.slice(other).standing().reason()).contains("has no room");
        bench.sweep();
        bench.waitFor(() -> pods(key).isEmpty());
        reconcileUntil(other, SliceState.READY);
        end(other);
        bench.assertNothingLeft(key);
    }

    /** Its volume would otherwise hold somebody's files, and cost storage, for ever. */
    @Test
    void aVolumeThatASleeperAppliedAfterTheEndIsSweptAndNobodyElsesIs() throws Exception {
        SliceKey key = workspace();
        SliceKey other = workspace();
        asleepBefore(Step.APPLY_WORKSPACE, other, () -> asleepBefore(Step.APPLY_WORKSPACE, key, () -> {
            bench.claimEnds(key);
            bench.release(key);
            bench.until(reconciler::reconcile, key, slice -> slice.state() == SliceState.RELEASED);
            bench.platform.context().getBean(Namespaces.class).fit(key.tenant(), bench.tenancy.project(), bench.slice(other).approved().projectUid(), null);
        }));
        String left = bench.volume(key);
        bench.sweep();
        bench.waitFor(() -> bench.cluster.objectsOfSlice(bench.namespace(), key.slice().toString()).isEmpty());
        assertThat(left).isNotEmpty();
        reconcileUntil(other, SliceState.READY);
        String volume = bench.volume(other);
        bench.sweep();
        assertThat(bench.volume(other)).isEqualTo(volume);
        end(other);
        bench.assertNothingLeft(key);
    }

    /** The newer claim's pod is there: the sleeper finds its fence and leaves it alone, and writes nothing. */
    @Test
    void aSleeperLeavesTheNewerClaimsPodAlone() throws Exception {
        SliceKey key = queued(SliceBench.SEVENTH);
        sleepBefore(Step.APPLY_POD, key, () -> {
            bench.claimEnds(key);
            reconcileUntil(key, SliceState.READY);
        });
        assertThat(pods(key)).hasSize(1);
        assertThat(pods(key).getFirst().marks()).extracting(Marks::fence).as("the newer one's").isNotEqualTo(1L);
        assertThat(bench.state(key)).isEqualTo(SliceState.READY);
        end(key);
    }

    @Test
    void whoIsOvertakenByAPersonStartsOver() throws Exception {
        SliceKey key = queued(SliceBench.SEVENTH);
        sleepBefore(Step.RECORD_RESERVED, key, () -> bench.release(key));
        assertThat(bench.state(key)).isEqualTo(SliceState.DRAINING);
        reconcileUntil(key, SliceState.RELEASED);
        assertThat(bench.trail(key)).containsExactly("slice.queue", "slice.release", "slice.end");
        bench.assertNothingLeft(key);
    }

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
    void whoReleasesASliceAtTheLastMomentOfSteppingAsideHasReleasedIt() throws Exception {
        SliceKey key = queued(SliceBench.SEVENTH);
        reconcileUntil(key, SliceState.READY);
        bench.suspend(key);
        pods(key).forEach(pod -> bench.cluster.delete(pod, Deletion.AT_ONCE));
        bench.waitFor(() -> pods(key).isEmpty());
        sleepBefore(Step.RECORD_ASIDE, key, () -> bench.release(key));
        reconcileUntil(key, SliceState.RELEASED);
        assertThat(bench.trail(key)).containsExactly(
                "slice.queue", "slice.reserve", "slice.provision", "slice.ready", "slice.suspend", "slice.release", "slice.end");
        bench.assertNothingLeft(key);
    }

    @Test
    void aLeaseThatEndsWhileItStepsAsideHasEnded() {
        SliceKey key = queued(SliceBench.SEVENTH);
        reconcileUntil(key, SliceState.READY);
        bench.stepAside(key);
        bench.passes(SliceBench.LEASE.plusSeconds(1));
        reconcileUntil(key, SliceState.EXPIRED);
        assertThat(bench.trail(key)).containsSequence("slice.yield", "slice.expire", "slice.end");
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

    @Test
    void theLastPartsAreGivenOnceHoweverManyAsk() throws Exception {
        List<SliceKey> keys = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            keys.add(queued(SliceBench.WHOLE));
        }
        try (ExecutorService many = Executors.newFixedThreadPool(20)) {
            CountDownLatch together = new CountDownLatch(1);
            List<Future<?>> all = keys.stream().<Future<?>>map(key -> many.submit(() -> {
                SliceReconciler own = bench.reconciler((step, slice) -> {});
                together.await();
                own.reconcile(key);
                return null;
            })).toList();
            together.countDown();
            for (Future<?> one : all) {
                one.get(60, TimeUnit.SECONDS);
            }
        }
        // Whoever was just being handed a part could not be claimed, and is looked at again.
        keys.forEach(reconciler::reconcile);
        List<SliceKey> holding = keys.stream().filter(key -> bench.state(key) != SliceState.QUEUED).toList();
        assertThat(holding).as("three whole cards").hasSize(3);
        assertThat(keys).filteredOn(key -> !holding.contains(key)).allSatisfy(key -> {
            assertThat(bench.slice(key).standing().reason()).isEqualTo("All 3 of h100-80.whole are held; it waits for one to come free.");
            assertThat(bench.slice(key).standing().holdsRoom()).isFalse();
        });
        assertThat(bench.quota().open(SliceBench.WHOLE)).as("nobody else holds quota").isEqualTo(3);
        // One comes free: one more gets it.
        reconcileUntil(holding.getFirst(), SliceState.READY);
        bench.release(holding.getFirst());
        reconcileUntil(holding.getFirst(), SliceState.RELEASED);
        keys.forEach(reconciler::reconcile);
        assertThat(keys).filteredOn(key -> bench.state(key) != SliceState.QUEUED && bench.state(key).live()).hasSize(3);
        keys.stream().filter(key -> bench.state(key).live()).forEach(bench::release);
        keys.forEach(key -> bench.until(reconciler::reconcile, key, slice -> !slice.state().live()));
        keys.forEach(bench::assertNothingLeft);
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

    /** Runs the reconciler on another thread until it is about to take a step, does something meanwhile, and lets it go on. */
    private void sleepBefore(Step where, SliceKey key, Runnable meanwhile) throws Exception {
        CountDownLatch asleep = new CountDownLatch(1);
        CountDownLatch awake = new CountDownLatch(1);
        SliceReconciler sleeper = bench.reconciler((step, slice) -> {
            if (step == where && asleep.getCount() > 0) {
                asleep.countDown();
                try {
                    awake.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        });
        try (ExecutorService one = Executors.newSingleThreadExecutor()) {
            Future<?> sleeping = one.submit(() -> {
                // A project's first slice needs a turn for its namespace.
                for (int turn = 0; turn < 3 && asleep.getCount() > 0; turn++) {
                    sleeper.reconcile(key);
                }
            });
            assertThat(asleep.await(30, TimeUnit.SECONDS)).isTrue();
            try {
                meanwhile.run();
            } finally {
                awake.countDown();
            }
            sleeping.get(30, TimeUnit.SECONDS);
        }
    }

    private SliceKey queued(String profile) {
        SliceKey key = bench.queued(profile);
        live.add(key);
        return key;
    }

    private SliceKey workspace() {
        SliceKey key = bench.workspace();
        live.add(key);
        return key;
    }

    private void asleepBefore(Step where, SliceKey key, Runnable meanwhile) {
        try {
            sleepBefore(where, key, meanwhile);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private Slice reconcileUntil(SliceKey key, SliceState state) {
        return bench.until(reconciler::reconcile, key, slice -> slice.state() == state);
    }

    private void end(SliceKey key) {
        bench.release(key);
        reconcileUntil(key, SliceState.RELEASED);
        bench.assertNothingLeft(key);
    }

    private List<PodSeen> pods(SliceKey key) {
        return bench.cluster.podsOfSlice(bench.namespace(), key.slice().toString());
    }
}
