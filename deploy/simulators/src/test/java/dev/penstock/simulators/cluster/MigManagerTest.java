package dev.penstock.simulators.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.simulators.cluster.fault.Fault;
import dev.penstock.simulators.cluster.tree.Json;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class MigManagerTest extends ClusterTest {

    private static final String NODES = "/api/v1/nodes";
    private static final String CONFIGS = "/api/v1/namespaces/gpu-operator/configmaps/custom-mig-config";
    private static final String CONFIG = "nvidia.com/mig.config";
    private static final String STATE = "nvidia.com/mig.config.state";

    @BeforeEach
    void someConfigurations() {
        configure("""
                mixed:
                    - devices: [0, 2]
                      mig-enabled: true
                      mig-devices: {"3g.40gb": 1, "1g.10gb": 4}
                    - devices: [1]
                      mig-enabled: true
                      mig-devices:
                        "1g.10gb+me": 1
                """);
    }

    @Test
    void aNodeIsCutAsItsLabelSaysAndOffersThat() {
        label("gpu-01", "mixed");
        ObjectNode node = caller.await(NODES, "gpu-01", it -> state(it).equals("success"));
        assertThat(offers(node)).isEqualTo(Map.of("nvidia.com/gpu", "1", "nvidia.com/mig-3g.40gb", "2", "nvidia.com/mig-1g.10gb", "8", "nvidia.com/mig-1g.10gb.me", "1"));
        assertThat(Json.map(node, "metadata", "labels")).containsEntry("nvidia.com/mig-3g.40gb.count", "2").containsEntry("nvidia.com/mig-1g.10gb.me.count", "1")
                .containsEntry("nvidia.com/gpu.count", "4").containsEntry(CONFIG, "mixed");

        label("gpu-01", "all-disabled");
        ObjectNode whole = caller.await(NODES, "gpu-01", it -> state(it).equals("success") && offers(it).equals(Map.of("nvidia.com/gpu", "4")));
        assertThat(Json.map(whole, "metadata", "labels")).doesNotContainKey("nvidia.com/mig-3g.40gb.count").containsEntry(STATE, "success");
    }

    @Test
    void aPodGetsAPartitionThatWasCutForIt() {
        label("gpu-01", "mixed");
        caller.await(NODES, "gpu-01", it -> state(it).equals("success"));
        run("media", "nvidia.com/mig-1g.10gb.me");
        assertThat(Json.text(caller.await(PODS, "media", it -> Json.text(it, "status", "phase").equals("Running")), "spec", "nodeName")).isEqualTo("gpu-01");
    }

    /** By the maker's own table, which nobody who asks can bend. */
    @ParameterizedTest
    @ValueSource(strings = {
        "{\"1g.10gb\": 8}", "{\"3g.40gb\": 2, \"1g.10gb\": 1}", "{\"4g.40gb\": 2}", "{\"2g.20gb\": 4}", "{\"1g.10gb+me\": 2}", "{\"7g.80gb\": 1, \"1g.10gb\": 1}",
        "{\"5g.50gb\": 1}", "{\"huge\": 1}"
    })
    void whatNoCardCanBeCutIntoFails(String devices) {
        configure("impossible:\n    - devices: all\n      mig-enabled: true\n      mig-devices: " + devices + "\n");
        Map<String, String> before = offers(node("gpu-01"));
        label("gpu-01", "impossible");
        assertThat(offers(caller.await(NODES, "gpu-01", it -> state(it).equals("failed")))).isEqualTo(before);
    }

    @Test
    void aConfigurationThatIsNotInTheFileFails() {
        label("gpu-01", "of-another-file");
        caller.await(NODES, "gpu-01", it -> state(it).equals("failed"));
    }

    @Test
    void aNodeOnWhichSomethingUsesAGpuIsNotCut() {
        run("busy", "nvidia.com/gpu");
        caller.await(PODS, "busy", it -> Json.text(it, "status", "phase").equals("Running"));
        label("gpu-01", "mixed");
        assertThat(offers(caller.await(NODES, "gpu-01", it -> state(it).equals("failed")))).containsEntry("nvidia.com/gpu", "4");
    }

    /** The real one acts when the label changes, and only then: whoever wants another try has to name it otherwise. */
    @Test
    void afterAFailureTheSameLabelAgainDoesNothing() {
        Map<String, String> before = offers(node("gpu-01"));
        var fails = cluster.faults().add(new Fault.MigFails("gpu-01"));
        label("gpu-01", "mixed");
        caller.await(NODES, "gpu-01", it -> state(it).equals("failed"));
        cluster.faults().lift(fails.id());
        caller.patch(NODES + "/gpu-01", Caller.MERGE, "{'metadata':{'labels':{'" + CONFIG + "':'mixed'}}}");
        label("gpu-02", "all-1g.10gb");
        caller.await(NODES, "gpu-02", it -> offers(it).getOrDefault("nvidia.com/mig-1g.10gb", "").equals("28"));
        assertThat(offers(node("gpu-01"))).isEqualTo(before);
        assertThat(state(node("gpu-01"))).isEqualTo("failed");
    }

    private ObjectNode node(String name) {
        return (ObjectNode) caller.get(NODES + "/" + name).body();
    }

    private void label(String node, String config) {
        caller.patch(NODES + "/" + node, Caller.MERGE, "{'metadata':{'labels':{'" + CONFIG + "':'" + config + "','" + STATE + "':null}}}");
    }

    private void configure(String more) {
        String file = "version: v1\nmig-configs:\n  all-disabled:\n    - devices: all\n      mig-enabled: false\n"
                + "  all-1g.10gb:\n    - devices: all\n      mig-enabled: true\n      mig-devices:\n        \"1g.10gb\": 7\n  " + more;
        caller.patch(CONFIGS, Caller.MERGE, Json.MAPPER.writeValueAsString(Map.of("data", Map.of("config.yaml", file))));
    }

    private void run(String name, String resource) {
        caller.post(PODS, """
                {'metadata':{'name':'%s'},'spec':{'containers':[{'name':'main','image':'busy:1','resources':{'limits':{'%s':'1'}}}]}}""".formatted(name, resource));
    }

    private static String state(ObjectNode node) {
        return Json.map(node, "metadata", "labels").getOrDefault(STATE, "");
    }

    /** Without what it has none of. */
    private static Map<String, String> offers(ObjectNode node) {
        Map<String, String> offers = new TreeMap<>(Json.map(node, "status", "allocatable"));
        offers.entrySet().removeIf(each -> !each.getKey().startsWith("nvidia.com/") || each.getValue().equals("0"));
        return offers;
    }
}
