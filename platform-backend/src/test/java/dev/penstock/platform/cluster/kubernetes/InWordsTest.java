package dev.penstock.platform.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.penstock.platform.cluster.ClusterFailure;
import dev.penstock.simulators.cluster.SimCluster;
import dev.penstock.simulators.cluster.SimClusterSettings;
import dev.penstock.simulators.cluster.fault.Fault;
import dev.penstock.simulators.cluster.fault.Fault.RequestMatch;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a cluster that fails is said to be, and that nobody waits for it longer than was said. */
class InWordsTest {

    @TempDir
    static Path folder;

    private static SimCluster simulated;
    private static KubernetesClient client;

    @BeforeAll
    static void start() throws IOException {
        simulated = SimCluster.start(SimClusterSettings.quick("words"));
        simulated.writeKubeconfig(folder.resolve("kubeconfig"));
        client = open(folder.resolve("kubeconfig"));
    }

    @AfterAll
    static void stop() {
        client.close();
        simulated.close();
    }

    @AfterEach
    void worksAgain() {
        simulated.faults().liftAll();
    }

    @ParameterizedTest(name = "{0} → {2}")
    @CsvSource(delimiter = '|', textBlock = """
            # status | retry | kind        | seconds | sentence
              500    | 0     | UNAVAILABLE |         | The cluster answers with error 500 while listing nodes.
              503    | 0     | UNAVAILABLE |         | The cluster answers with error 503 while listing nodes.
              429    | 3     | BUSY        | 3       | The cluster is busy.
              401    | 0     | REFUSED     |         | The cluster does not accept Penstock's credentials.
            """)
    void anAnswerHasAMeaningAndASentence(int status, int retryAfter, ClusterFailure.Kind kind, @Nullable Integer seconds, String sentence) {
        simulated.faults().add(new Fault.Answer(RequestMatch.ANY, status, retryAfter));
        ClusterFailure failure = nodes(client);
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.sentence()).isEqualTo(sentence);
        assertThat(failure.retryAfter()).isEqualTo(seconds == null ? null : Duration.ofSeconds(seconds));
    }

    @Test
    void aDroppedConnectionIsNoAnswer() {
        simulated.faults().add(new Fault.ApiDown(true));
        assertThat(nodes(client)).extracting(ClusterFailure::kind, ClusterFailure::sentence)
                .containsExactly(ClusterFailure.Kind.UNAVAILABLE, "The cluster does not answer.");
    }

    @Test
    void aRefusedConnectionIsNoAnswer() throws IOException {
        Path nowhere = folder.resolve("nowhere");
        Files.writeString(nowhere, Files.readString(folder.resolve("kubeconfig")).replace(simulated.url(), "http://127.0.0.1:1"));
        try (KubernetesClient lost = open(nowhere)) {
            assertThat(nodes(lost)).extracting(ClusterFailure::kind, ClusterFailure::sentence)
                    .containsExactly(ClusterFailure.Kind.UNAVAILABLE, "The cluster does not answer.");
        }
    }

    @Test
    void nobodyWaitsLongerThanTheTimeout() {
        simulated.faults().add(new Fault.Slow(RequestMatch.ANY, Duration.ofSeconds(30)));
        long begun = System.nanoTime();
        assertThat(nodes(client).kind()).isEqualTo(ClusterFailure.Kind.UNAVAILABLE);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    }

    private static ClusterFailure nodes(KubernetesClient client) {
        return catchThrowableOfType(ClusterFailure.class, () -> new KubernetesCluster(client, settings(Path.of("pom.xml"))).nodes());
    }

    private static KubernetesClient open(Path kubeconfig) {
        return ClusterClient.open(settings(kubeconfig));
    }

    private static ClusterSettings settings(Path kubeconfig) {
        return new ClusterSettings(
                kubeconfig.toString(), Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(1), new ClusterSettings.Mig("gpu-operator", "custom-mig-config"));
    }
}
