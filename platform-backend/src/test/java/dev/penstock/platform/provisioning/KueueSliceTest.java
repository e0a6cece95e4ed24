package dev.penstock.platform.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.platform.SliceState;
import dev.penstock.platform.cluster.Cluster;
import dev.penstock.platform.running.Answer;
import dev.penstock.platform.running.Tenancy;
import dev.penstock.platform.slice.Slice;
import dev.penstock.platform.slice.SliceKey;
import dev.penstock.simulators.cluster.fault.Fault;
import dev.penstock.simulators.cluster.fault.Faults;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Slices whose parts Kueue hands out, as their people and administrators meet them. Their lives, and every death of the reconciler, are in {@link Scenario}. */
class KueueSliceTest {

    private final SliceBench bench = SliceBench.shared();
    private final SliceReconciler reconciler = bench.reconciler((step, slice) -> {});

    @AfterEach
    void asItWas() {
        bench.simulated.faults().liftAll();
        bench.simulated.kueue().install(true);
        bench.simulated.kueue().work(true);
        KueueOnBench.quota(bench, KueueOnBench.ALL);
        bench.clock.backToNow();
        // What was looked at in a later time would be good for too long.
        bench.platform.context().getBean(Namespaces.class).doubt(bench.namespace());
        bench.observe();
    }

    @Test
    void whoWaitsSeesKueuesWordsAndItsPlaceAndIsNotCharged() {
        KueueOnBench.quota(bench, 1);
        SliceKey first = bench.queued(SliceBench.BY_KUEUE);
        until(first, slice -> slice.state() == SliceState.READY);
        SliceKey second = bench.queued(SliceBench.BY_KUEUE);
        waits(second);
        SliceKey third = bench.queued(SliceBench.BY_KUEUE);
        waits(third);
        bench.waitFor(() -> {
            bench.observe();
            return shown(third).path("queue").path("position").asInt() == 2;
        });

        assertThat(shown(third).path("queue").path("waiting").asInt()).isEqualTo(2);
        assertThat(shown(third).path("queue").path("kueue").asString()).isEqualTo("gpus");
        assertThat(shown(third).path("state").asString()).isEqualTo("PROVISIONING");
        assertThat(shown(third).path("reason").asString()).isEqualTo(
                "Waits in Kueue's queue gpus: couldn't assign flavors to pod set main: insufficient unused quota for nvidia.com/mig-1g.18gb in flavor h200, 1 more needed");
        assertThat(shown(first).path("queue").isMissingNode() || shown(first).path("queue").isNull()).isTrue();
        assertThat(profile().path("total").asInt()).isEqualTo(7);
        assertThat(profile().path("free").asInt()).as("what nodes have left is not what the queue gives").isZero();
        assertThat(feature().path("sentence").asString()).isEqualTo("Its ClusterQueue gpus hands out nvidia.com/mig-1g.18gb.");

        placesMayNotBeRead(third);

        end(first);
        until(second, slice -> slice.state() == SliceState.READY);
        end(third);
        assertThat(bench.slice(third).standing().gpuTime().partSeconds()).as("it only waited").isZero();
        assertThat(bench.quota().booked(third.slice())).isEmpty();
        end(second);
        bench.assertNothingLeft(third);
    }

    private void placesMayNotBeRead(SliceKey waiting) {
        Faults.Active refused = bench.simulated.faults().add(new Fault.Answer(new Fault.RequestMatch("get", "clusterqueues/pendingworkloads", "", ""), 403, 0));
        bench.observe();
        assertThat(shown(waiting).path("queue").isObject()).isFalse();
        assertThat(feature().path("present").asBoolean()).isTrue();
        assertThat(feature().path("sentence").asString()).endsWith("Penstock may not read them, it needs the rules of deploy/kubernetes/service-account.yaml.");
        bench.simulated.faults().lift(refused.id());
        bench.observe();
        assertThat(shown(waiting).path("queue").isObject()).isTrue();
    }

