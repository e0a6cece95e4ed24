package dev.penstock.platform.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.platform.cluster.Cluster;
import dev.penstock.platform.running.Answer;
import dev.penstock.platform.running.RunningPlatform;
import dev.penstock.platform.running.Tenancy;
import dev.penstock.platform.slice.Installation;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * The whole life of a workspace of each kind that a named cluster offers: its API server judges every manifest, its admission and its quota
 * every pod, its scheduler every place. What such a cluster needs, without any GPU, stands in docs/operations/cluster.md.
 */
@EnabledIfEnvironmentVariable(named = "PENSTOCK_TEST_KUBECONFIG", matches = ".+", disabledReason = "no cluster is named by PENSTOCK_TEST_KUBECONFIG")
class NamedClusterTest {

    private static final Logger log = LoggerFactory.getLogger(NamedClusterTest.class);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Test
    void aSliceOfEachKindIsBroughtUpAndReleased() {
        String installation = "penstock-test-" + UUID.randomUUID().toString().substring(0, 8);
        try (RunningPlatform platform = RunningPlatform.start(
                "--penstock.cluster.kubeconfig=" + System.getenv("PENSTOCK_TEST_KUBECONFIG"), "--penstock.installation.name=" + installation)) {
            Tenancy tenancy = platform.tenancy();
            tenancy.setPolicy(Long.MAX_VALUE / 4, Duration.ofDays(1).toSeconds());
            try {
                Map<String, String> profiles = await("a node that offers a part of a GPU").atMost(PATIENCE).until(() -> offered(tenancy), offered -> !offered.isEmpty());
                log.info("one of each kind that the cluster offers: {}", profiles);
                profiles.values().forEach(profile -> live(tenancy, profile));
            } finally {
                String namespace = platform.context().getBean(Installation.class).namespace(tenancy.project());
                platform.context().getBean(KubernetesClient.class).namespaces().withName(namespace).delete();
            }
        }
    }

    /** A profile of each kind of which something is free. */
    private static Map<String, String> offered(Tenancy tenancy) {
        Map<String, String> byKind = new LinkedHashMap<>();
        for (JsonNode profile : tenancy.platform().get(tenancy.path() + "/slice-profiles", tenancy.member("ada")).body()) {
            if (profile.path("free").asInt() > 0) {
                byKind.putIfAbsent(profile.path("kind").asString(), profile.path("id").asString());
            }
        }
        return byKind;
    }

    private static void live(Tenancy tenancy, String profile) {
        RunningPlatform platform = tenancy.platform();
        platform.quota().reservations().unlimited(profile);
        UUID id = platform.nextId();
        Answer asked = platform.put(
                tenancy.requests() + id, tenancy.member("ada"), Tenancy.request("life-" + id.getLeastSignificantBits(), profile, Duration.ofHours(1).toSeconds()));
        assertThat(asked.text("state")).as(asked.toString()).isEqualTo("APPROVED");
        String slice = tenancy.path() + "/slices/" + id;
        JsonNode ready = becomes(tenancy, slice, "READY");
        assertThat(ready.path("node").asString()).as("%s: where it is", profile).isNotEmpty();
        assertThat(platform.post(slice + "/release", tenancy.member("ada"), Map.of()).status()).isEqualTo(200);
        becomes(tenancy, slice, "RELEASED");
        assertThat(platform.context().getBean(Cluster.class).podsOfSlice(platform.context().getBean(Installation.class).namespace(tenancy.project()), id.toString()))
                .as("%s: pods left", profile).isEmpty();
    }

    private static JsonNode becomes(Tenancy tenancy, String slice, String state) {
        return await(slice + " " + state).atMost(PATIENCE)
                .until(() -> tenancy.platform().get(slice, tenancy.member("ada")).body().path("slice"), seen -> seen.path("state").asString().equals(state));
    }
}
