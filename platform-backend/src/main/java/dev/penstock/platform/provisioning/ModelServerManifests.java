package dev.penstock.platform.provisioning;

import dev.penstock.contract.SliceId;
import dev.penstock.platform.catalog.SliceProfile;
import dev.penstock.platform.cluster.Manifest;
import dev.penstock.platform.cluster.Marks;
import dev.penstock.platform.fit.Fit;
import dev.penstock.platform.slice.Serving;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A model server on a part of a GPU, reachable by the gateway alone. Pure. Its service, secret and policy are the slice's; its deployment is
 * one phase's.
 */
final class ModelServerManifests {

    static final int PORT = 8000;
    /** Names the value within the secret. */
    static final String KEY = "api-key";
    /** Where Kubernetes says of a pod which deployment it is of; a phase is one deployment. */
    private static final String INSTANCE = "app.kubernetes.io/instance";
    private static final String CACHE = "/cache";
    private static final int PROBE_SECONDS = 2;

    private ModelServerManifests() {}

    /** What the slice's service, secret and policy are called. */
    static String name(SliceId slice) {
        return "serving-" + slice;
    }

    static Manifest secret(String namespace, String name, Marks marks, String key) {
        String encoded = Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
        return Manifest.of("v1", "Secret", namespace, name, marks, Map.of("type", "Opaque", "immutable", true, "data", Map.of(KEY, encoded)));
    }

    static Manifest service(String namespace, String name, Marks marks) {
        return Manifest.of("v1", "Service", namespace, name, marks, Map.of("spec", Map.of(
                "type", "ClusterIP",
                "selector", ofSlice(marks),
                "ports", List.of(Map.of("name", "http", "protocol", "TCP", "port", PORT, "targetPort", "http")))));
    }

    /** Nothing else reaches anything in the namespace, and nothing in it reaches out: see the namespace's own policy. */
    static Manifest policy(String namespace, String name, Marks marks, ProvisioningSettings.Serving settings) {
        Map<String, Object> gateway = Map.of(
                "namespaceSelector", Map.of("matchLabels", Map.of("kubernetes.io/metadata.name", settings.gatewayNamespace())),
                "podSelector", Map.of("matchLabels", Map.of("app.kubernetes.io/name", settings.gatewayApp())));
        Map<String, Object> spec = new TreeMap<>(Map.of(
                "podSelector", Map.of("matchLabels", ofSlice(marks)),
                "policyTypes", List.of("Ingress"),
                "ingress", List.of(Map.of("from", List.of(gateway), "ports", List.of(Map.of("protocol", "TCP", "port", PORT))))));
        if (!settings.hubNetworks().isEmpty()) {
            spec.put("policyTypes", List.of("Ingress", "Egress"));
            List<Object> hub = settings.hubNetworks().stream().map(network -> (Object) Map.of("ipBlock", Map.of("cidr", network))).toList();
            spec.put("egress", List.of(Map.of("to", hub, "ports", List.of(Map.of("protocol", "TCP", "port", 443)))));
        }
        return Manifest.of("networking.k8s.io/v1", "NetworkPolicy", namespace, name, marks, Map.of("spec", spec));
    }

    /**
     * One pod, and never two: the old one goes before the new one comes. The pod's marks carry no fence, since a fence that grows would be
     * a new template and so a new pod.
     */
    static Manifest deployment(
            String namespace, String name, Marks marks, SliceProfile profile, Serving serving, String secret, ProvisioningSettings.Serving settings) {
        Marks ofPod = new Marks(marks.installation(), marks.tenant(), marks.project(), marks.uid(), marks.slice(), marks.phase(), 0);
        Map<String, Object> labels = new TreeMap<>(ofPod.labels());
        labels.put(INSTANCE, name);
        Map<String, Object> selector = new TreeMap<>(ofSlice(marks));
        selector.put(INSTANCE, name);
        return Manifest.of("apps/v1", "Deployment", namespace, name, marks, Map.of("spec", Map.of(
                "replicas", 1,
                "revisionHistoryLimit", 0,
                "strategy", Map.of("type", "Recreate"),
                "selector", Map.of("matchLabels", selector),
                "template", Map.of(
                        "metadata", Map.of("labels", labels, "annotations", ofPod.annotations()),
                        "spec", pod(profile, marks, name, serving, secret, settings)))));
    }

