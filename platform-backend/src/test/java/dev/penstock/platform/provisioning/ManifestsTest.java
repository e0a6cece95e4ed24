package dev.penstock.platform.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.EndpointId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.SliceId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.SliceProfileView.Kind;
import dev.penstock.contract.platform.WorkspaceKind;
import dev.penstock.platform.catalog.DeviceChoice;
import dev.penstock.platform.catalog.SliceProfile;
import dev.penstock.platform.cluster.Manifest;
import dev.penstock.platform.cluster.Marks;
import dev.penstock.platform.slice.Holdings.NeedOfProject;
import dev.penstock.platform.slice.Installation;
import dev.penstock.platform.slice.Serving;
import dev.penstock.platform.slice.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The objects as they reach a cluster, beside the files in {@code golden/}, which people can read and a cluster can be given. */
class ManifestsTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT, SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

    private static final ProjectId PROJECT = new ProjectId(UUID.fromString("00000000-0000-4000-8000-00000000000b"));
    private static final SliceId SLICE = SliceId.of("00000000-0000-4000-8000-00000000000c");
    private static final Marks OF_PROJECT = Marks.ofProject(
            "penstock", new TenantId(UUID.fromString("00000000-0000-4000-8000-00000000000a")), PROJECT, UUID.fromString("00000000-0000-4000-8000-00000000000d"));
    private static final Marks OF_POD = new Marks(OF_PROJECT.installation(), OF_PROJECT.tenant(), PROJECT, OF_PROJECT.uid(), SLICE, 2, 7);
    private static final String NAMESPACE = new Installation("penstock").namespace(PROJECT);
    private static final SliceProfile MIG = profile("h100-80.1g.10gb", "nvidia.com/mig-1g.10gb", Kind.MIG);

    private static final SliceProfile TWO = new SliceProfile(
            "h100-80.whole-x2", "2 × whole", "NVIDIA H100 80 GB", "NVIDIA-H100-80GB-HBM3", Kind.WHOLE, "nvidia.com/gpu", 2, 1, 1680, 7, 8, 163_118, "", List.of(0), 1);
    private static final SliceProfile TURNS = shared("h100-80.time-sliced-4", Kind.TIME_SLICED);
    private static final SliceProfile LIMITS = shared("h100-80.mps-4", Kind.MPS);

    private static final SliceProfile BY_HAMI = new SliceProfile(
            "h100-80.hami-4", "HAMi 1/4", "NVIDIA H100 80 GB", "NVIDIA-H100-80GB-HBM3", Kind.HAMI, "nvidia.com/gpu(gpumem=20389,gpucores=25)", 1, 4, 210, 7, 8, 20_389, "",
            List.of(0), 1);

    private static final DeviceChoice SEVENTHS = new DeviceChoice("mig.nvidia.com", "gpu.nvidia.com", "NVIDIA H100 80GB HBM3", "1g.10gb");
    private static final SliceProfile CLAIMED = claimed("h100-80.dra-1g.10gb", SEVENTHS, 1);
    private static final SliceProfile TWO_CLAIMED = claimed("h100-80.dra-whole-x2", new DeviceChoice("gpu.nvidia.com", "gpu.nvidia.com", "NVIDIA H100 80GB HBM3", null), 2);

    static final ProvisioningSettings.Workspace WORKSPACE =
            new ProvisioningSettings.Workspace("docker.io/library/debian:13-slim", "1", "4Gi", "10Gi", 1000, Duration.ofSeconds(10), "penstock", "platform-backend");

    static final ProvisioningSettings.Serving SERVING = new ProvisioningSettings.Serving(
            "docker.io/vllm/vllm-openai:v0.11.0", "4", "32Gi", "60Gi", "2Gi", 2000, Duration.ofSeconds(30), 900, "penstock", "quota-service", "", List.of());

    private static final Serving QWEN = new Serving(
            new EndpointId(UUID.fromString("00000000-0000-4000-8000-00000000000e")), "qwen2.5-7b-instruct", "vllm", "Qwen/Qwen2.5-7B-Instruct", "assistant", 8192,
            List.of("--enable-prefix-caching"));

    private static final Workspace NOTEBOOK = workspace(WorkspaceKind.JUPYTERLAB);

    private static Workspace workspace(WorkspaceKind kind) {
        return new Workspace("pytorch", kind, "PyTorch", "registry.example/lab/pytorch@sha256:" + "0123456789abcdef".repeat(4), 20, "fast");
    }

    static Stream<Manifest> everyObject() {
        NeedOfProject need = new NeedOfProject(3, Map.of("nvidia.com/mig-1g.10gb", 2, "nvidia.com/gpu", 1), 1, 20);
        List<String> known = List.of("nvidia.com/gpu", "nvidia.com/mig-1g.10gb", "nvidia.com/mig-3g.40gb");
        Stream<Manifest> ofProject = Stream.of(
                        Stream.of(NamespaceManifests.namespace(NAMESPACE, OF_PROJECT)),
                        NamespaceManifests.lasting(NAMESPACE, OF_PROJECT).stream(),
                        Stream.of(NamespaceManifests.quota(NAMESPACE, OF_PROJECT, need, known)))
                .flatMap(each -> each);
        return Stream.concat(
                ofProject,
                Stream.concat(Stream.of(WorkspacePod.desired(NAMESPACE, Installation.pod(SLICE, 2), OF_POD, MIG, WORKSPACE)), Stream.concat(notebook(), modelServer())));
    }

    private static Stream<Manifest> notebook() {
        return Stream.of(
                WorkspaceManifests.volume(NAMESPACE, OF_POD, NOTEBOOK),
                WorkspaceManifests.service(NAMESPACE, OF_POD, NOTEBOOK),
                WorkspaceManifests.policy(NAMESPACE, OF_POD, NOTEBOOK, WORKSPACE));
    }

    private static Stream<Manifest> modelServer() {
        String name = ModelServerManifests.name(SLICE);
        return Stream.of(
                ModelServerManifests.secret(NAMESPACE, name, OF_POD, "not-a-secret"),
                ModelServerManifests.service(NAMESPACE, name, OF_POD),
                ModelServerManifests.policy(NAMESPACE, name, OF_POD, SERVING),
                ModelServerManifests.deployment(NAMESPACE, Installation.pod(SLICE, 2), OF_POD, MIG, QWEN, name, SERVING));
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("everyObject")
    void anObjectIsAsInItsFile(Manifest manifest) throws IOException {
        boolean ofModel = manifest.kind().equals("NetworkPolicy") && manifest.name().startsWith("serving-");
        String whose = ofModel ? "Serving" : manifest.name().startsWith("workspace-") ? "Workspace" : "";
        assertIsInFile(manifest, whose + manifest.kind());
    }

    private static void assertIsInFile(Manifest manifest, String name) throws IOException {
        Path file = GOLDEN.resolve(name + ".json");
        if (Boolean.getBoolean("penstock.golden.write")) {
            Files.createDirectories(GOLDEN);
            Files.writeString(file, JSON.writeValueAsString(manifest.tree()) + "\n");
        }
        assertThat(JSON.readTree(JSON.writeValueAsString(manifest.tree()))).isEqualTo(JSON.readTree(Files.readString(file)));
    }

    @ParameterizedTest
    @EnumSource(WorkspaceKind.class)
    void aWorkspaceOfEachKindIsAsInItsFile(WorkspaceKind kind) throws IOException {
        Manifest pod = WorkspaceManifests.pod(NAMESPACE, Installation.pod(SLICE, 2), OF_POD, MIG, workspace(kind), WORKSPACE, "ssh-ed25519 AAAA");
        assertIsInFile(pod, "Pod-" + kind);
        assertThat(Vector.of(pod)).isEqualTo(MIG.vector());
    }

    static Stream<Arguments> podsOfOtherKinds() {
        return Stream.of(
                Arguments.of("PodOfTwoGpus", TWO, Map.of("nvidia.com/gpu", 2)),
                Arguments.of("PodInTurns", TURNS, Map.of("nvidia.com/gpu.shared", 1)),
                Arguments.of("PodWithinLimits", LIMITS, Map.of("nvidia.com/gpu.shared", 1)),
                Arguments.of("PodByHami", BY_HAMI, Map.of("nvidia.com/gpu(gpumem=20389,gpucores=25)", 1)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("podsOfOtherKinds")
    void aPodOfEachKindIsAsInItsFileAndAsksForWhatItsProfileIs(String file, SliceProfile profile, Map<String, Integer> vector) throws IOException {
        Manifest pod = WorkspacePod.desired(NAMESPACE, Installation.pod(SLICE, 2), OF_POD, profile, WORKSPACE);
        assertIsInFile(pod, file);
        assertThat(Vector.of(pod)).isEqualTo(vector).isEqualTo(profile.vector());
    }

    @Test
    void aClaimIsAsInItsFileAndItIsWhatItsPodAsksFor() throws IOException {
        String name = Installation.pod(SLICE, 2);
        Manifest claim = DeviceClaim.desired(NAMESPACE, name, OF_POD, CLAIMED).orElseThrow();
        Manifest pod = WorkspacePod.desired(NAMESPACE, name, OF_POD, CLAIMED, WORKSPACE);
        assertIsInFile(claim, "ResourceClaim");
        assertIsInFile(pod, "PodWithClaim");
        assertThat(Vector.of(List.of(claim, pod))).isEqualTo(CLAIMED.vector()).isEqualTo(Map.of(
                "mig.nvidia.com[device.driver == 'gpu.nvidia.com' && device.attributes['gpu.nvidia.com'].type == 'mig' && device.attributes['gpu.nvidia.com'].productName == "
                        + "'NVIDIA H100 80GB HBM3' && device.attributes['gpu.nvidia.com'].profile == '1g.10gb']", 1));
        assertThat(Vector.of(List.of(DeviceClaim.desired(NAMESPACE, name, OF_POD, TWO_CLAIMED).orElseThrow()))).isEqualTo(TWO_CLAIMED.vector()).hasSize(1).containsValue(2);
        assertThat(DeviceClaim.desired(NAMESPACE, name, OF_POD, MIG)).isEmpty();
    }

    /** A larger partition is of the same class: the cluster's own quota would let it pass. */
    @Test
    void aClaimForOtherDevicesOfTheSameClassAsksForSomethingElse() {
        DeviceChoice halves = new DeviceChoice("mig.nvidia.com", "gpu.nvidia.com", "NVIDIA H100 80GB HBM3", "3g.40gb");
        Manifest claim = DeviceClaim.desired(NAMESPACE, "p", OF_POD, claimed("h100-80.dra-3g.40gb", halves, 1)).orElseThrow();
        assertThat(Vector.of(List.of(claim))).isNotEqualTo(CLAIMED.vector());
        assertThat(Vector.of(List.of(Manifest.of("resource.k8s.io/v1", "ResourceClaim", NAMESPACE, "p", OF_POD, Map.of("spec", Map.of("devices", Map.of("requests", List.of(
                Map.of("name", "r", "exactly", Map.of("deviceClassName", "mig.nvidia.com"))))))))))
                .as("of the whole class").isEqualTo(Map.of("mig.nvidia.com[]", 1));
    }

    @Test
    void aNamespacesQuotaCountsDevicesByTheirClass() {
        String seventh = CLAIMED.resource();
        String half = new DeviceChoice("mig.nvidia.com", "gpu.nvidia.com", "NVIDIA H100 80GB HBM3", "3g.40gb").resource();
        Manifest quota = NamespaceManifests.quota(NAMESPACE, OF_PROJECT, new NeedOfProject(3, Map.of(seventh, 2, half, 1), 0, 0), List.of(seventh, half, TWO_CLAIMED.resource()));
        assertThat(quota.rest()).isEqualTo(Map.of("spec", Map.of("hard", Map.of(
                "pods", "3", "persistentvolumeclaims", "0", "requests.storage", "0", "services.loadbalancers", "0", "services.nodeports", "0",
                "mig.nvidia.com.deviceclass.resource.k8s.io/devices", "3", "gpu.nvidia.com.deviceclass.resource.k8s.io/devices", "0"))));
    }

    /** Whatever the share, the cluster counts its memory and computing: two small ones are no large one. */
    @Test
    void aNamespacesQuotaCountsWhatSharesHaveOfGpus() {
        NeedOfProject need = new NeedOfProject(3, Map.of(BY_HAMI.resource(), 2, "nvidia.com/gpu", 1), 0, 0);
        Manifest quota = NamespaceManifests.quota(NAMESPACE, OF_PROJECT, need, List.of("nvidia.com/gpu", BY_HAMI.resource(), "nvidia.com/gpu(gpumem=40779,gpucores=50)"));
        assertThat(quota.rest()).isEqualTo(Map.of("spec", Map.of("hard", Map.of(
                "pods", "3", "persistentvolumeclaims", "0", "requests.storage", "0", "services.loadbalancers", "0", "services.nodeports", "0",
                "requests.nvidia.com/gpu", "3", "requests.nvidia.com/gpumem", "40778", "requests.nvidia.com/gpucores", "50",
                "limits.nvidia.com/gpumem", "40778", "limits.nvidia.com/gpucores", "50"))));
    }

    /** Approved was a quarter: a pod that asks for more of the memory, or says nothing of the computing, asks for something else. */
    @Test
    void aPodWithAnotherShareAsksForSomethingElse() {
        Object more = Map.of("resources", Map.of("limits", Map.of("nvidia.com/gpu", "1", "nvidia.com/gpumem", "40000", "nvidia.com/gpucores", "25")));
        Object unlimited = Map.of("resources", Map.of("limits", Map.of("nvidia.com/gpu", "1", "nvidia.com/gpumem", "20389")));
        Manifest pod = Manifest.of("v1", "Pod", NAMESPACE, "p", OF_POD, Map.of("spec", Map.of("containers", List.of(more, unlimited))));
        assertThat(Vector.of(pod)).isEqualTo(Map.of("nvidia.com/gpu(gpumem=40000,gpucores=25)", 1, "nvidia.com/gpu(gpumem=20389,gpucores=0)", 1));
    }

    @Test
    void aProjectWithoutSlicesHasRoomForNothing() {
        Manifest quota = NamespaceManifests.quota(NAMESPACE, OF_PROJECT, new NeedOfProject(0, Map.of(), 0, 0), List.of("nvidia.com/gpu"));
        assertThat(quota.rest()).isEqualTo(Map.of("spec", Map.of("hard", Map.of(
                "pods", "0", "persistentvolumeclaims", "0", "requests.storage", "0", "services.loadbalancers", "0", "services.nodeports", "0", "requests.nvidia.com/gpu", "0"))));
    }

    @Test
    void aPodAsksForWhatItsProfileIs() {
        assertThat(Vector.of(WorkspacePod.desired(NAMESPACE, "p", OF_POD, MIG, WORKSPACE))).isEqualTo(Map.of("nvidia.com/mig-1g.10gb", 1));
    }

    /** What waits in Kueue's queue is the same otherwise: quota is charged by the same vector. */
    @Test
    void whatWaitsInKueuesQueueNamesItAndHasItsGateFromTheBeginning() {
        Object gates = List.of(Map.of("name", "kueue.x-k8s.io/admission"));
        Manifest pod = WorkspacePod.desired(NAMESPACE, "p", OF_POD, MIG, WORKSPACE);
        Manifest waiting = KueueManifests.waiting(pod, "gpus");
        assertThat(waiting.labels()).isEqualTo(Map.of("kueue.x-k8s.io/queue-name", "gpus"));
        assertThat(at(waiting.rest(), "spec")).isEqualTo(and(at(pod.rest(), "spec"), "schedulingGates", gates));
        assertThat(Vector.of(waiting)).isEqualTo(Vector.of(pod));

        Manifest deployment = ModelServerManifests.deployment(NAMESPACE, "d", OF_POD, MIG, QWEN, "n", SERVING);
        Manifest server = KueueManifests.waiting(deployment, "gpus");
        assertThat(server.labels()).isEqualTo(Map.of("kueue.x-k8s.io/queue-name", "gpus"));
        Map<String, Object> template = at(deployment.rest(), "spec", "template");
        assertThat(at(server.rest(), "spec", "template", "spec")).isEqualTo(and(at(template, "spec"), "schedulingGates", gates));
        assertThat(at(server.rest(), "spec", "template", "metadata", "labels")).isEqualTo(and(at(template, "metadata", "labels"), "kueue.x-k8s.io/queue-name", "gpus"));
        assertThat(at(server.rest(), "spec", "selector")).isEqualTo(at(deployment.rest(), "spec", "selector"));
        assertThat(Vector.of(server)).isEqualTo(Vector.of(deployment));

        Manifest queue = KueueManifests.localQueue("v1beta1", NAMESPACE, OF_PROJECT, "gpus");
        assertThat(queue.title()).isEqualTo("LocalQueue " + NAMESPACE + "/gpus");
        assertThat(queue.apiVersion()).isEqualTo("kueue.x-k8s.io/v1beta1");
        assertThat(queue.rest()).isEqualTo(Map.of("spec", Map.of("clusterQueue", "gpus")));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> at(Map<String, Object> from, String... path) {
        return (Map<String, Object>) Stream.of(path).reduce((Object) from, (node, name) -> ((Map<String, Object>) node).get(name), (one, other) -> other);
    }

    private static Map<String, Object> and(Map<String, Object> fields, String name, Object value) {
        Map<String, Object> all = new TreeMap<>(fields);
        all.put(name, value);
        return all;
    }

    @Test
    void everyContainerCountsInTheVector() {
        Object one = Map.of("resources", Map.of("limits", Map.of("nvidia.com/gpu", "1", "cpu", "1")));
        Object none = Map.of("name", "sidecar");
        Manifest pod = Manifest.of("v1", "Pod", NAMESPACE, "p", OF_POD, Map.of("spec", Map.of("containers", List.of(one, none, one))));
        assertThat(Vector.of(pod)).isEqualTo(Map.of("nvidia.com/gpu", 2));
    }

    private static SliceProfile claimed(String id, DeviceChoice devices, int amount) {
        int parts = devices.profile() == null ? amount * 840 : 120;
        return new SliceProfile(
                id, id, "NVIDIA H100 80 GB", "NVIDIA-H100-80GB-HBM3", Kind.DRA, devices.resource(), amount, 1, parts, 1, 1, 9856, "", List.of(0), 1, devices);
    }

    private static SliceProfile shared(String id, Kind kind) {
        return new SliceProfile(id, id, "NVIDIA H100 80 GB", "NVIDIA-H100-80GB-HBM3", kind, "nvidia.com/gpu.shared", 1, 4, 210, 7, 8, 20_389, "", List.of(0), 4);
    }

    private static SliceProfile profile(String id, String resource, Kind kind) {
        return new SliceProfile(id, id, "NVIDIA H100 80 GB", "NVIDIA-H100-80GB-HBM3", kind, resource, 1, 1, 120, 1, 1, 9856, "", List.of(0), 1);
    }
}
