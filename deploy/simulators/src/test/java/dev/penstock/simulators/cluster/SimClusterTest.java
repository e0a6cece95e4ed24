package dev.penstock.simulators.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.penstock.simulators.cluster.tree.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Starting, stopping and starting again. */
class SimClusterTest {

    private static final String PODS = "/api/v1/namespaces/default/pods";

    @TempDir
    Path folder;

    @Test
    void workspacesRunOnAfterARestartWithAStateFile() throws IOException {
        SimClusterSettings settings = SimClusterSettings.quick("t").withState(folder.resolve("cluster.json"));
        JsonNode before;
        try (SimCluster cluster = SimCluster.start(settings)) {
            Caller caller = Caller.of(cluster);
            for (int index = 0; index < 4; index++) {
                caller.post(PODS, ClusterTest.pod("p-" + index, "{'nvidia.com/gpu':1}"));
                caller.await(PODS, "p-" + index, ClusterTest::isReady);
            }
            before = caller.get(PODS + "/p-0").body();
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("cluster.json"))))
                .isEqualTo("rw-------");

        try (SimCluster cluster = SimCluster.start(settings)) {
            Caller caller = Caller.of(cluster);
            ObjectNode after = caller.get(PODS + "/p-0").object();
            assertThat(after.path("status")).isEqualTo(before.path("status"));
            assertThat(Json.text(after, "metadata", "uid")).isEqualTo(Json.text(before, "metadata", "uid"));
            assertThat(Json.at(after, "metadata", "resourceVersion").asLong(0))
                    .isGreaterThan(Json.at(before, "metadata", "resourceVersion").asLong(0));
            // What they hold is still held.
            caller.post(PODS, ClusterTest.pod("one-more", "{'nvidia.com/gpu':1}"));
            caller.await(PODS, "one-more", pod -> ClusterTest.condition(pod, "PodScheduled").equals("False"));
            caller.delete(PODS + "/p-0");
            caller.await(PODS, "one-more", ClusterTest::isReady);
        }
    }

    @Test
    void withoutAStateFileItStartsEmpty() throws IOException {
        for (int start = 0; start < 2; start++) {
            try (SimCluster cluster = SimCluster.start(SimClusterSettings.quick("t"))) {
                Caller caller = Caller.of(cluster);
                assertThat(caller.get("/api/v1/pods").body().path("items")).isEmpty();
                assertThat(caller.post(PODS, ClusterTest.pod("p", "{}")).status()).isEqualTo(201);
            }
        }
    }

    @Test
    void aBrokenStateFileStopsTheStartAndSaysWhatToDo() throws IOException {
        Path file = Files.writeString(folder.resolve("cluster.json"), "{half");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> SimCluster.start(SimClusterSettings.quick("t").withState(file)))
                .withMessageContaining("remove the file to start with an empty cluster");
    }

    @Test
    void aPortThatIsTakenStopsTheStart() throws IOException {
        try (SimCluster first = SimCluster.start(SimClusterSettings.quick("t"))) {
            int port = Integer.parseInt(first.url().substring(first.url().lastIndexOf(':') + 1));
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> SimCluster.start(SimClusterSettings.lifelike(port, "t")))
                    .withMessageStartingWith("port " + port + " cannot be used");
        }
    }

    @Test
    void aKubeconfigIsForItsOwnerOnly() throws IOException {
        try (SimCluster cluster = SimCluster.start(SimClusterSettings.quick("the-token"))) {
            Path file = folder.resolve("kubeconfig");
            cluster.writeKubeconfig(file);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
            assertThat(file).content().contains("server: " + cluster.url(), "token: \"the-token\"");
        }
    }

    @Test
    void settingsThatCannotBeAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> SimClusterSettings.quick(" "))
                .withMessage("token: must be given");
        assertThatIllegalArgumentException().isThrownBy(() -> SimClusterSettings.lifelike(70000, "t"))
                .withMessageStartingWith("port: ");
        assertThatIllegalArgumentException().isThrownBy(() -> SimClusterSettings.quick("t").withHistory(0))
                .withMessageStartingWith("history: ");
    }
}
