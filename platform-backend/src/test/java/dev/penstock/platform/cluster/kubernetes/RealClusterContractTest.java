package dev.penstock.platform.cluster.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The contract, kept by a real cluster: the one whose kubeconfig {@code PENSTOCK_TEST_KUBECONFIG} names, or K3s where a container engine
 * runs. Skipped where there is neither; the log says which it was.
 */
class RealClusterContractTest extends ClusterContract {

    private static final Logger log = LoggerFactory.getLogger(RealClusterContractTest.class);
    private static final String NAMED = "PENSTOCK_TEST_KUBECONFIG";
    private static final String CLUSTER_QUEUE = "PENSTOCK_TEST_CLUSTER_QUEUE";

    @TempDir
    static Path folder;

    private static @Nullable K3sContainer k3s;
    private static @Nullable Path file;

    @BeforeAll
    static void find() throws IOException {
        Optional<String> named = Optional.ofNullable(System.getenv(NAMED)).filter(name -> !name.isBlank());
        if (named.isPresent()) {
            log.info("cluster contract: the cluster of {}", NAMED);
            file = Path.of(named.get());
        } else if (containerEngineRuns()) {
            log.info("cluster contract: K3s, by Testcontainers");
            k3s = new K3sContainer(DockerImageName.parse("rancher/k3s:v1.36.2-k3s1"));
            k3s.start();
            file = Files.writeString(folder.resolve("kubeconfig"), k3s.getKubeConfigYaml());
        } else {
            log.info("cluster contract: no real cluster ({} is not set and no container engine runs); the simulated one only", NAMED);
        }
        Assumptions.assumeTrue(file != null, "no real cluster here");
    }

    @AfterAll
    static void stop() {
        if (k3s != null) {
            k3s.stop();
        }
    }

    @Override
    Path kubeconfig() {
        return Objects.requireNonNull(file);
    }

    @Override
    String clusterQueue() {
        return Objects.requireNonNullElse(System.getenv(CLUSTER_QUEUE), "");
    }

    /** A real API server restarts its watches by itself every few minutes; it cannot be asked to from here. */
    @Override
    void disturbWatches() {}

    private static boolean containerEngineRuns() {
        try {
            return DockerClientFactory.instance().isDockerAvailable();
        } catch (RuntimeException | LinkageError e) {
            log.debug("no container engine", e);
            return false;
        }
    }
}
