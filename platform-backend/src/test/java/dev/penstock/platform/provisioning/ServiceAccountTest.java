package dev.penstock.platform.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.contract.platform.SliceState;
import dev.penstock.platform.running.Answer;
import dev.penstock.platform.slice.Serving;
import dev.penstock.platform.slice.SliceKey;
import dev.penstock.simulators.cluster.api.AuditLog;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The role that we ask an administrator of the cluster for is what we use: no verb less, and none more. */
class ServiceAccountTest {

    private static final Path ROLE = Path.of("../deploy/kubernetes/service-account.yaml");
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Test
    void theRoleAllowsWhatIsAskedForAndNothingElse() throws IOException {
        try (SliceBench bench = SliceBench.running("--penstock.provisioning.sweep-every=200ms")) {
            live(bench, bench.queued(SliceBench.SEVENTH));
            live(bench, bench.queued(SliceBench.CLAIMED));
            KueueOnBench.quota(bench, 0);
            live(bench, waited(bench, bench.queued(SliceBench.BY_KUEUE)));
            live(bench, bench.workspace());
            SliceKey model = bench.endpoint();
            live(bench, model);
            cutAnew(bench);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(asked(bench)).isEqualTo(allowed()));
        }
    }

    /** Comes up, is looked at by people, and goes. */
    private static void live(SliceBench bench, SliceKey key) {
        await().atMost(PATIENCE).until(() -> bench.state(key) == SliceState.READY);
        Serving serving = bench.slice(key).approved().serving();
        if (serving != null) {
            String path = bench.tenancy.path() + "/endpoints/" + serving.endpoint();
            Stream.of("", "/log").forEach(part -> assertThat(bench.platform.get(path + part, bench.tenancy.member("ada")).status()).isEqualTo(200));
        }
        bench.release(key);
        await().atMost(PATIENCE).until(() -> bench.state(key) == SliceState.RELEASED);
    }

    /** Kueue is asked why it waits. */
    private static SliceKey waited(SliceBench bench, SliceKey key) {
        await().atMost(PATIENCE).until(() -> String.valueOf(bench.slice(key).standing().reason()).contains("Kueue's queue gpus: couldn't"));
        KueueOnBench.quota(bench, KueueOnBench.ALL);
        return key;
    }

    /** A node is cordoned, emptied, cut and uncordoned for somebody who waits. */
    private static void cutAnew(SliceBench bench) {
        SliceKey wide = bench.queued("h100-80.1g.20gb");
        // Nothing is proposed while somebody's pod was last seen going.
        JsonNode shown = await().atMost(PATIENCE).until(() -> bench.platform.get("/api/fleet/repack?mostStopped=0", bench.platform.admin()).body(), proposal -> !proposal.path("recuts").isEmpty());
        Answer made = bench.platform.put("/api/fleet/repacks/" + bench.platform.nextId(), bench.platform.admin(), Map.of(
                "mostStopped", 0, "fingerprint", shown.path("fingerprint").asString(), "nodes", List.of(shown.path("recuts").get(0).path("node").asString()), "stopped", List.of(),
                "noticeSeconds", 0));
        assertThat(made.status()).as(made.toString()).isEqualTo(200);
        live(bench, wide);
    }

    private static Set<String> allowed() throws IOException {
        KubernetesSerialization yaml = new KubernetesSerialization();
        Object documents = yaml.unmarshal(Files.readString(ROLE));
        return ((Collection<?>) documents).stream()
                .flatMap(document -> document instanceof ClusterRole cluster ? cluster.getRules().stream() : document instanceof Role role ? role.getRules().stream() : Stream.of())
                .flatMap(rule -> rule.getResources().stream().flatMap(resource -> rule.getVerbs().stream().map(verb -> verb + " " + resource)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** A server-side apply is a patch; of what is not there it also needs to be allowed to create it. */
    private static Set<String> asked(SliceBench bench) {
        // The cluster queue is an administrator's.
        return bench.simulated.auditLog().entries().stream()
                .filter(entry -> !entry.resource().equals("clusterqueues"))
                .flatMap(ServiceAccountTest::needed)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> needed(AuditLog.Entry entry) {
        String itself = entry.verb() + " " + entry.resource();
        // Nodes are not applied: what is not there is left alone.
        return entry.verb().equals("patch") && !entry.resource().equals("nodes") ? Stream.of(itself, "create " + entry.resource()) : Stream.of(itself);
    }
}
