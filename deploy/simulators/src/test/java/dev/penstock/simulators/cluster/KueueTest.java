package dev.penstock.simulators.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.simulators.cluster.kueue.Kueue;
import dev.penstock.simulators.cluster.tree.Json;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class KueueTest extends ClusterTest {

    private static final String API = "/apis/kueue.x-k8s.io/v1beta2";
    private static final String WORKLOADS = API + "/namespaces/team/workloads";
    private static final String PENDING = "/apis/visibility.kueue.x-k8s.io/v1beta2/clusterqueues/gpus/pendingworkloads";

    @BeforeEach
    void install() {
        assertThat(caller.put("/simulator/kueue", "{}").status()).isEqualTo(200);
    }

    private void queue(String strategy, int gpus) {
        assertThat(caller.post(API + "/clusterqueues", "{'metadata':{'name':'gpus'},'spec':{'queueingStrategy':'" + strategy + "','resourceGroups':[{'coveredResources':['nvidia.com/gpu'],"
                + "'flavors':[{'name':'h100','resources':[{'name':'nvidia.com/gpu','nominalQuota':" + gpus + "}]}]}]}}").status()).isEqualTo(201);
        assertThat(caller.post(API + "/namespaces/team/localqueues", "{'metadata':{'name':'ours'},'spec':{'clusterQueue':'gpus'}}").status()).isEqualTo(201);
    }

    private void wants(String name, int gpus) {
        assertThat(caller.post(PODS, pod(name, "{'nvidia.com/gpu':" + gpus + "}", "{'kueue.x-k8s.io/queue-name':'ours'}")).status()).isEqualTo(201);
    }

    private JsonNode gated(String name) {
        JsonNode pod = caller.get(PODS + "/" + name).body();
        assertThat(Json.text(Json.find(Json.at(pod, "status", "conditions"), "type", "PodScheduled"), "reason")).isEqualTo("SchedulingGated");
        return pod;
    }

    private void awaitReady(String name) {
        caller.await(PODS, name, pod -> Json.text(pod, "status", "phase").equals("Running"));
    }

    /** The reason that goes with these words of a pod's workload. */
    private String awaitWords(String pod, String words) {
        return Json.text(condition(workload(pod, it -> Json.text(condition(it), "message").contains(words))), "reason");
    }

    private JsonNode workload(String pod, Predicate<ObjectNode> expected) {
        String uid = Json.text(caller.get(PODS + "/" + pod).body(), "metadata", "uid");
        return caller.await(WORKLOADS + "?labelSelector=kueue.x-k8s.io/job-uid%3D" + uid, expected);
    }

    private static JsonNode condition(JsonNode workload) {
        JsonNode found = Json.find(Json.at(workload, "status", "conditions"), "type", "QuotaReserved");
        return found == null ? Json.object() : found;
    }

    @Test
    void whoComesFirstHasTheQuotaAndTheOthersWaitAtTheirPlaces() {
        queue("BestEffortFIFO", 2);
        wants("first", 2);
        awaitReady("first");
        wants("second", 2);
        wants("third", 1);

        assertThat(awaitWords("second", "couldn't assign flavors to pod set main: insufficient unused quota for nvidia.com/gpu in flavor h100, 2 more needed")).isEqualTo("Pending");
        assertThat(awaitWords("third", "1 more needed")).isEqualTo("Pending");
        assertThat(Json.texts(gated("second"), "metadata", "finalizers")).containsExactly(Kueue.MANAGED);
        assertThat(Json.objects(caller.get(PENDING).body(), "items")).extracting(item -> Json.text(Json.objects(item, "metadata", "ownerReferences").getFirst(), "name") + " "
                + item.path("positionInClusterQueue").asInt()).containsExactly("second 0", "third 1");

        caller.delete(PODS + "/first");
        awaitReady("second");
        gated("third");
    }

    @Test
    void whoDoesNotFitHoldsUpTheOthersOnlyWhereOrderIsStrict() {
        queue("StrictFIFO", 1);
        wants("large", 2);
        assertThat(awaitWords("large", "1 more needed")).isEqualTo("Pending");
        wants("small", 1);
        workload("small", any -> true);
        gated("small");
        caller.patch(API + "/clusterqueues/gpus", Caller.MERGE, "{'spec':{'queueingStrategy':'BestEffortFIFO'}}");
        awaitReady("small");
        gated("large");
    }

    @Test
    void whoIsPreemptedEndsAndIsToldWhy() {
        queue("BestEffortFIFO", 1);
        wants("low", 1);
        awaitReady("low");
        wants("high", 1);
        gated("high");
        assertThat(caller.post("/simulator/kueue/preempt/team/low", "{}").status()).isEqualTo(200);
        awaitReady("high");
        caller.awaitGone(PODS, "low");
        assertThat(Json.objects(caller.get("/api/v1/namespaces/team/events").body(), "items"))
                .anySatisfy(event -> assertThat(Json.text(event, "reason")).isEqualTo("EvictedDueToPreempted"));
    }

    @Test
    void aQueueThatIsNotThereAndAResourceThatIsNotCoveredAreNamed() {
        wants("early", 1);
        assertThat(awaitWords("early", "LocalQueue ours doesn't exist")).isEqualTo("Inadmissible");
        caller.post(API + "/namespaces/team/localqueues", "{'metadata':{'name':'ours'},'spec':{'clusterQueue':'none'}}");
        assertThat(awaitWords("early", "ClusterQueue none doesn't exist")).isEqualTo("Inadmissible");
        assertThat(caller.patch(API + "/namespaces/team/localqueues/ours?fieldManager=t&fieldValidation=Strict", Caller.APPLY, "{'spec':{'klusterQueue':'none'}}").message())
                .isEqualTo("strict decoding error: unknown field \"spec.klusterQueue\"");
    }

    @Test
    void withoutItThereIsNothingOfIt() {
        caller.delete("/simulator/kueue");
        wants("free", 1);
        awaitReady("free");
        assertThat(caller.get("/apis/kueue.x-k8s.io").status()).isEqualTo(404);
        assertThat(caller.get(WORKLOADS).status()).isEqualTo(404);
        assertThat(caller.get(PENDING).status()).isEqualTo(404);
    }
}