    @Test
    void whereItIsMissingSlicesWaitAndSayWhatForAndOthersDoNot() {
        bench.simulated.kueue().install(false);
        bench.observe();
        SliceKey waiting = bench.queued(SliceBench.BY_KUEUE);
        reconciler.reconcile(waiting);
        String words = "It is for Kueue to hand this out, by ClusterQueue gpus. The cluster has no API kueue.x-k8s.io in a version that Penstock knows: Kueue is not installed.";
        assertThat(bench.state(waiting)).isEqualTo(SliceState.QUEUED);
        assertThat(bench.slice(waiting).standing().reason()).isEqualTo(words);
        assertThat(bench.slice(waiting).standing().holdsRoom()).isFalse();
        assertThat(feature().path("present").asBoolean()).isFalse();
        assertThat(feature().path("sentence").asString()).isEqualTo(words + " Slices wait until then.");
        SliceKey other = bench.queued(SliceBench.SEVENTH);
        until(other, slice -> slice.state() == SliceState.READY);
        end(other);

        bench.simulated.kueue().install(true);
        until(waiting, slice -> slice.state() == SliceState.READY);
        end(waiting);
    }

    @Test
    void whatKueueHandsOutIsPromisedByNobodyElse() {
        Answer share = bench.share(bench.tenancy, 1, Map.of(SliceBench.BY_KUEUE, 1));
        assertThat(share.status()).isEqualTo(409);
        assertThat(share.text("detail")).isEqualTo("Kueue hands out h200-141.1g.18gb here: what is promised of it, the quotas of ClusterQueue gpus say.");
        Map<String, Object> reserved = new HashMap<>(Tenancy.request("later", SliceBench.BY_KUEUE, SliceBench.LEASE.toSeconds()));
        reserved.put("startsAt", bench.clock.instant().plus(Duration.ofDays(2)).toString());
        Answer reservation = bench.platform.put(bench.tenancy.requests() + bench.platform.nextId(), bench.tenancy.member("ada"), reserved);
        assertThat(reservation.status()).isEqualTo(409);
        assertThat(reservation.text("detail")).startsWith("Kueue hands out");
    }

    /** A pod's condition keeps its time when the gate falls and the scheduler refuses. */
    @Test
    void howLongTheSchedulerRefusesCountsFromWhenKueueLetGo() {
        KueueOnBench.quota(bench, 0);
        SliceKey key = bench.queued(SliceBench.BY_KUEUE);
        waits(key);
        try (KubernetesClient client = Strangers.client(bench)) {
            client.pods().inNamespace(bench.namespace()).withName("slice-" + key.slice() + "-1").editStatus(pod -> {
                pod.getStatus().getConditions().forEach(condition -> condition.setLastTransitionTime(Instant.now().minusSeconds(3600).toString()));
                return pod;
            });
        }
        Strangers strangers = Strangers.takeEveryProcessor(bench, "kueue-a");
        try {
            KueueOnBench.quota(bench, 1);
            until(key, slice -> String.valueOf(slice.standing().reason()).contains("cannot place"));
            reconciler.reconcile(key);
            assertThat(bench.state(key)).isEqualTo(SliceState.PROVISIONING);
            bench.passes(Duration.ofMinutes(1));
            until(key, slice -> slice.state() == SliceState.QUEUED);
        } finally {
            strangers.leave();
        }
        until(key, slice -> slice.state() == SliceState.READY);
        end(key);
    }

    @Test
    void whatKueueTookNoNoteOfSaysSoAndIsBroughtUpAnew() {
        bench.simulated.kueue().work(false);
        SliceKey key = bench.queued(SliceBench.BY_KUEUE);
        until(key, slice -> "Waits in Kueue's queue gpus.".equals(slice.standing().reason()));
        bench.passes(Duration.ofMinutes(1));
        reconciler.reconcile(key);
        assertThat(bench.slice(key).standing().reason()).startsWith("Waits in Kueue's queue gpus, which has not taken note of it: Kueue's integration of pods may be off");
        bench.passes(Duration.ofMinutes(15));
        until(key, slice -> slice.phase() == 2);
        bench.simulated.kueue().work(true);
        until(key, slice -> slice.state() == SliceState.READY);
        assertThat(bench.slice(key).phase()).isEqualTo(2);
        end(key);
    }

