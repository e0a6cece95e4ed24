package dev.penstock.platform.cluster.kubernetes;

import dev.penstock.frame.MissingSetting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The cluster and how long it may take.
 *
 * @param kubeconfig file with its address and our credentials; its current context is used
 * @param connectTimeout until a connection stands
 * @param requestTimeout until an answer is complete; watches are not bounded by it
 * @param watchReconnect pause before a broken watch is opened again
 * @param mig where the MIG manager reads how GPUs are to be cut
 */
@ConfigurationProperties(prefix = "penstock.cluster", ignoreUnknownFields = false)
record ClusterSettings(
        String kubeconfig,
        @DefaultValue("3s") Duration connectTimeout,
        @DefaultValue("10s") Duration requestTimeout,
        @DefaultValue("1s") Duration watchReconnect,
        @DefaultValue Mig mig) {

    /**
     * @param namespace of the GPU operator
     * @param configMap which the operator's setting {@code migManager.config.name} names, with a {@code config.yaml} in mig-parted's format
     */
    record Mig(@DefaultValue("gpu-operator") String namespace, @DefaultValue("custom-mig-config") String configMap) {}

    static final String KUBECONFIG = "penstock.cluster.kubeconfig";

    ClusterSettings {
        requireReadable(kubeconfig, KUBECONFIG);
    }

    /** The same for another cluster. */
    ClusterSettings of(String otherKubeconfig, String property) {
        requireReadable(otherKubeconfig, property);
        return new ClusterSettings(otherKubeconfig, connectTimeout, requestTimeout, watchReconnect, mig);
    }

    private static void requireReadable(String kubeconfig, String property) {
        String next = "Set it to a kubeconfig file that this program may read.";
        Path file = Path.of(MissingSetting.require(kubeconfig, property, next));
        if (!Files.isReadable(file)) {
            throw new MissingSetting(property + " (a readable file)", file + " is not there or may not be read. " + next);
        }
    }
}
