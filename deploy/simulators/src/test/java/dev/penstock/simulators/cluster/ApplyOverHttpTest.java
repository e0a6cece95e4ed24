package dev.penstock.simulators.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.simulators.cluster.tree.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ApplyOverHttpTest extends ClusterTest {

    private static final String QUOTA = "/api/v1/namespaces/team/resourcequotas/q";
    private static final String WANTED = """
            {'apiVersion':'v1','kind':'ResourceQuota','metadata':{'name':'q','labels':{'a':'1'}},
             'spec':{'hard':{'pods':'3','requests.cpu':'2000m'}}}""";

    @Test
    void applyingCreatesWhatIsNotThereAndRepeatingChangesNothing() {
        Caller.Answer first = caller.apply(QUOTA, "penstock", false, WANTED);
        assertThat(first.status()).isEqualTo(201);
        assertThat(Json.text(first.body(), "spec", "hard", "requests.cpu")).isEqualTo("2");
        caller.await("/api/v1/namespaces/team/resourcequotas", "q", quota -> quota.path("status").path("used").has("pods"));
        String version = Json.text(caller.get(QUOTA).body(), "metadata", "resourceVersion");

        Caller.Answer again = caller.apply(QUOTA, "penstock", false, WANTED);

        assertThat(again.status()).isEqualTo(200);
        assertThat(Json.text(again.body(), "metadata", "resourceVersion")).isEqualTo(version);
    }

    @Test
    void aConflictNamesTheFieldsAndTheirOwnersAndForceSettlesIt() {
        caller.apply(QUOTA, "penstock", false, WANTED);
        String other = """
                {'apiVersion':'v1','kind':'ResourceQuota','metadata':{'name':'q'},'spec':{'hard':{'pods':'9'}}}""";

        Caller.Answer refused = caller.apply(QUOTA, "other", false, other);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.reason()).isEqualTo("Conflict");
        assertThat(refused.message()).isEqualTo("Apply failed with 1 conflict: conflict with \"penstock\": .spec.hard.pods");
        JsonNode cause = Json.at(refused.body(), "details", "causes").path(0);
        assertThat(Json.text(cause, "reason")).isEqualTo("FieldManagerConflict");
        assertThat(Json.text(cause, "field")).isEqualTo(".spec.hard.pods");
        assertThat(Json.text(caller.get(QUOTA).body(), "spec", "hard", "pods")).isEqualTo("3");

        assertThat(Json.text(caller.apply(QUOTA, "other", true, other).body(), "spec", "hard", "pods")).isEqualTo("9");
        assertThat(caller.apply(QUOTA, "penstock", false, WANTED).message())
                .isEqualTo("Apply failed with 1 conflict: conflict with \"other\": .spec.hard.pods");
    }

    @Test
    void aFieldNoLongerStatedIsRemoved() {
        caller.apply(QUOTA, "penstock", false, WANTED);

        JsonNode quota = caller.apply(QUOTA, "penstock", false,
                "{'apiVersion':'v1','kind':'ResourceQuota','metadata':{'name':'q'},'spec':{'hard':{'pods':'3'}}}").body();

        assertThat(Json.map(quota, "spec", "hard")).containsOnlyKeys("pods");
        assertThat(quota.path("metadata").has("labels")).isFalse();
    }

    @Test
    void anEditByAnotherMakesTheNextApplyAConflict() {
        caller.apply(QUOTA, "penstock", false, WANTED);
        caller.patch(QUOTA + "?fieldManager=somebody", Caller.MERGE, "{'spec':{'hard':{'pods':'7'}}}");

        assertThat(caller.apply(QUOTA, "penstock", false, WANTED).message()).matches(
                "Apply failed with 1 conflict: conflict with \"somebody\" using v1 at \\S+Z: .spec.hard.pods");
    }

    @Test
    void theKubeletsStatusIsNotInAnAppliersWay() {
        String pod = pod("p", "{'nvidia.com/mig-1g.10gb':1}");
        assertThat(caller.apply(PODS + "/p", "penstock", false, pod).status()).isEqualTo(201);
        JsonNode ready = caller.await(PODS, "p", ClusterTest::isReady);

        Caller.Answer again = caller.apply(PODS + "/p", "penstock", false, pod);

        assertThat(again.status()).isEqualTo(200);
        assertThat(Json.text(again.body(), "metadata", "resourceVersion"))
                .isEqualTo(Json.text(ready, "metadata", "resourceVersion"));
        assertThat(isReady(again.body())).isTrue();
        assertThat(Json.objects(ready, "metadata", "managedFields")).extracting(entry -> Json.text(entry, "manager") + " "
                + Json.text(entry, "operation") + " " + Json.text(entry, "subresource"))
                .contains("penstock Apply ", "kubelet Update status", "default-scheduler Update status");
    }

    /** An apply can say what it is meant for; only a uid keeps it from making a new object. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "there | 'uid':'00000000-0000-0000-0000-000000000000' | 422 | metadata.uid: Invalid value",
        "there | 'resourceVersion':'1' | 409 | the object has been modified",
        "gone | 'uid':'00000000-0000-0000-0000-000000000000' | 409 | and no existing object was found",
        "gone | 'resourceVersion':'1' | 201 | ``"})
    void anApplyMeantForOneObjectDoesNotHitAnother(String present, String meant, int status, String message) {
        if (present.equals("there")) {
            caller.apply(QUOTA, "penstock", false, WANTED);
        }

        Caller.Answer answer = caller.apply(QUOTA, "penstock", true, WANTED.replace("'name':'q'", "'name':'q'," + meant));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.message()).contains(message);
    }

    @Test
    void anApplyNeedsAManager() {
        assertThat(caller.patch(QUOTA, Caller.APPLY, WANTED).message()).contains("fieldManager: Required value");
    }
}
