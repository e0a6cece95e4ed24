package dev.penstock.simulators.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.simulators.cluster.controller.Pace;
import dev.penstock.simulators.cluster.fault.Fault;
import dev.penstock.simulators.cluster.fault.Fault.ContainerMatch;
import dev.penstock.simulators.cluster.tree.Json;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Containers that take their time to crash, longer than a probe takes to pass. */
class CrashTest extends ClusterTest {

    @Override
    SimClusterSettings settings() {
        Pace quick = Pace.quick();
        return super.settings().withPace(new Pace(quick.scheduling(), quick.imagePull(), quick.start(), quick.termination(), quick.backOff(),
                Duration.ofMillis(300), quick.eviction()));
    }

    @Test
    void whatCrashesEachTimeIsNeverReady() {
        cluster.faults().add(new Fault.CrashLoop(ContainerMatch.of("shell", ""), 1));
        caller.post(PODS, """
                {'metadata':{'name':'p'},'spec':{'containers':[{'name':'main','image':'shell:1','readinessProbe':{'exec':{'command':['true']}}}]}}""");
        AtomicBoolean everReady = new AtomicBoolean();

        caller.await(PODS, "p", it -> {
            everReady.compareAndSet(false, isReady(it));
            return Json.at(it, "status", "containerStatuses").path(0).path("restartCount").asInt(0) >= 2;
        });

        assertThat(everReady).isFalse();
    }
}