    /** The pod stays gated: nobody takes it for one that Kueue overlooks. */
    @Test
    void whoWaitedWhenItWasTakenAwayWaitsOnAndSaysWhatFor() {
        KueueOnBench.quota(bench, 0);
        SliceKey key = bench.queued(SliceBench.BY_KUEUE);
        waits(key);
        bench.simulated.kueue().install(false);
        reconciler.reconcile(key);
        assertThat(bench.slice(key).standing().reason()).isEqualTo("The cluster does not serve kueue.x-k8s.io/v1beta2 any more: Kueue was taken away or replaced.");
        bench.passes(Duration.ofMinutes(30));
        until(key, slice -> String.valueOf(slice.standing().reason()).endsWith("Kueue is not installed."));
        assertThat(bench.slice(key).phase()).isEqualTo(1);
        bench.simulated.kueue().install(true);
        KueueOnBench.quota(bench, 1);
        until(key, slice -> slice.state() == SliceState.READY);
        assertThat(bench.slice(key).phase()).isEqualTo(1);
        end(key);
    }

    @Test
    void aQueueThatSomebodyDeletesIsPutBackForWhoeverWaitsInIt() {
        KueueOnBench.quota(bench, 0);
        SliceKey key = bench.queued(SliceBench.BY_KUEUE);
        waits(key);
        KueueOnBench.deleteLocalQueue(bench);
        KueueOnBench.quota(bench, 1);
        until(key, slice -> String.valueOf(slice.standing().reason()).contains("LocalQueue gpus doesn't exist"));
        bench.passes(Duration.ofSeconds(61));
        until(key, slice -> slice.state() == SliceState.READY);
        end(key);
    }

    /** Its part went with its pod, and the lease is time with a part. */
    @Test
    void theLeaseOfWhatWasLostStandsStillWhileItWaitsForAnother() {
        SliceKey key = bench.queued(SliceBench.BY_KUEUE);
        until(key, slice -> slice.state() == SliceState.READY);
        KueueOnBench.quota(bench, 0);
        bench.cluster.podsOfSlice(bench.namespace(), key.slice().toString()).forEach(pod -> bench.cluster.delete(pod, Cluster.Deletion.AT_ONCE));
        until(key, slice -> slice.phase() == 2);
        waits(key);
        assertThat(bench.slice(key).leaseEndsAt()).isNull();
        bench.passes(SliceBench.LEASE.multipliedBy(2));
        waits(key);
        assertThat(bench.slice(key).leaseEndsAt()).isNull();
        bench.clock.backToNow();
        KueueOnBench.quota(bench, 1);
        until(key, slice -> slice.state() == SliceState.READY);
        end(key);
    }

    @Test
    void whatItTookBackSaysInWhoseWords() {
        SliceKey key = bench.queued(SliceBench.BY_KUEUE);
        until(key, slice -> slice.state() == SliceState.READY);
        KueueOnBench.quota(bench, 0);
        bench.simulated.kueue().preempt(bench.namespace(), "slice-" + key.slice() + "-1");
        until(key, slice -> slice.state() == SliceState.DRAINING || slice.phase() == 2);
        JsonNode events = bench.platform.get(bench.tenancy.path() + "/slices/" + key.slice(), bench.tenancy.member("ada")).body().path("timeline");
        assertThat(StreamSupport.stream(events.spliterator(), false).map(event -> event.path("sentence").asString())).contains(
                "Kueue took it back: Preempted to accommodate a workload (UID: 0, JobUID: 0) due to prioritization in the ClusterQueue. "
                        + "The workspace is being taken down and comes back.");
        end(key);
    }

    private void waits(SliceKey key) {
        until(key, slice -> String.valueOf(slice.standing().reason()).startsWith("Waits in Kueue's queue gpus: couldn't"));
    }

    private void until(SliceKey key, Predicate<Slice> done) {
        bench.until(reconciler::reconcile, key, done);
    }

    private void end(SliceKey key) {
        bench.release(key);
        until(key, slice -> slice.state() == SliceState.RELEASED);
    }

    private JsonNode shown(SliceKey key) {
        return bench.platform.get(bench.tenancy.path() + "/slices/" + key.slice(), bench.tenancy.member("ada")).body().path("slice");
    }

    private JsonNode feature() {
        return StreamSupport.stream(bench.platform.get("/api/fleet/features", bench.platform.admin()).body().spliterator(), false)
                .filter(feature -> feature.path("name").asString().equals("Kueue")).findFirst().orElseThrow();
    }

    private JsonNode profile() {
        return StreamSupport.stream(bench.platform.get("/api/slice-profiles", bench.platform.admin()).body().spliterator(), false)
                .filter(profile -> profile.path("id").asString().equals(SliceBench.BY_KUEUE)).findFirst().orElseThrow();
    }
}
