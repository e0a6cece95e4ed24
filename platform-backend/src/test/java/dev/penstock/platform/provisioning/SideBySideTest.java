package dev.penstock.platform.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.platform.SliceState;
import dev.penstock.platform.cluster.Cluster.Deletion;
import dev.penstock.platform.cluster.Marks;
import dev.penstock.platform.slice.SliceKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the reconciler does when others are at work too: reconcilers beside it, sleepers, people. */
class SideBySideTest extends ReconciledSlices {

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
                bench.platform.context().getBean(Namespaces.class).fit(bench.namespace(), key.tenant(), bench.tenancy.project(), bench.slice(other).approved().projectUid(), null);
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
            bench.platform.context().getBean(Namespaces.class).fit(bench.namespace(), key.tenant(), bench.tenancy.project(), bench.slice(other).approved().projectUid(), null);
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
    void theLastPartsAreGivenOnceHoweverManyAsk() throws Exception {
        List<SliceKey> keys = Stream.generate(() -> queued(SliceBench.WHOLE)).limit(20).toList();
        bench.atOnce(keys);
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
}
