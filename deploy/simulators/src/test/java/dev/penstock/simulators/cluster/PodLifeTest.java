package dev.penstock.simulators.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.simulators.cluster.fault.Fault;
import dev.penstock.simulators.cluster.fault.Fault.ContainerMatch;
import dev.penstock.simulators.cluster.fault.Faults.Active;
import dev.penstock.simulators.cluster.tree.Json;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class PodLifeTest extends ClusterTest {

    @Test
    void aPodIsPlacedOnANodeWithItsPartitionAndBecomesReady() {
        caller.post(PODS, pod("one", "{'nvidia.com/mig-1g.18gb':1}"));

        ObjectNode pod = caller.await(PODS, "one", ClusterTest::isReady);

        assertThat(Json.text(pod, "spec", "nodeName")).isEqualTo("gpu-03");
        assertThat(Json.text(pod, "status", "phase")).isEqualTo("Running");
        ObjectNode ready = Json.find(Json.at(pod, "status", "conditions"), "type", "Ready");
        assertThat(ready).isNotNull();
        assertThat(Instant.parse(Json.text(ready, "lastTransitionTime")))
                .isAfterOrEqualTo(Instant.parse(Json.text(pod, "metadata", "creationTimestamp")));
        assertThat(reasons("one")).contains("Scheduled", "Pulling", "Pulled", "Created", "Started");
    }

    @Test
    void theThirdPodForTwoDevicesWaitsAndIsPlacedWhenOneIsFree() {
        for (String name : new String[] {"one", "two"}) {
            caller.post(PODS, pod(name, "{'nvidia.com/mig-3g.71gb':1}"));
            caller.await(PODS, name, ClusterTest::isReady);
        }
        caller.post(PODS, pod("three", "{'nvidia.com/mig-3g.71gb':1}"));

        ObjectNode waiting = caller.await(PODS, "three", pod -> condition(pod, "PodScheduled").equals("False"));
        assertThat(conditionMessage(waiting, "PodScheduled")).isEqualTo("0/3 nodes are available: 3 Insufficient "
                + "nvidia.com/mig-3g.71gb. preemption: 0/3 nodes are available: 1 No preemption victims found for incoming "
                + "pod, 2 Preemption is not helpful for scheduling.");
        assertThat(Json.text(waiting, "status", "phase")).isEqualTo("Pending");
        assertThat(reasons("three")).contains("FailedScheduling");

        caller.delete(PODS + "/one");
        caller.await(PODS, "three", ClusterTest::isReady);
    }

    @Test
    void aSelectorThatMatchesNoNodeIsToldApartFromLackOfRoom() {
        caller.post(PODS, """
                {'metadata':{'name':'picky'},'spec':{'nodeSelector':{'nvidia.com/gpu.product':'NVIDIA-H200'},
                 'containers':[{'name':'main','image':'a:1','resources':{'limits':{'nvidia.com/gpu':1}}}]}}""");

        ObjectNode pod = caller.await(PODS, "picky", it -> condition(it, "PodScheduled").equals("False"));

        assertThat(conditionMessage(pod, "PodScheduled")).startsWith("0/3 nodes are available: 1 Insufficient "
                + "nvidia.com/gpu, 2 node(s) didn't match Pod's node affinity/selector. ");
    }

    /** Binding both ways: whoever is there may refuse as well as whoever comes. */
    @Test
    void aPodIsNotPlacedBesideOneThatItOrThatRefusesIt() {
        caller.post(PODS, team("first", "red", "{'nvidia.com/mig-1g.18gb':1}", true));
        caller.await(PODS, "first", ClusterTest::isReady);
        caller.post(PODS, team("same", "red", "{'nvidia.com/mig-1g.18gb':1}", true));
        caller.await(PODS, "same", ClusterTest::isReady);

        caller.post(PODS, team("other", "blue", "{'nvidia.com/mig-1g.18gb':1}", true));
        caller.post(PODS, team("careless", "blue", "{'nvidia.com/mig-1g.18gb':1}", false));

        assertThat(conditionMessage(caller.await(PODS, "other", it -> condition(it, "PodScheduled").equals("False")), "PodScheduled"))
                .startsWith("0/3 nodes are available: 1 node(s) didn't match pod anti-affinity rules, 2 Insufficient nvidia.com/mig-1g.18gb.");
        assertThat(conditionMessage(caller.await(PODS, "careless", it -> condition(it, "PodScheduled").equals("False")), "PodScheduled"))
                .startsWith("0/3 nodes are available: 1 node(s) didn't satisfy existing pods anti-affinity rules, 2 Insufficient");
        caller.delete(PODS + "/first");
        caller.delete(PODS + "/same");
        caller.await(PODS, "other", ClusterTest::isReady);
    }

    private static String team(String name, String team, String limits, boolean careful) {
        String affinity = """
                {'podAntiAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':[{'labelSelector':{'matchExpressions':[
                 {'key':'team','operator':'Exists'},{'key':'team','operator':'NotIn','values':['%s']}]},
                 'namespaceSelector':{},'topologyKey':'kubernetes.io/hostname'}]}}""".formatted(team);
        return """
                {'metadata':{'name':'%s','labels':{'team':'%s'}},'spec':{'terminationGracePeriodSeconds':1,'affinity':%s,
                 'containers':[{'name':'main','image':'a:1','resources':{'limits':%s}}]}}""".formatted(name, team, careful ? affinity : "{}", limits);
    }

    /** The least loaded node, unless it would like company. */
    @Test
    void aPodIsRatherPlacedBesideWhomItLikes() {
        caller.post(PODS, team("friend", "red", "{'nvidia.com/mig-1g.18gb':1}", false));
        caller.await(PODS, "friend", ClusterTest::isReady);
        caller.post(PODS, """
                {'metadata':{'name':'likes'},'spec':{'affinity':{'podAffinity':{'preferredDuringSchedulingIgnoredDuringExecution':[
                 {'weight':100,'podAffinityTerm':{'labelSelector':{'matchLabels':{'team':'red'}},'topologyKey':'kubernetes.io/hostname'}}]}},
                 'containers':[{'name':'main','image':'a:1'}]}}""");

        assertThat(Json.text(caller.await(PODS, "likes", ClusterTest::isReady), "spec", "nodeName")).isEqualTo("gpu-03");
    }

    @Test
    void aDeletedPodEndsWithinItsGraceAndFreesItsName() {
        caller.post(PODS, pod("one", "{}"));
        caller.await(PODS, "one", ClusterTest::isReady);

        Caller.Answer answer = caller.delete(PODS + "/one");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(Json.at(answer.body(), "metadata", "deletionGracePeriodSeconds").asInt(0)).isEqualTo(1);
        caller.awaitGone(PODS, "one");
        assertThat(caller.post(PODS, pod("one", "{}")).status()).isEqualTo(201);
    }

    @Test
    void anImageThatCannotBePulledIsTriedAgainUntilItCan() {
        Active fault = cluster.faults().add(new Fault.ImagePull(ContainerMatch.of("shell", "")));
        caller.post(PODS, pod("one", "{}"));

        caller.await(PODS, "one", pod -> waiting(pod).equals("ErrImagePull"));
        ObjectNode stuck = caller.await(PODS, "one", pod -> waiting(pod).equals("ImagePullBackOff"));
        assertThat(Json.text(stuck, "status", "phase")).isEqualTo("Pending");
        assertThat(condition(stuck, "Ready")).isEqualTo("False");
        assertThat(reasons("one")).contains("Failed", "BackOff");

        cluster.faults().lift(fault.id());
        caller.await(PODS, "one", ClusterTest::isReady);
    }

    @Test
    void aContainerThatCrashesIsRestartedAgainAndAgain() {
        Active fault = cluster.faults().add(new Fault.CrashLoop(ContainerMatch.of("", "^one$"), 137));
        caller.post(PODS, pod("one", "{}"));

        ObjectNode pod = caller.await(PODS, "one", it -> waiting(it).equals("CrashLoopBackOff")
                && Json.at(it, "status", "containerStatuses").path(0).path("restartCount").asInt(0) >= 2);
        assertThat(Json.at(pod, "status", "containerStatuses").path(0).path("lastState").path("terminated").path("exitCode")
                .asInt(0)).isEqualTo(137);

        cluster.faults().lift(fault.id());
        caller.await(PODS, "one", ClusterTest::isReady);
    }

    @Test
    void aPodOfALostNodeIsNotReadyThenDeletedButStaysUntilTheNodeIsBack() {
        caller.post(PODS, pod("one", "{'nvidia.com/gpu':1}"));
        caller.await(PODS, "one", ClusterTest::isReady);

        Active fault = cluster.faults().add(new Fault.NodeLost("gpu-01"));
        caller.await(PODS, "one", pod -> condition(pod, "Ready").equals("False"));
        JsonNode node = caller.get("/api/v1/nodes/gpu-01").body();
        assertThat(condition(node, "Ready")).isEqualTo("Unknown");
        assertThat(Json.objects(node, "spec", "taints")).extracting(taint -> Json.text(taint, "key") + ":"
                + Json.text(taint, "effect")).containsExactly("node.kubernetes.io/unreachable:NoSchedule",
                "node.kubernetes.io/unreachable:NoExecute");

        ObjectNode evicted = caller.await(PODS, "one", pod -> pod.path("metadata").has("deletionTimestamp"));
        assertThat(Json.text(evicted, "status", "reason")).isEqualTo("NodeLost");

        cluster.faults().lift(fault.id());
        caller.awaitGone(PODS, "one");
        caller.await("/api/v1/nodes", "gpu-01", ClusterTest::isReady);
    }

    @Test
    void aPodOfALostNodeGoesAtOnceWhenDeletedWithoutGrace() {
        caller.post(PODS, pod("one", "{'nvidia.com/gpu':1}"));
        caller.await(PODS, "one", ClusterTest::isReady);
        cluster.faults().add(new Fault.NodeLost("gpu-01"));
        caller.await(PODS, "one", pod -> condition(pod, "Ready").equals("False"));

        caller.delete(PODS + "/one?gracePeriodSeconds=0");

        assertThat(caller.get(PODS + "/one").status()).isEqualTo(404);
    }

    @Test
    void aPodWithADeadlineFailsWhenItHasPassed() {
        caller.post(PODS, """
                {'metadata':{'name':'short'},'spec':{'activeDeadlineSeconds':1,
                 'containers':[{'name':'main','image':'a:1'}]}}""");

        ObjectNode pod = caller.await(PODS, "short", it -> Json.text(it, "status", "phase").equals("Failed"));

        assertThat(Json.text(pod, "status", "reason")).isEqualTo("DeadlineExceeded");
    }

    @Test
    void aPodThatRunsForASetTimeSucceedsWhenItIsNotRestarted() {
        caller.post(PODS, """
                {'metadata':{'name':'job','annotations':{'simulator.penstock.dev/run-seconds':'0'}},
                 'spec':{'restartPolicy':'Never','containers':[{'name':'main','image':'a:1'}]}}""");

        caller.await(PODS, "job", it -> Json.text(it, "status", "phase").equals("Succeeded"));
    }

    private List<String> reasons(String pod) {
        JsonNode events = caller.get("/api/v1/namespaces/team/events?fieldSelector=involvedObject.name%3D" + pod).body();
        return StreamSupport.stream(events.path("items").spliterator(), false)
                .map(event -> Json.text(event, "reason")).toList();
    }
}
