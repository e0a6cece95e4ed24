package dev.penstock.simulators.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.simulators.cluster.controller.Pace;
import dev.penstock.simulators.cluster.fault.Fault;
import dev.penstock.simulators.cluster.fault.Faults.Active;
import dev.penstock.simulators.cluster.tree.Json;
import dev.penstock.simulators.http.HttpListener;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** A probe whose answer takes until its node is lost. */
class LateAnswerTest extends ClusterTest {

    private static final int PORT = 8099;
    /** Many times what an answer takes to be noticed. */
    private static final int LOOKS = 100;

    /** How many probes may be answered. */
    private final Semaphore answers = new Semaphore(1);
    private final CountDownLatch underWay = new CountDownLatch(2);
    private final CountDownLatch late = new CountDownLatch(1);
    private HttpListener container;

    /** The pod stays on its lost node. */
    @Override
    SimClusterSettings settings() {
        Pace quick = Pace.quick();
        return super.settings().withPace(new Pace(
                quick.scheduling(), quick.imagePull(), quick.start(), quick.termination(), quick.backOff(), quick.crash(), Duration.ofDays(1)));
    }

    @AfterEach
    void end() {
        late.countDown();
        container.close();
    }

    @Test
    void isHeardByNobody() throws Exception {
        caller.post(PODS, """
                {'metadata':{'name':'p'},'spec':{'nodeName':'gpu-01','containers':[{'name':'main','image':'a:1',
                 'readinessProbe':{'httpGet':{'path':'/','port':%d},'timeoutSeconds':30,'failureThreshold':1000}}]}}""".formatted(PORT));
        ObjectNode placed = caller.await(PODS, "p", it -> !Json.text(it, "status", "podIP").isEmpty());
        listen(Json.text(placed, "status", "podIP"));
        caller.await(PODS, "p", ClusterTest::isReady);
        underWay.await();

        Active lost = cluster.faults().add(new Fault.NodeLost("gpu-01"));
        caller.await(PODS, "p", it -> !isReady(it));
        late.countDown();
        for (int look = 0; look < LOOKS; look++) {
            assertThat(isReady(caller.get(PODS + "/p").object())).as("ready on a node that does not answer").isFalse();
        }

        cluster.faults().lift(lost.id());
        caller.await(PODS, "p", ClusterTest::isReady);
    }

    /** The first probe is answered at once, every other one when the node is lost. */
    private void listen(String address) throws IOException {
        container = HttpListener.bind(InetAddress.getByName(address), PORT);
        container.serve(exchange -> {
            underWay.countDown();
            if (!answers.tryAcquire()) {
                late.await();
            }
            exchange.respond(200, Map.of(), "well".getBytes(StandardCharsets.US_ASCII));
        });
    }
}
