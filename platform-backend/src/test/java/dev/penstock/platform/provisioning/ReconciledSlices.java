package dev.penstock.platform.provisioning;

import dev.penstock.contract.platform.SliceState;
import dev.penstock.platform.cluster.PodSeen;
import dev.penstock.platform.slice.Slice;
import dev.penstock.platform.slice.SliceKey;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** Slices on a simulated cluster that a test has the reconciler look at itself. After each test none is left. */
abstract class ReconciledSlices {

    final SliceBench bench = SliceBench.shared();
    final SliceReconciler reconciler = bench.reconciler((step, slice) -> {});
    final List<SliceKey> live = new ArrayList<>();

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

    SliceKey queued(String profile) {
        SliceKey key = bench.queued(profile);
        live.add(key);
        return key;
    }

    Slice reconcileUntil(SliceKey key, SliceState state) {
        return bench.until(reconciler::reconcile, key, slice -> slice.state() == state);
    }

    void end(SliceKey key) {
        bench.release(key);
        reconcileUntil(key, SliceState.RELEASED);
        bench.assertNothingLeft(key);
    }

    List<PodSeen> pods(SliceKey key) {
        return bench.cluster.podsOfSlice(bench.namespace(), key.slice().toString());
    }
}
