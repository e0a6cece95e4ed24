package dev.penstock.simulators.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.simulators.cluster.tree.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Deletions: finalizers, preconditions, namespaces, owners. */
class EndingTest extends ClusterTest {

    private static final String MAPS = "/api/v1/namespaces/team/configmaps";

    @Test
    void anObjectWithAFinalizerStaysUntilItIsTakenOff() {
        caller.post(MAPS, "{'metadata':{'name':'m','finalizers':['penstock.dev/hold']}}");

        Caller.Answer deleted = caller.delete(MAPS + "/m");

        assertThat(Json.text(deleted.body(), "metadata", "deletionTimestamp")).isNotEmpty();
        assertThat(caller.get(MAPS + "/m").status()).isEqualTo(200);
        caller.patch(MAPS + "/m", Caller.MERGE, "{'metadata':{'finalizers':[]}}");
        assertThat(caller.get(MAPS + "/m").status()).isEqualTo(404);
    }

    @Test
    void aDeletionMeantForAnotherObjectOfThatNameIsAConflict() {
        JsonNode made = caller.post(MAPS, "{'metadata':{'name':'m'}}").body();

        Caller.Answer refused = caller.delete(MAPS + "/m", "{'preconditions':{'uid':'somebody-else'}}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.message()).contains("UID in precondition: somebody-else");
        assertThat(caller.delete(MAPS + "/m", "{'preconditions':{'resourceVersion':'1'}}").status()).isEqualTo(409);

        Caller.Answer done = caller.delete(MAPS + "/m", "{'preconditions':{'uid':'" + Json.text(made, "metadata", "uid") + "'}}");
        assertThat(Json.text(done.body(), "status")).isEqualTo("Success");
    }

    @Test
    void aCollectionIsDeletedAsFarAsItIsSelected() {
        caller.post(MAPS, "{'metadata':{'name':'a','labels':{'old':'yes'}}}");
        caller.post(MAPS, "{'metadata':{'name':'b'}}");

        caller.delete(MAPS + "?labelSelector=old%3Dyes");

        assertThat(caller.get(MAPS + "/a").status()).isEqualTo(404);
        assertThat(caller.get(MAPS + "/b").status()).isEqualTo(200);
    }

    @Test
    void aNamespaceTakesEverythingInItAlong() {
        caller.post(MAPS, "{'metadata':{'name':'m'}}");
        caller.post(PODS, pod("p", "{'nvidia.com/gpu':1}"));
        caller.await(PODS, "p", ClusterTest::isReady);

        assertThat(Json.text(caller.delete(NAMESPACES + "/team").body(), "status", "phase")).isEqualTo("Terminating");

        caller.awaitGone(NAMESPACES, "team");
        assertThat(caller.get("/api/v1/pods").body().path("items")).isEmpty();
        assertThat(caller.get(MAPS).body().path("items")).isEmpty();
    }

    @Test
    void aNamespaceThatEndsTakesNothingNewAndWaitsForFinalizers() {
        caller.post(MAPS, "{'metadata':{'name':'m','finalizers':['penstock.dev/hold']}}");
        caller.delete(NAMESPACES + "/team");
        caller.await(NAMESPACES, "team", it -> condition(it, "NamespaceFinalizersRemaining").equals("True"));

        Caller.Answer refused = caller.post(PODS, pod("p", "{}"));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.message()).isEqualTo("pods \"p\" is forbidden: unable to create new content in namespace team "
                + "because it is being terminated");
        assertThat(Json.text(Json.at(refused.body(), "details", "causes").path(0), "reason")).isEqualTo("NamespaceTerminating");

        caller.patch(MAPS + "/m", Caller.MERGE, "{'metadata':{'finalizers':null}}");
        caller.awaitGone(NAMESPACES, "team");
    }

    /** What becomes of what is owned. */
    @ParameterizedTest
    @CsvSource({"Background, true", "Foreground, true", "Orphan, false"})
    void dependentsFollowTheirOwnerUnlessTheyAreOrphaned(String policy, boolean follows) {
        JsonNode owner = caller.post(MAPS, "{'metadata':{'name':'owner'}}").body();
        caller.post(MAPS, "{'metadata':{'name':'owned','ownerReferences':[{'apiVersion':'v1','kind':'ConfigMap',"
                + "'name':'owner','uid':'" + Json.text(owner, "metadata", "uid") + "'}]}}");

        caller.delete(MAPS + "/owner", "{'propagationPolicy':'" + policy + "'}");
        caller.awaitGone(MAPS, "owner");

        if (follows) {
            caller.awaitGone(MAPS, "owned");
        } else {
            assertThat(Json.at(caller.get(MAPS + "/owned").body(), "metadata", "ownerReferences")).isEmpty();
        }
    }

    @Test
    void anObjectWhoseOwnerNeverWasIsCollected() {
        caller.post(MAPS, "{'metadata':{'name':'owned','ownerReferences':[{'apiVersion':'v1','kind':'ConfigMap',"
                + "'name':'x','uid':'11111111-1111-1111-1111-111111111111'}]}}");
        caller.awaitGone(MAPS, "owned");
    }

    @Test
    void evictingAPodDeletesIt() {
        caller.post(PODS, pod("p", "{}"));
        caller.await(PODS, "p", ClusterTest::isReady);

        assertThat(caller.post(PODS + "/p/eviction", "{'metadata':{'name':'p'}}").status()).isEqualTo(201);

        caller.awaitGone(PODS, "p");
    }
}