    private static Map<String, Object> pod(SliceProfile profile, Marks marks, String name, Serving serving, String secret, ProvisioningSettings.Serving settings) {
        List<Map<String, Object>> volumes = List.of(
                Map.of("name", "cache", "emptyDir", Map.of("sizeLimit", settings.cache())),
                Map.of("name", "shm", "emptyDir", Map.of("medium", "Memory", "sizeLimit", settings.sharedMemory())));
        List<Map<String, Object>> mounts = List.of(Map.of("name", "cache", "mountPath", CACHE), Map.of("name", "shm", "mountPath", "/dev/shm"));
        Map<String, Object> container =
                RestrictedPod.container(profile, settings.cpu(), settings.memory(), mounts, engine(serving, secret, settings));
        return RestrictedPod.spec(profile, marks.tenant(), name, container, volumes, settings.user(), settings.grace());
    }

    private static Map<String, Object> engine(Serving serving, String secret, ProvisioningSettings.Serving settings) {
        Map<String, Object> healthy = Map.of("path", "/health", "port", "http");
        return Map.of(
                "name", "engine",
                "image", settings.image(),
                "command", List.of("vllm", "serve", serving.weights()),
                "args", arguments(serving),
                "env", environment(secret, settings),
                "ports", List.of(Map.of("name", "http", "containerPort", PORT, "protocol", "TCP")),
                // While it loads nobody restarts it: for how long it may, the reconciler decides, which counts from its placement.
                "startupProbe", Map.of("httpGet", healthy, "periodSeconds", PROBE_SECONDS, "failureThreshold", settings.startProbes()),
                "readinessProbe", Map.of("httpGet", healthy, "periodSeconds", PROBE_SECONDS, "failureThreshold", 3, "timeoutSeconds", 2));
    }

    private static List<Object> arguments(Serving serving) {
        List<Object> arguments = new ArrayList<>(List.of(
                "--served-model-name", serving.servedName(),
                "--max-model-len", Long.toString(serving.contextTokens()),
                "--gpu-memory-utilization", "0." + Fit.UTILISATION_PERCENT,
                "--max-num-seqs", Integer.toString(Fit.MOST_SEQUENCES),
                "--port", Integer.toString(PORT)));
        arguments.addAll(serving.args());
        return arguments;
    }

    /** The stock image writes where {@code HOME} and these say; its root file system is read-only here. */
    private static List<Object> environment(String secret, ProvisioningSettings.Serving settings) {
        List<Object> environment = new ArrayList<>(List.of(
                Map.of("name", "VLLM_API_KEY", "valueFrom", Map.of("secretKeyRef", Map.of("name", secret, "key", KEY))),
                Map.of("name", "HOME", "value", CACHE),
                Map.of("name", "HF_HOME", "value", CACHE + "/huggingface"),
                Map.of("name", "XDG_CACHE_HOME", "value", CACHE + "/xdg"),
                Map.of("name", "TRITON_CACHE_DIR", "value", CACHE + "/triton"),
                Map.of("name", "VLLM_CACHE_ROOT", "value", CACHE + "/vllm"),
                Map.of("name", "VLLM_NO_USAGE_STATS", "value", "1")));
        if (!settings.hub().isEmpty()) {
            environment.add(Map.of("name", "HF_ENDPOINT", "value", settings.hub()));
        }
        return environment;
    }

    private static Map<String, Object> ofSlice(Marks marks) {
        return Map.of(Marks.SLICE, String.valueOf(marks.slice()));
    }
}
