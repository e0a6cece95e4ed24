package dev.penstock.simulators.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.simulators.cluster.tree.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class AdmissionTest extends ClusterTest {

    private static final String QUOTAS = "/api/v1/namespaces/team/resourcequotas";

    private void quota(String hard) {
        assertThat(caller.post(QUOTAS, "{'metadata':{'name':'q'},'spec':{'hard':" + hard + "}}").status()).isEqualTo(201);
    }

    @Test
    void whatWouldExceedAQuotaIsRefusedInTheWordsOfKubernetes() {
        quota("{'pods':'10','requests.nvidia.com/mig-1g.10gb':'2'}");
        caller.post(PODS, pod("one", "{'nvidia.com/mig-1g.10gb':2}"));

        Caller.Answer answer = caller.post(PODS, pod("two", "{'nvidia.com/mig-1g.10gb':1}"));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.reason()).isEqualTo("Forbidden");
        assertThat(answer.message()).isEqualTo("pods \"two\" is forbidden: exceeded quota: q, requested: "
                + "requests.nvidia.com/mig-1g.10gb=1, used: requests.nvidia.com/mig-1g.10gb=2, limited: "
                + "requests.nvidia.com/mig-1g.10gb=2");
    }

    @Test
    void everyExceededResourceIsNamedAndFullyUsedOnesAreNot() {
        quota("{'pods':'1','requests.cpu':'1','requests.memory':'1Gi','limits.cpu':'9','limits.memory':'9Gi'}");
        String small = "{'cpu':'600m','memory':'256Mi'}";
        caller.post(PODS, pod("one", small));

        assertThat(caller.post(PODS, pod("two", small)).message()).isEqualTo("pods \"two\" is forbidden: exceeded quota: q, "
                + "requested: pods=1,requests.cpu=600m, used: pods=1,requests.cpu=600m, limited: pods=1,requests.cpu=1");
    }

    @Test
    void aQuotaOnComputeObligesEveryContainerToStateItsNeeds() {
        quota("{'limits.cpu':'4','requests.memory':'4Gi'}");

        assertThat(caller.post(PODS, pod("one", "{'nvidia.com/gpu':1}")).message()).isEqualTo("pods \"one\" is forbidden: "
                + "failed quota: q: must specify limits.cpu for: main; requests.memory for: main");
    }

    @Test
    void aQuotaStatusFollowsWhatIsUsed() {
        quota("{'pods':'5','requests.nvidia.com/gpu':'2','count/configmaps':'9'}");
        caller.post(PODS, pod("one", "{'nvidia.com/gpu':1}"));
        JsonNode quota = caller.await(QUOTAS, "q", it -> Json.text(it, "status", "used", "pods").equals("1"));
        assertThat(Json.text(quota, "status", "used", "requests.nvidia.com/gpu")).isEqualTo("1");
        // The root certificates every namespace has.
        assertThat(Json.text(quota, "status", "used", "count/configmaps")).isEqualTo("1");

        caller.delete(PODS + "/one");

        caller.await(QUOTAS, "q", it -> Json.text(it, "status", "used", "requests.nvidia.com/gpu").equals("0"));
        assertThat(caller.post(PODS, pod("two", "{'nvidia.com/gpu':2}")).status()).isEqualTo(201);
    }

    @Test
    void aQuotaByScopeIsRefusedRatherThanCountedWrongly() {
        assertThat(caller.post(QUOTAS, "{'metadata':{'name':'q'},'spec':{'hard':{'pods':'1'},'scopes':['BestEffort']}}").status())
                .isEqualTo(422);
    }

    @Test
    void restrictedRefusesWhatAPlainPodDoesNotPromise() {
        namespace("strict", "{'pod-security.kubernetes.io/enforce':'restricted'}");

        Caller.Answer answer = caller.post("/api/v1/namespaces/strict/pods", pod("p", "{}"));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.message()).isEqualTo("pods \"p\" is forbidden: violates PodSecurity \"restricted:latest\": "
                + "allowPrivilegeEscalation != false (container \"main\" must set "
                + "securityContext.allowPrivilegeEscalation=false), unrestricted capabilities (container \"main\" must set "
                + "securityContext.capabilities.drop=[\"ALL\"]), runAsNonRoot != true (pod or container \"main\" must set "
                + "securityContext.runAsNonRoot=true), seccompProfile (pod or container \"main\" must set "
                + "securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\")");
    }

    /** One change each to a pod that restricted accepts. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "'none':1 | 'none':1 | ",
        "'runAsNonRoot':true | 'runAsNonRoot':false | runAsNonRoot != true (pod or container \"main\"",
        "'RuntimeDefault' | 'Unconfined' | seccompProfile (pod or container \"main\"",
        "['ALL'] | ['CHOWN'] | unrestricted capabilities (container \"main\"",
        "'runAsUser':1000 | 'runAsUser':0 | runAsUser=0 (pod must not set runAsUser=0)",
        "'emptyDir':{} | 'hostPath':{'path':'/'} | hostPath volumes (volume \"scratch\")",
        "'emptyDir':{} | 'nfs':{'path':'/'} | restricted volume types (volume \"scratch\" uses restricted volume type \"nfs\")",
        "'hostNetwork':false | 'hostNetwork':true | host namespaces (hostNetwork=true)"})
    void restrictedAcceptsAPodThatPromisesAllAndNoLess(String part, String changed, String violation) {
        namespace("strict", "{'pod-security.kubernetes.io/enforce':'restricted'}");
        String good = """
                {'metadata':{'name':'p'},'spec':{'hostNetwork':false,'volumes':[{'name':'scratch','emptyDir':{}}],
                 'securityContext':{'runAsNonRoot':true,'runAsUser':1000,'seccompProfile':{'type':'RuntimeDefault'}},
                 'containers':[{'name':'main','image':'a:1','securityContext':{'allowPrivilegeEscalation':false,
                 'capabilities':{'drop':['ALL']}}}]}}""";

        Caller.Answer answer = caller.post("/api/v1/namespaces/strict/pods", good.replace(part, changed));

        if (violation == null) {
            assertThat(answer.status()).isEqualTo(201);
        } else {
            assertThat(answer.message()).startsWith("pods \"p\" is forbidden: violates PodSecurity").contains(violation);
        }
    }

    /** Resources a node could not grant as stated. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'requests':{'nvidia.com/gpu':1}} | Limit must be set for non overcommitable resources",
        "{'requests':{'nvidia.com/gpu':1},'limits':{'nvidia.com/gpu':2}} | must be equal to nvidia.com/gpu limit of 2",
        "{'limits':{'nvidia.com/gpu':'500m'}} | must be an integer",
        "{'requests':{'cpu':'2'},'limits':{'cpu':'1'}} | must be less than or equal to cpu limit of 1",
        "{'limits':{'cpu':'one'}} | quantities must match the regular expression"})
    void resourcesMustMakeSense(String resources, String message) {
        Caller.Answer answer = caller.post(PODS,
                "{'metadata':{'name':'p'},'spec':{'containers':[{'name':'main','image':'a:1','resources':" + resources + "}]}}");

        assertThat(answer.status()).isBetween(400, 422);
        assertThat(answer.message()).contains(message);
    }

    @Test
    void aLimitRangeFillsInAndBounds() {
        caller.post("/api/v1/namespaces/team/limitranges", """
                {'metadata':{'name':'l'},'spec':{'limits':[{'type':'Container','default':{'cpu':'500m','memory':'1Gi'},
                 'defaultRequest':{'cpu':'100m'},'max':{'cpu':'2'}}]}}""");

        JsonNode pod = caller.post(PODS, pod("p", "{}")).body();
        JsonNode resources = Json.at(pod, "spec", "containers").path(0).path("resources");
        assertThat(Json.map(resources, "limits")).containsEntry("cpu", "500m").containsEntry("memory", "1Gi");
        assertThat(Json.map(resources, "requests")).containsEntry("cpu", "100m").containsEntry("memory", "1Gi");
        assertThat(caller.post(PODS, pod("q", "{'cpu':'3'}")).message())
                .isEqualTo("pods \"q\" is forbidden: maximum cpu usage per Container is 2, but limit is 3");
        caller.await(PODS, "p", ClusterTest::isReady);
    }

    @Test
    void nothingGoesIntoANamespaceThatIsNotThere() {
        Caller.Answer answer = caller.post("/api/v1/namespaces/nowhere/pods", pod("p", "{}"));
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.message()).isEqualTo("namespaces \"nowhere\" not found");
    }
}
