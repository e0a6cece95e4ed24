package dev.penstock.platform.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.platform.SliceState;
import dev.penstock.platform.slice.SliceKey;
import dev.penstock.simulators.cluster.api.AuditLog;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What all slices of a project have in common is not read anew for each, and comes back all the same. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NamespacesTest {

    private SliceBench bench;
    private SliceReconciler reconciler;

    @BeforeAll
    void start() {
        bench = SliceBench.still();
        reconciler = bench.reconciler((step, slice) -> {});
    }

    @AfterAll
    void stop() {
        bench.close();
    }

    @AfterEach
    void now() {
        bench.clock.backToNow();
    }

    @Test
    void whatLastsIsLookedAtOnceInAMinute() {
        SliceKey first = ready();
        bench.simulated.auditLog().forget();
        SliceKey second = ready();
        assertThat(asksFor("networkpolicies")).isZero();
        assertThat(asksFor("resourcequotas")).as("room for one slice more").isEqualTo(2);
        bench.passes(Duration.ofSeconds(61));
        SliceKey third = ready();
        assertThat(asksFor("networkpolicies")).isOne();
        end(first, second, third);
    }

    /** Within the minute for which what was there is remembered. */
    @Test
    void nothingIsPutIntoANamespaceThatSomebodyElseMadeMeanwhile() {
        end(ready());
        SliceKey next = bench.queued(SliceBench.SEVENTH);
        try (KubernetesClient client = Strangers.client(bench)) {
            client.namespaces().withName(bench.namespace()).delete();
            bench.waitFor(() -> bench.cluster.namespace(bench.namespace()).isEmpty());
            client.resource(new NamespaceBuilder().withNewMetadata().withName(bench.namespace()).endMetadata().build()).create();
            bench.until(reconciler::reconcile, next, slice -> String.valueOf(slice.standing().reason()).contains(bench.namespace()));
            assertThat(client.resourceQuotas().inNamespace(bench.namespace()).list().getItems()).isEmpty();
            client.namespaces().withName(bench.namespace()).delete();
            bench.waitFor(() -> bench.cluster.namespace(bench.namespace()).isEmpty());
        }
        bench.until(reconciler::reconcile, next, slice -> slice.state() == SliceState.READY);
        end(next);
    }

    @Test
    void aNamespaceTakenAwayByHandIsThereAgainBeforeThePod() {
        end(ready());
        try (KubernetesClient client = Strangers.client(bench)) {
            client.namespaces().withName(bench.namespace()).delete();
            bench.waitFor(() -> bench.cluster.namespace(bench.namespace()).isEmpty());
            SliceKey next = ready();
            assertThat(client.network().networkPolicies().inNamespace(bench.namespace()).withName("default-deny").get()).isNotNull();
            end(next);
        }
    }

    private SliceKey ready() {
        SliceKey key = bench.queued(SliceBench.SEVENTH);
        bench.until(reconciler::reconcile, key, slice -> slice.state() == SliceState.READY);
        return key;
    }

    private void end(SliceKey... keys) {
        for (SliceKey key : keys) {
            bench.release(key);
            bench.until(reconciler::reconcile, key, slice -> slice.state() == SliceState.RELEASED);
        }
        bench.assertNothingLeft(keys[0]);
    }

    private long asksFor(String resource) {
        return bench.simulated.auditLog().entries().stream().map(AuditLog.Entry::resource).filter(resource::equals).count();
    }
}
