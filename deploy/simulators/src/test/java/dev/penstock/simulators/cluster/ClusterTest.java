package dev.penstock.simulators.cluster;

import dev.penstock.simulators.cluster.tree.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A fresh cluster with one namespace for each test. */
abstract class ClusterTest {

    static final String PODS = "/api/v1/namespaces/team/pods";
    static final String NAMESPACES = "/api/v1/namespaces";

    SimCluster cluster;
    Caller caller;

    @BeforeEach
    void start() throws IOException {
        cluster = SimCluster.start(settings());
        caller = Caller.of(cluster);
        namespace("team", "{}");
        // What every namespace gets a moment later must not turn up in the middle of a test.
        caller.await("/api/v1/namespaces/team/configmaps", "kube-root-ca.crt", map -> true);
    }

    SimClusterSettings settings() {
        return SimClusterSettings.quick(UUID.randomUUID().toString()).withBookmarks(Duration.ofMillis(100));
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    void namespace(String name, String labels) {
        caller.post(NAMESPACES, "{'metadata':{'name':'" + name + "','labels':" + labels + "}}");
    }

    /** A pod of one container that asks for these limits. */
    static String pod(String name, String limits) {
        return pod(name, limits, "{}");
    }

    static String pod(String name, String limits, String labels) {
        return """
                {'apiVersion':'v1','kind':'Pod','metadata':{'name':'%s','labels':%s},
                 'spec':{'terminationGracePeriodSeconds':1,'containers':[{'name':'main','image':'registry.example/shell:1',
                 'resources':{'limits':%s}}]}}""".formatted(name, labels, limits);
    }

    static boolean isReady(JsonNode object) {
        return condition(object, "Ready").equals("True");
    }

    static String condition(JsonNode object, String type) {
        ObjectNode condition = Json.find(Json.at(object, "status", "conditions"), "type", type);
        return condition == null ? "" : Json.text(condition, "status");
    }

    static String conditionMessage(JsonNode object, String type) {
        ObjectNode condition = Json.find(Json.at(object, "status", "conditions"), "type", type);
        return condition == null ? "" : Json.text(condition, "message");
    }

    static String waiting(JsonNode pod) {
        return Json.text(Json.at(pod, "status", "containerStatuses").path(0), "state", "waiting", "reason");
    }
}
