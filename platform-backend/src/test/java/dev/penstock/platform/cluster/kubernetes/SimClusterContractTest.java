package dev.penstock.platform.cluster.kubernetes;

import dev.penstock.simulators.cluster.SimCluster;
import dev.penstock.simulators.cluster.SimClusterSettings;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract, kept by the simulated cluster. */
class SimClusterContractTest extends ClusterContract {

    @TempDir
    static Path folder;

    private static SimCluster simulated;

    @BeforeAll
    static void start() throws IOException {
        simulated = SimCluster.start(SimClusterSettings.quick("contract"));
        simulated.writeKubeconfig(folder.resolve("kubeconfig"));
    }

    @AfterAll
    static void stop() {
        simulated.close();
    }

    @Override
    Path kubeconfig() {
        return folder.resolve("kubeconfig");
    }

    @Override
    void disturbWatches() {
        simulated.compactHistory();
        simulated.cutWatches();
    }
}
