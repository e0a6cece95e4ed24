package dev.penstock.simulators.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.simulators.cluster.tree.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Base64;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ApiTest extends ClusterTest {

    private static final String MAPS = "/api/v1/namespaces/team/configmaps";

    @Test
    void itSaysThatItIsASimulator() {
        Caller.Answer answer = caller.get("/version");
        assertThat(Json.text(answer.body(), "gitVersion")).isEqualTo("v1.36.0+penstock-simulator");
        JsonNode nodes = caller.get("/api/v1/nodes?labelSelector=penstock.dev%2Fsimulated%3Dtrue").body().path("items");
        assertThat(nodes).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"Bearer wrong", "Basic abc", "''"})
    void withoutTheTokenNothingIsAnswered(String header) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(cluster.url() + "/api/v1/pods")).GET();
        if (!header.isEmpty()) {
            request.header("Authorization", header);
        }
        Caller.Answer answer = caller.send(request);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.reason()).isEqualTo("Unauthorized");
        assertThat(caller.send(HttpRequest.newBuilder(URI.create(cluster.url() + "/readyz")).GET()).status()).isEqualTo(200);
    }

    @Test
    void discoveryNamesGroupsAndResources() {
        assertThat(caller.get("/api").body().path("versions").toString()).isEqualTo("[\"v1\"]");
        assertThat(StreamSupport.stream(caller.get("/apis").body().path("groups").spliterator(), false)
                .map(group -> Json.text(group, "name"))).contains("apps", "networking.k8s.io");
        assertThat(StreamSupport.stream(caller.get("/api/v1").body().path("resources").spliterator(), false)
                .map(resource -> Json.text(resource, "name"))).contains("pods", "pods/status", "pods/log", "namespaces");
        assertThat(caller.get("/apis/apps/v1").body().path("resources")).isNotEmpty();
        assertThat(caller.get("/apis/nothing.example/v1").status()).isEqualTo(404);
    }

    @Test
    void anObjectGetsWhatTheServerGives() {
        JsonNode made = caller.post(MAPS, "{'metadata':{'name':'m','uid':'mine','resourceVersion':'1'},'data':{'k':'v'}}").body();

        assertThat(Json.text(made, "kind")).isEqualTo("ConfigMap");
        assertThat(Json.text(made, "metadata", "uid")).hasSize(36);
        assertThat(Json.text(made, "metadata", "namespace")).isEqualTo("team");
        assertThat(Json.text(made, "metadata", "creationTimestamp")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        assertThat(Long.parseLong(Json.text(made, "metadata", "resourceVersion"))).isGreaterThan(1);
        assertThat(Json.text(caller.post(MAPS, "{'metadata':{'generateName':'m-'}}").body(), "metadata", "name"))
                .matches("m-[a-z0-9]{5}");
    }

    /** What is refused, and in which words. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'metadata':{'name':'taken'}} | 409 | AlreadyExists | configmaps \"taken\" already exists",
        "{'metadata':{'name':'Not_A_Name'}} | 422 | Invalid | a lowercase RFC 1123 subdomain must consist of",
        "{'metadata':{}} | 422 | Invalid | name or generateName is required",
        "{'metadata':{'name':'m','labels':{'a':'not ok!'}}} | 422 | Invalid | metadata.labels: Invalid value: \"not ok!\"",
        "{'metadata':{'name':'m','namespace':'other'}} | 400 | BadRequest | does not match the namespace sent",
        "{'kind':'Secret','metadata':{'name':'m'}} | 400 | BadRequest | the kind in the data (Secret) does not match",
        "{nonsense | 400 | BadRequest | the object provided is unrecognized"})
    void aCreationThatCannotBeIsRefused(String body, int status, String reason, String message) {
        caller.post(MAPS, "{'metadata':{'name':'taken'}}");

        Caller.Answer answer = caller.post(MAPS, body);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.reason()).isEqualTo(reason);
        assertThat(answer.message()).contains(message);
        assertThat(Json.text(answer.body(), "kind")).isEqualTo("Status");
    }

    @Test
    void aMisspeltFieldIsRefusedWhenStrictAndWarnedOfOtherwise() {
        String body = "{'metadata':{'name':'m'},'dta':{'k':'v'}}";

        Caller.Answer strict = caller.post(MAPS + "?fieldValidation=Strict", body);
        assertThat(strict.status()).isEqualTo(400);
        assertThat(strict.message()).isEqualTo("strict decoding error: unknown field \"dta\"");

        Caller.Answer warned = caller.post(MAPS, body);
        assertThat(warned.status()).isEqualTo(201);
        assertThat(warned.body().has("dta")).isFalse();
        assertThat(warned.response().headers().firstValue("Warning")).hasValue("299 - \"unknown field \\\"dta\\\"\"");
    }

    @Test
    void anUpdateOfAnOlderVersionIsAConflict() {
        JsonNode old = caller.post(MAPS, "{'metadata':{'name':'m'},'data':{'k':'1'}}").body();
        caller.patch(MAPS + "/m", Caller.MERGE, "{'data':{'k':'2'}}");

        Caller.Answer answer = caller.put(MAPS + "/m", old.toString());

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.message()).isEqualTo("Operation cannot be fulfilled on configmaps \"m\": the object has been modified; "
                + "please apply your changes to the latest version and try again");
    }

    @Test
    void aWriteThatChangesNothingGetsNoNewVersion() {
        JsonNode made = caller.post(MAPS, "{'metadata':{'name':'m'},'data':{'k':'1'}}").body();

        JsonNode same = caller.patch(MAPS + "/m", Caller.MERGE, "{'data':{'k':'1'}}").body();

        assertThat(Json.text(same, "metadata", "resourceVersion")).isEqualTo(Json.text(made, "metadata", "resourceVersion"));
    }

    @Test
    void aDryRunLeavesNoTrace() {
        assertThat(caller.post(MAPS + "?dryRun=All", "{'metadata':{'name':'m'}}").status()).isEqualTo(201);
        assertThat(caller.get(MAPS + "/m").status()).isEqualTo(404);
    }

    @Test
    void pagesTogetherShowTheStateOfTheFirst() {
        for (String name : List.of("a", "b", "c", "d")) {
            caller.post(MAPS, "{'metadata':{'name':'" + name + "','labels':{'page':'yes'}}}");
        }
        String query = MAPS + "?labelSelector=page&limit=2";
        JsonNode first = caller.get(query).body();
        caller.delete(MAPS + "/d");
        caller.post(MAPS, "{'metadata':{'name':'bb','labels':{'page':'yes'}}}");

        JsonNode second = caller.get(query + "&continue=" + Json.text(first, "metadata", "continue")).body();

        assertThat(names(first)).containsExactly("a", "b");
        assertThat(Json.at(first, "metadata", "remainingItemCount").asInt(0)).isEqualTo(2);
        assertThat(names(second)).containsExactly("c", "d");
        assertThat(Json.text(second, "metadata", "continue")).isEmpty();
        assertThat(Json.text(second, "metadata", "resourceVersion"))
                .isEqualTo(Json.text(first, "metadata", "resourceVersion"));
    }

    @Test
    void aPageOfAForgottenStateIsGone() {
        caller.post(MAPS, "{'metadata':{'name':'a'}}");
        caller.post(MAPS, "{'metadata':{'name':'b'}}");
        String token = Json.text(caller.get(MAPS + "?limit=1").body(), "metadata", "continue");
        caller.post(MAPS, "{'metadata':{'name':'c'}}");
        cluster.compactHistory();

        Caller.Answer answer = caller.get(MAPS + "?limit=1&continue=" + token);

        assertThat(answer.status()).isEqualTo(410);
        assertThat(answer.reason()).isEqualTo("Expired");
    }

    private static List<String> names(JsonNode list) {
        return StreamSupport.stream(list.path("items").spliterator(), false)
                .map(item -> Json.text(item, "metadata", "name")).toList();
    }

    @Test
    void aListCanBeSelectedByLabelsAndFields() {
        caller.post(MAPS, "{'metadata':{'name':'a','labels':{'tier':'front'}}}");
        caller.post(MAPS, "{'metadata':{'name':'b','labels':{'tier':'back'}}}");

        assertThat(names(caller.get(MAPS + "?labelSelector=tier%20in%20(front,mid)").body())).containsExactly("a");
        assertThat(names(caller.get(MAPS + "?labelSelector=tier&fieldSelector=metadata.name!%3Da").body())).containsExactly("b");
        assertThat(caller.get(MAPS + "?fieldSelector=data.k%3Da").message()).isEqualTo("field label not supported: data.k");
    }

    @Test
    void theStatusIsWrittenThroughItsOwnPathOnly() {
        caller.post(PODS, pod("p", "{'nvidia.com/gpu':9}"));
        caller.await(PODS, "p", pod -> condition(pod, "PodScheduled").equals("False"));

        caller.patch(PODS + "/p", Caller.MERGE, "{'status':{'phase':'Running'},'metadata':{'labels':{'x':'y'}}}");
        assertThat(Json.text(caller.get(PODS + "/p").body(), "status", "phase")).isEqualTo("Pending");
        assertThat(Json.text(caller.get(PODS + "/p").body(), "metadata", "labels", "x")).isEqualTo("y");

        caller.patch(PODS + "/p/status", Caller.MERGE, "{'status':{'message':'m'},'metadata':{'labels':{'x':'z'}}}");
        assertThat(Json.text(caller.get(PODS + "/p").body(), "status", "message")).isEqualTo("m");
        assertThat(Json.text(caller.get(PODS + "/p").body(), "metadata", "labels", "x")).isEqualTo("y");
    }

    @Test
    void aPodCannotBeMadeAnotherByPatching() {
        caller.post(PODS, pod("p", "{'nvidia.com/mig-1g.10gb':1}"));

        Caller.Answer answer = caller.patch(PODS + "/p", Caller.STRATEGIC,
                "{'spec':{'containers':[{'name':'main','resources':{'limits':{'nvidia.com/mig-1g.10gb':'2'},"
                        + "'requests':{'nvidia.com/mig-1g.10gb':'2'}}}]}}");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.message()).startsWith("Pod \"p\" is invalid: spec: Forbidden: pod updates may not change fields");
    }

    @Test
    void plainTextOfASecretIsKeptEncoded() {
        JsonNode secret = caller.post("/api/v1/namespaces/team/secrets",
                "{'metadata':{'name':'s'},'data':{'a':'YQ=='},'stringData':{'b':'bee'}}").body();

        assertThat(secret.has("stringData")).isFalse();
        assertThat(Json.map(secret, "data")).containsEntry("a", "YQ==")
                .containsEntry("b", Base64.getEncoder().encodeToString("bee".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        assertThat(Json.text(secret, "type")).isEqualTo("Opaque");
    }

    @Test
    void aServiceGetsAnAddressOfItsOwnAndKeepsIt() {
        String services = "/api/v1/namespaces/team/services";
        JsonNode one = caller.post(services, "{'metadata':{'name':'one'},'spec':{'ports':[{'port':80}]}}").body();
        JsonNode two = caller.post(services, "{'metadata':{'name':'two'},'spec':{'ports':[{'port':80}]}}").body();

        assertThat(Json.text(one, "spec", "clusterIP")).matches("127\\.64\\.\\d+\\.\\d+")
                .isNotEqualTo(Json.text(two, "spec", "clusterIP"));
        JsonNode applied = caller.apply(services + "/one", "me", true,
                "{'apiVersion':'v1','kind':'Service','metadata':{'name':'one'},'spec':{'ports':[{'port':81}]}}").body();
        assertThat(Json.text(applied, "spec", "clusterIP")).isEqualTo(Json.text(one, "spec", "clusterIP"));
    }

    @Test
    void anUnknownPatchTypeIsNotGuessedAt() {
        caller.post(MAPS, "{'metadata':{'name':'m'}}");
        Caller.Answer answer = caller.patch(MAPS + "/m", "application/x-patch", "{}");
        assertThat(answer.status()).isEqualTo(415);
        assertThat(caller.patch(MAPS + "/m", Caller.JSON_PATCH, "[{'op':'remove','path':'/data'}]").status()).isEqualTo(422);
    }
}
