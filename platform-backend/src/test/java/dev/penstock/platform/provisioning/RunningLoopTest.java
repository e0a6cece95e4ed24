package dev.penstock.platform.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.contract.platform.SliceState;
import dev.penstock.platform.cluster.Cluster.Deletion;
import dev.penstock.platform.running.Answer;
import dev.penstock.platform.slice.SliceKey;
import dev.penstock.simulators.cluster.fault.Fault;
import dev.penstock.simulators.cluster.fault.Faults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The program as it runs: nobody calls the reconciler but its own signals and timers, and people see it over HTTP. */
class RunningLoopTest {

    private static SliceBench bench;

    @BeforeAll
    static void start() {
        bench = SliceBench.running("--penstock.provisioning.node-lost-after=300ms", "--penstock.provisioning.nodes-every=200ms");
        bench.waitFor(() -> !profile().path("total").asString("0").equals("0"));
    }

    @AfterAll
    static void stop() {
        bench.close();
    }

    @Test
    void aSliceComesUpIsSeenExtendedAndGoesAgain() {
        SliceKey key = bench.queued(SliceBench.SEVENTH);
        Answer ready = await().atMost(Duration.ofSeconds(20)).until(() -> get(key), is("READY"));
        JsonNode slice = ready.body().path("slice");
        assertThat(slice.path("node").asString()).startsWith("gpu-");
        assertThat(slice.path("mayChange").asBoolean()).isTrue();
        assertThat(ready.text("connect")).isEqualTo("kubectl -n " + bench.namespace() + " exec -it slice-" + key.slice() + "-1 -- sh");
        assertThat(timeline(ready)).containsSubsequence("QUEUED", "RESERVED", "PROVISIONING", "READY");
        assertThat(profile().path("free").asInt()).isEqualTo(13);
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() ->
                assertThat(nodes()).anySatisfy(node -> assertThat(node.path("resources").toString()).contains("\"inUse\":1")));

        Answer extended = bench.platform.post(path(key) + "/extend", bench.tenancy.member("ada"), Map.of("leaseSeconds", 7200));
        assertThat(extended.status()).isEqualTo(200);
        assertThat(extended.body().path("slice").path("leaseSeconds").asInt()).isEqualTo(7200);
        assertThat(bench.quota().lease(key.slice())).isEqualTo(7200);

        bench.release(key);
        await().atMost(Duration.ofSeconds(20)).until(() -> get(key), is("RELEASED"));
        bench.assertNothingLeft(key);
        assertThat(bench.trail(key)).containsExactly(
                "slice.queue", "slice.reserve", "slice.provision", "slice.ready", "slice.extend", "slice.release", "slice.end");
    }

    @Test
    void aLostNodeIsNoticedAndTheSliceComesUpElsewhere() {
        SliceKey key = bench.queued(SliceBench.SEVENTH);
        await().atMost(Duration.ofSeconds(20)).until(() -> get(key), is("READY"));
        String node = Objects.requireNonNull(bench.slice(key).standing().node());
        Faults.Active lost = bench.simulated.faults().add(new Fault.NodeLost(node));
        await().atMost(Duration.ofSeconds(20)).until(() -> bench.slice(key), slice -> slice.phase() == 2 && slice.state() == SliceState.READY);
        assertThat(bench.slice(key).standing().node()).isNotEqualTo(node);
        bench.simulated.faults().lift(lost.id());
        bench.release(key);
        await().atMost(Duration.ofSeconds(20)).until(() -> get(key), is("RELEASED"));
    }

    @Test
    void aPodThatIsDeletedOnTheClusterComesBackInTheNextPhase() {
        SliceKey key = bench.queued(SliceBench.SEVENTH);
        await().atMost(Duration.ofSeconds(20)).until(() -> get(key), is("READY"));
        bench.cluster.podsOfSlice(bench.namespace(), key.slice().toString()).forEach(pod -> bench.cluster.delete(pod, Deletion.GRACEFUL));
        await().atMost(Duration.ofSeconds(20)).until(() -> bench.slice(key), slice -> slice.phase() == 2 && slice.state() == SliceState.READY);
        bench.release(key);
        await().atMost(Duration.ofSeconds(20)).until(() -> get(key), is("RELEASED"));
        bench.simulated.faults().liftAll();
    }

    private static Answer get(SliceKey key) {
        return bench.platform.get(path(key), bench.tenancy.member("ada"));
    }

    private static Predicate<Answer> is(String state) {
        return answer -> answer.body().path("slice").path("state").asString("").equals(state);
    }

    private static List<String> timeline(Answer slice) {
        List<String> states = new ArrayList<>();
        slice.body().path("timeline").forEach(event -> states.add(event.path("state").asString("-")));
        return states;
    }

    private static JsonNode profile() {
        for (JsonNode profile : bench.platform.get("/api/slice-profiles", bench.tenancy.member("ada")).body()) {
            if (profile.path("id").asString().equals(SliceBench.SEVENTH)) {
                return profile;
            }
        }
        throw new AssertionError("no such profile");
    }

    private static Iterable<JsonNode> nodes() {
        return bench.platform.get("/api/fleet/nodes", bench.platform.admin()).body();
    }

    private static String path(SliceKey key) {
        return "/api/tenants/" + key.tenant() + "/slices/" + key.slice();
    }
}
