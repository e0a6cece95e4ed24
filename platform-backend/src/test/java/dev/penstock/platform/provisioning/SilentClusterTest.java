package dev.penstock.platform.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.contract.platform.NodeGoal;
import dev.penstock.contract.platform.SliceState;
import dev.penstock.contract.platform.WorkspaceKind;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.platform.fleet.Fleet;
import dev.penstock.platform.slice.Slice;
import dev.penstock.platform.slice.SliceKey;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Nobody asks a cluster for anything that did not answer while others did: it may hold whoever asks it. */
class SilentClusterTest extends OrderedNodes {

    private static final String WORDS = "The first cluster does not answer.";

    @Test
    void whatIsThereWaitsWithoutACall() {
        SliceKey running = ready();
        SliceKey releasing = ready();
        bench.release(releasing);
        SliceKey comingUp = queued(SliceBench.SEVENTH);
        String order = bench.order(A, NodeGoal.CLOSE, 0);
        // It takes its part from the look before.
        slices.reconcile(comingUp);
        assertThat(bench.state(comingUp)).isEqualTo(SliceState.PROVISIONING);

        silent();
        bench.simulated.auditLog().forget();
        assertThat(waits(running)).isEqualTo(SliceState.READY);
        assertThat(waits(releasing)).isEqualTo(SliceState.DRAINING);
        assertThat(waits(comingUp)).isEqualTo(SliceState.PROVISIONING);
        nodes.reconcile(A);
        assertThat(order(order).path("state").asString()).isEqualTo("CLOSING");
        assertThat(order(order).path("words").asString()).isEqualTo(WORDS);
        Doors doors = bench.platform.context().getBean(Doors.class);
        assertThatThrownBy(() -> doors.find(running, bench.tenancy.project(), WorkspaceKind.JUPYTERLAB)).isInstanceOf(ProblemException.class).hasMessageContaining(WORDS);
        Engines engines = bench.platform.context().getBean(Engines.class);
        assertThatThrownBy(() -> engines.find(running, bench.tenancy.project())).isInstanceOf(ProblemException.class).hasMessageContaining(WORDS);
        assertThat(bench.simulated.auditLog().entries()).isEmpty();

        bench.observe();
        bench.until(slices::reconcile, releasing, slice -> slice.state() == SliceState.RELEASED);
        bench.until(slices::reconcile, comingUp, slice -> slice.state() == SliceState.READY);
        bench.until(slices::reconcile, running, slice -> slice.standing().reason() == null);
        nodes.reconcile(A);
        assertThat(order(order).path("state").asString()).isEqualTo("DONE");
    }

    /** What is only written down goes on: a lease ends also there. */
    @Test
    void aLeaseEndsAlsoInASilentCluster() {
        SliceKey running = ready();
        silent();
        bench.passes(SliceBench.LEASE.plusSeconds(1));
        assertThat(waits(running)).isEqualTo(SliceState.DRAINING);
        bench.observe();
        bench.until(slices::reconcile, running, slice -> slice.state() == SliceState.EXPIRED);
    }

    private void silent() {
        bench.platform.context().getBean(Fleet.class).observed(List.of(), null, Set.of("elsewhere"));
    }

    private SliceState waits(SliceKey key) {
        slices.reconcile(key);
        Slice slice = bench.slice(key);
        assertThat(slice.standing().reason()).isEqualTo(WORDS);
        return slice.state();
    }
}
