package dev.penstock.platform.cluster.kubernetes;

import dev.penstock.frame.MissingSetting;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.File;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The client library, set up so that it never waits longer than it is told and retries nothing by itself. */
@Configuration(proxyBeanMethods = false)
class ClusterClient {

    /** Nothing is asked of the cluster here: one that is down makes slices wait, it does not keep the program from starting. */
    @Bean(destroyMethod = "close")
    KubernetesClient kubernetesClient(ClusterSettings settings) {
        return open(settings);
    }

    static KubernetesClient open(ClusterSettings settings) {
        Config config = new ConfigBuilder(read(settings.kubeconfig()))
                .withConnectionTimeout(Math.toIntExact(settings.connectTimeout().toMillis()))
                .withRequestTimeout(Math.toIntExact(settings.requestTimeout().toMillis()))
                .withRequestRetryBackoffLimit(0)
                .withWatchReconnectInterval(Math.toIntExact(settings.watchReconnect().toMillis()))
                .withWatchReconnectLimit(-1)
                .withUserAgent("penstock")
                .build();
        return new KubernetesClientBuilder().withConfig(config).withHttpClientFactory(new JdkHttpClientFactory()).build();
    }

    private static Config read(String kubeconfig) {
        try {
            return Config.fromKubeconfig(new File(kubeconfig));
        } catch (RuntimeException e) {
            throw new MissingSetting("penstock.cluster.kubeconfig (a valid file)", kubeconfig + " is not a kubeconfig: " + e.getMessage());
        }
    }
}
