package dev.penstock.platform.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.frame.MissingSetting;
import java.nio.file.Path;
import java.time.Duration;
import dev.penstock.platform.cluster.Cluster;
import dev.penstock.platform.cluster.ClusterFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;

/** What the configuration of several clusters may say. */
class FurtherClustersTest {

    private static final ClusterSettings FIRST = new ClusterSettings(
            Path.of("pom.xml").toString(), Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1), new ClusterSettings.Mig("gpu-operator", "custom"));

    @Test
    void eachHasANameAndAFile() {
        MockEnvironment environment = new MockEnvironment()
                .withProperty("penstock.clusters.east.kubeconfig", "/one")
                .withProperty("penstock.clusters.north-2.kubeconfig", "/two");
        assertThat(new ClusterClient().furtherClusters(environment).kubeconfigs()).isEqualTo(Map.of("east", "/one", "north-2", "/two"));
        assertThat(new ClusterClient().furtherClusters(new MockEnvironment()).kubeconfigs()).isEmpty();
    }

    @Test
    void aSettingThatNobodyKnowsStopsTheStart() {
        MockEnvironment environment = new MockEnvironment()
                .withProperty("penstock.clusters.east.kubeconfig", "/one")
                .withProperty("penstock.clusters.east.kubecnofig", "/two");
        assertThatThrownBy(() -> new ClusterClient().furtherClusters(environment)).hasStackTraceContaining("kubecnofig");
    }

    @ParameterizedTest
    @ValueSource(strings = {"East", "2east", "east-", "ea:st", "ea/st", "", "a1234567890123456789012345678901"})
    void otherNamesAreRefused(String name) {
        assertThatThrownBy(() -> new FurtherClusters(Map.of(name, "/one"))).isInstanceOf(MissingSetting.class).hasMessageContaining("\"" + name + "\" is no name");
    }

    @Test
    void whatIsCountedTwiceIsRefused() {
        assertThatThrownBy(() -> new FurtherClusters(Map.of("a", "/one", "b", "/one"))).isInstanceOf(MissingSetting.class).hasMessageContaining("counted twice");
        FurtherClusters first = new FurtherClusters(Map.of("a", FIRST.kubeconfig()));
        assertThatThrownBy(() -> first.beside(new FurtherCluster("x", new SeveralClusters(List.of())), FIRST, new ArrayList<>()))
                .isInstanceOf(MissingSetting.class).hasMessageContaining("counted twice");
    }

    /** Its names are not asked of the first cluster, which would say that there is nothing of the kind. */
    @Test
    void whatIsInAClusterThatWasTakenOutIsNotSeenAndNotGone() {
        Cluster left = new FurtherClusters(Map.of()).beside(new SeveralClusters(List.of()), FIRST, new ArrayList<>());
        assertThatThrownBy(() -> left.podsOfSlice("east:namespace", "slice"))
                .isInstanceOfSatisfying(ClusterFailure.class, failure -> assertThat(failure.kind()).isEqualTo(ClusterFailure.Kind.UNAVAILABLE));
    }

    @Test
    void aFileThatIsNotThereIsSaidWithItsSetting() {
        FurtherClusters missing = new FurtherClusters(Map.of("east", "/nowhere/at/all"));
        assertThatThrownBy(() -> missing.beside(new SeveralClusters(List.of()), FIRST, new ArrayList<>()))
                .isInstanceOf(MissingSetting.class).hasMessageContaining("penstock.clusters.east.kubeconfig").hasMessageContaining("/nowhere/at/all");
    }
}
