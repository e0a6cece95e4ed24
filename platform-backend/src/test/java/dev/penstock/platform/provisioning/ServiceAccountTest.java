package dev.penstock.platform.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.contract.platform.SliceState;
import dev.penstock.platform.slice.Serving;
import dev.penstock.platform.slice.SliceKey;
import dev.penstock.simulators.cluster.api.AuditLog;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The role that we ask an administrator of the cluster for is what we use: no verb less, and none more. */
class ServiceAccountTest {

    private static final Path ROLE = Path.of("../deploy/kubernetes/service-account.yaml");
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Test
    void theRoleAllowsWhatIsAskedForAndNothingElse() throws IOException {
        try (SliceBench bench = SliceBench.running("--penstock.provisioning.sweep-every=200ms")) {
            live(bench, bench.queued(SliceBench.SEVENTH));
            SliceKey model = bench.endpoint();
            live(bench, model);
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

    private static Set<String> allowed() throws IOException {
        KubernetesSerialization yaml = new KubernetesSerialization();
        Object documents = yaml.unmarshal(Files.readString(ROLE));
        return ((Collection<?>) documents).stream()
                .filter(ClusterRole.class::isInstance)
                .flatMap(role -> ((ClusterRole) role).getRules().stream())
                .flatMap(rule -> rule.getResources().stream().flatMap(resource -> rule.getVerbs().stream().map(verb -> verb + " " + resource)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** A server-side apply is a patch; of what is not there it also needs to be allowed to create it. */
    private static Set<String> asked(SliceBench bench) {
        return bench.simulated.auditLog().entries().stream()
                .flatMap(ServiceAccountTest::needed)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> needed(AuditLog.Entry entry) {
        String itself = entry.verb() + " " + entry.resource();
        return entry.verb().equals("patch") ? Stream.of(itself, "create " + entry.resource()) : Stream.of(itself);
    }
}
