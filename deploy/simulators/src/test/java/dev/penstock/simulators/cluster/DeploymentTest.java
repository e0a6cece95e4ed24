package dev.penstock.simulators.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.simulators.cluster.tree.Json;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class DeploymentTest extends ClusterTest {

    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/team/deployments";

    @BeforeEach
    void deploy() {
        caller.post(DEPLOYMENTS, """
                {'metadata':{'name':'web'},'spec':{'replicas':2,'selector':{'matchLabels':{'app':'web'}},
                 'template':{'metadata':{'labels':{'app':'web'}},'spec':{'terminationGracePeriodSeconds':0,
                 'containers':[{'name':'main','image':'web:1'}]}}}}""");
    }

    private static boolean isThrough(ObjectNode deployment, int replicas) {
        JsonNode status = deployment.path("status");
        return status.path("observedGeneration").asInt(0) == Json.at(deployment, "metadata", "generation").asInt(-1)
                && status.path("readyReplicas").asInt(-1) == replicas && status.path("replicas").asInt(-1) == replicas
                && status.path("updatedReplicas").asInt(-1) == replicas;
    }

    @Test
    void aDeploymentComesUpScalesAndRollsOut() {
        ObjectNode up = caller.await(DEPLOYMENTS, "web", it -> isThrough(it, 2));
        assertThat(condition(up, "Available")).isEqualTo("True");

        caller.patch(DEPLOYMENTS + "/web/scale", Caller.MERGE, "{'spec':{'replicas':3}}");
        caller.await(DEPLOYMENTS, "web", it -> isThrough(it, 3));

        caller.patch(DEPLOYMENTS + "/web", Caller.STRATEGIC,
                "{'spec':{'template':{'spec':{'containers':[{'name':'main','image':'web:2'}]}}}}");
        caller.await(DEPLOYMENTS, "web", it -> Json.at(it, "metadata", "generation").asInt(0) == 3 && isThrough(it, 3));
        JsonNode pods = caller.get(PODS + "?labelSelector=app%3Dweb").body().path("items");
        assertThat(StreamSupport.stream(pods.spliterator(), false)
                .filter(pod -> !pod.path("metadata").has("deletionTimestamp"))
                .map(pod -> Json.text(Json.at(pod, "spec", "containers").path(0), "image"))).containsExactly("web:2", "web:2", "web:2");
    }

    @Test
    void aPodThatIsDeletedIsReplaced() {
        caller.await(DEPLOYMENTS, "web", it -> isThrough(it, 2));
        String name = Json.text(caller.get(PODS).body().path("items").path(0), "metadata", "name");

        caller.delete(PODS + "/" + name);
        caller.awaitGone(PODS, name);

        caller.await(DEPLOYMENTS, "web", it -> isThrough(it, 2));
        assertThat(caller.get(PODS).body().path("items")).hasSize(2);
    }

    @Test
    void whatAQuotaDoesNotAllowIsToldOnTheReplicaSet() {
        caller.post("/api/v1/namespaces/team/resourcequotas", "{'metadata':{'name':'q'},'spec':{'hard':{'pods':'2'}}}");
        caller.patch(DEPLOYMENTS + "/web/scale", Caller.MERGE, "{'spec':{'replicas':5}}");

        String sets = "/apis/apps/v1/namespaces/team/replicasets";
        String name = Json.text(caller.get(sets).body().path("items").path(0), "metadata", "name");
        ObjectNode set = caller.await(sets, name, it -> condition(it, "ReplicaFailure").equals("True"));

        assertThat(conditionMessage(set, "ReplicaFailure")).contains("exceeded quota: q, requested: pods=1, used: pods=2");
    }

    @Test
    void aDeletedDeploymentTakesItsPodsAlong() {
        caller.await(DEPLOYMENTS, "web", it -> isThrough(it, 2));
        String name = Json.text(caller.get(PODS).body().path("items").path(0), "metadata", "name");

        caller.delete(DEPLOYMENTS + "/web");

        caller.awaitGone(PODS, name);
        assertThat(caller.get(DEPLOYMENTS + "/web").status()).isEqualTo(404);
    }
}
