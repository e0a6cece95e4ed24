package dev.penstock.platform.cluster.kubernetes;

import dev.penstock.frame.MissingSetting;
import dev.penstock.platform.cluster.Cluster;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The client library, set up so that it never waits longer than it is told and retries nothing by itself. */
@Configuration(proxyBeanMethods = false)
class ClusterClient {

    /** Nothing is asked of the cluster here: one that is down makes slices wait, it does not keep the program from starting. */
    @Bean(destroyMethod = "close")
    KubernetesClient kubernetesClient(ClusterSettings settings) {
        return open(settings);
    }

    @Bean
    FurtherClusters furtherClusters(Environment environment) {
        Map<String, FurtherClusters.One> named = Binder.get(environment)
                .bind(FurtherClusters.PREFIX, Bindable.mapOf(String.class, FurtherClusters.One.class), new NoUnboundElementsBindHandler(BindHandler.DEFAULT))
                .orElse(Map.of());
        return FurtherClusters.of(named);
    }

    @Bean
    Cluster cluster(KubernetesClient client, ClusterSettings settings, FurtherClusters further, Opened opened) {
        return further.beside(new KubernetesCluster(client, settings), settings, opened.clients());
    }

    /** Those of further clusters, closed with the program. */
    @Bean
    Opened furtherClients() {
        return new Opened(new ArrayList<>());
    }

    record Opened(List<KubernetesClient> clients) implements AutoCloseable {

        @Override
        public void close() {
            clients.forEach(KubernetesClient::close);
        }
    }

    static KubernetesClient open(ClusterSettings settings) {
        return open(settings, ClusterSettings.KUBECONFIG);
    }

    /** @param property which names its file */
    static KubernetesClient open(ClusterSettings settings, String property) {
        Config config = new ConfigBuilder(read(settings.kubeconfig(), property))
                .withConnectionTimeout(Math.toIntExact(settings.connectTimeout().toMillis()))
                .withRequestTimeout(Math.toIntExact(settings.requestTimeout().toMillis()))
                .withRequestRetryBackoffLimit(0)
                .withWatchReconnectInterval(Math.toIntExact(settings.watchReconnect().toMillis()))
                .withWatchReconnectLimit(-1)
                .withUserAgent("penstock")
                .build();
        return new KubernetesClientBuilder().withConfig(config).withHttpClientFactory(new JdkHttpClientFactory()).build();
    }

    private static Config read(String kubeconfig, String property) {
        try {
            return Config.fromKubeconfig(new File(kubeconfig));
        } catch (RuntimeException e) {
            throw new MissingSetting(property + " (a valid file)", kubeconfig + " is not a kubeconfig: " + e.getMessage());
        }
    }
}
