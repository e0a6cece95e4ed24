package dev.penstock.platform.provisioning;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;

/** Pods on the cluster that are not ours and that we do not count. */
final class Strangers {

    private static final String NAMESPACE = "strangers";
    private static final String SEVENTH = "nvidia.com/mig-1g.10gb";
    private static final int ALL = 14;

    private final SliceBench bench;

    private Strangers(SliceBench bench) {
        this.bench = bench;
    }

    static Strangers takeEverySeventh(SliceBench bench) {
        try (KubernetesClient client = client(bench)) {
            client.resource(new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build()).serverSideApply();
            for (int i = 0; i < ALL; i++) {
                client.resource(pod("stranger-" + i, SEVENTH, "1")).create();
            }
            bench.waitFor(() -> client.pods().inNamespace(NAMESPACE).list().getItems().stream().filter(pod -> pod.getSpec().getNodeName() != null).count() == ALL);
        }
        return new Strangers(bench);
    }

    /** Of nodes; nothing else finds a place there then. */
    static Strangers takeEveryProcessor(SliceBench bench, String... nodes) {
        try (KubernetesClient client = client(bench)) {
            client.resource(new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build()).serverSideApply();
            for (String node : nodes) {
                client.resource(new PodBuilder(pod("on-" + node, "cpu", "96")).editSpec().addToNodeSelector("kubernetes.io/hostname", node).endSpec().build()).create();
            }
            bench.waitFor(() -> client.pods().inNamespace(NAMESPACE).list().getItems().stream().filter(pod -> pod.getSpec().getNodeName() != null).count() == nodes.length);
        }
        return new Strangers(bench);
    }

    void leave() {
        try (KubernetesClient client = client(bench)) {
            client.pods().inNamespace(NAMESPACE).withGracePeriod(0).delete();
            bench.waitFor(() -> client.pods().inNamespace(NAMESPACE).list().getItems().isEmpty());
        }
    }

    static KubernetesClient client(SliceBench bench) {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder().withMasterUrl(bench.simulated.url()).withOauthToken(bench.simulated.token()).build())
                .withHttpClientFactory(new JdkHttpClientFactory())
                .build();
    }

    private static Pod pod(String name, String resource, String amount) {
        return new PodBuilder()
                .withNewMetadata().withName(name).withNamespace(NAMESPACE).endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("c")
                .withImage("registry.example/stranger:1")
                .withNewResources().addToLimits(resource, new Quantity(amount)).addToRequests(resource, new Quantity(amount)).endResources()
                .endContainer()
                .endSpec()
                .build();
    }
}
