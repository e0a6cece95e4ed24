package dev.penstock.platform.provisioning;

import dev.penstock.simulators.cluster.SimCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Kueue on the bench's cluster, with one queue. What an administrator of the cluster does, past the program. */
final class KueueOnBench {

    static final String QUEUE = "gpus";
    static final String RESOURCE = "nvidia.com/mig-1g.18gb";
    static final int ALL = 7;

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private KueueOnBench() {}

    static void install(SimCluster simulated) {
        simulated.kueue().install(true);
        apply(simulated, ALL);
    }

    /** So many parts may be had at once. */
    static void quota(SliceBench bench, int parts) {
        apply(bench.simulated, parts);
    }

    private static void apply(SimCluster simulated, int parts) {
        String queue = """
                {"spec": {"queueingStrategy": "BestEffortFIFO", "resourceGroups": [{"coveredResources": ["cpu", "memory", "%1$s"], "flavors": [{"name": "h200", "resources": [
                  {"name": "cpu", "nominalQuota": "1k"}, {"name": "memory", "nominalQuota": "4Ti"}, {"name": "%1$s", "nominalQuota": "%2$d"}]}]}]}}""".formatted(RESOURCE, parts);
        send(simulated, "clusterqueues/" + QUEUE + "?fieldManager=admin&force=true", "PATCH", queue);
    }

    /** Of the bench's project. */
    static void deleteLocalQueue(SliceBench bench) {
        send(bench.simulated, "namespaces/" + bench.namespace() + "/localqueues/" + QUEUE, "DELETE", "");
    }

    private static void send(SimCluster simulated, String path, String method, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(simulated.url() + "/apis/kueue.x-k8s.io/v1beta2/" + path))
                .header("Authorization", "Bearer " + simulated.token())
                .header("Content-Type", "application/apply-patch+yaml")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new AssertionError(answer.body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
