package dev.penstock.platform.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.contract.SliceId;
import dev.penstock.contract.platform.SliceState;
import dev.penstock.platform.catalog.SliceProfile;
import dev.penstock.platform.catalog.SliceProfiles;
import dev.penstock.platform.cluster.CardUse;
import dev.penstock.platform.cluster.Cluster.Deletion;
import dev.penstock.platform.cluster.ClusterFailure;
import dev.penstock.platform.cluster.DeviceSeen;
import dev.penstock.platform.cluster.Manifest;
import dev.penstock.platform.cluster.Marks;
import dev.penstock.platform.cluster.ObjectSeen;
import dev.penstock.platform.cluster.PodSeen;
import dev.penstock.platform.running.Tenancy;
import dev.penstock.platform.slice.Installation;
import dev.penstock.platform.slice.Slice;
import dev.penstock.platform.slice.SliceKey;
import dev.penstock.simulators.cluster.fleet.Fleet;
import dev.penstock.simulators.cluster.fleet.FleetNode;
import dev.penstock.simulators.cluster.fleet.GpuModel;
import dev.penstock.simulators.cluster.fleet.Sharing;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.resource.v1.ResourceClaim;
import io.fabric8.kubernetes.api.model.resource.v1.ResourceClaimBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Slices of every kind that needs more than a part of its own: several GPUs of one node, GPUs that slices share. */
class SliceKindsTest {

    private static final String TWO = "h100-80.whole-x2";
    private static final String TURNS = "h100-80.time-sliced-4";
    private static final String LIMITS = "h100-80.mps-4";
    private static final String BY_HAMI = "h100-80.hami-4";
    private static final String CLAIMED = "h100-80.dra-1g.10gb";
    private static final String TWO_CLAIMED = "h100-80.dra-whole-x2";

    private static SliceBench bench;

    private final SliceReconciler reconciler = bench.reconciler((step, slice) -> {});
    private final List<SliceKey> live = new ArrayList<>();

    @BeforeAll
    static void start() {
        Sharing turns = new Sharing("time-slicing", 4);
        bench = SliceBench.still(new Fleet(List.of(
                node("three", Sharing.NONE, 3), node("one", Sharing.NONE, 1), node("turns-a", turns, 1), node("turns-b", turns, 1),
                node("limits", new Sharing("mps", 4), 1), node("hami", new Sharing("hami", 4), 2),
                new FleetNode("claims", GpuModel.H100_80GB, 96, 1024, 110, List.of(List.of(), List.of(), List.of("1g.10gb", "1g.10gb", "3g.40gb"))).byClaims())));
    }

    private static FleetNode node(String name, Sharing sharing, int gpus) {
        return new FleetNode(name, GpuModel.H100_80GB, 96, 1024, 110, sharing, Collections.nCopies(gpus, List.of()));
    }

    @AfterAll
    static void stop() {
        bench.close();
    }

    @AfterEach
    void nothingIsLeft() {
        bench.clock.backToNow();
        live.stream().filter(key -> bench.state(key).live()).forEach(this::end);
        bench.waitFor(() -> bench.cluster.pods("penstock").isEmpty());
        assertThat(bench.quota().open()).isZero();
    }

    @ParameterizedTest
    @CsvSource({TWO + ", nvidia.com/gpu, 2, three, 1680", TURNS + ", nvidia.com/gpu.shared, 1, turns, 210", LIMITS + ", nvidia.com/gpu.shared, 1, limits, 210"})
    void isBroughtUpUsedAndReleased(String profile, String resource, int amount, String node, int parts) {
        SliceKey key = queued(profile);
        Slice ready = until(key, SliceState.READY);
        assertThat(ready.approved().vector()).isEqualTo(Map.of(resource, amount));
        assertThat(ready.approved().parts()).isEqualTo(parts);
        assertThat(ready.standing().node()).startsWith(node);
        assertThat(pods(key)).singleElement().satisfies(pod -> assertThat(pod.resources()).isEqualTo(Map.of(resource, amount)));
        bench.passes(Duration.ofSeconds(3));
        until(key, SliceState.READY);
        bench.release(key);
        Slice released = until(key, SliceState.RELEASED);
        assertThat(released.standing().gpuTime().partSeconds()).isPositive();
        bench.assertNothingLeft(key);
    }

    /** Two cards of four shares each, all of them taken: each on a card that holds it, none of another tenant's, and then no more. */
    @Test
    void sharesByHamiFillTheCardsOfANodeForOneTenant() throws Exception {
        assertThat(profile(bench.tenancy, BY_HAMI).path("total").asInt()).isEqualTo(8);
        List<SliceKey> keys = new ArrayList<>();
        for (int wish = 0; wish < 8; wish++) {
            keys.add(queued(BY_HAMI));
        }
        bench.atOnce(keys);
        keys.forEach(key -> until(key, SliceState.READY));
        assertThat(bench.slice(keys.getFirst()).approved().vector()).isEqualTo(Map.of("nvidia.com/gpu(gpumem=20389,gpucores=25)", 1));
        assertThat(bench.slice(keys.getFirst()).approved().parts()).isEqualTo(210);
        try (KubernetesClient cluster = Strangers.client(bench)) {
            assertThat(cluster.pods().inNamespace(bench.namespace()).list().getItems()).extracting(pod -> pod.getMetadata().getAnnotations().get("hami.io/vgpu-devices-allocated"))
                    .containsExactlyInAnyOrderElementsOf(Stream.of("GPU-hami-0,NVIDIA,20389,25:;", "GPU-hami-1,NVIDIA,20389,25:;").flatMap(card -> Collections.nCopies(4, card).stream()).toList());
            assertThat(cluster.resourceQuotas().inNamespace(bench.namespace()).withName(NamespaceManifests.QUOTA).get().getStatus().getUsed().get("limits.nvidia.com/gpumem").getNumericalAmount().intValue())
                    .isEqualTo(8 * 20_389);
        }
        Tenancy other = bench.another();
        assertThat(profile(other, BY_HAMI).path("free").asInt()).isZero();
        SliceKey waits = queued(other, BY_HAMI);
        bench.atOnce(List.of(waits));
        assertThat(bench.slice(waits).standing().reason()).isEqualTo("Every node that offers " + BY_HAMI + " is full or another tenant's; it waits for one to come free.");
        keys.subList(1, 8).forEach(this::end);
        assertThat(profile(bench.tenancy, BY_HAMI).path("free").asInt()).as("all but one").isEqualTo(7);
        assertThat(profile(other, BY_HAMI).path("free").asInt()).as("of a tenant's node").isZero();
        end(keys.getFirst());
        until(waits, SliceState.READY);
        assertThat(node("hami").path("resources").toString()).isEqualTo("[{\"name\":\"nvidia.com/gpu(gpumem=20389,gpucores=25)\",\"allocatable\":8,\"inUse\":1}]");
    }

    /** Somebody has more of one card than one share and less than two; six shares are left, and six come up. */
    @Test
    void whatOthersHaveOfACardByHamiIsPromisedToNobody() throws Exception {
        try (KubernetesClient others = Strangers.client(bench)) {
            others.resource(new NamespaceBuilder().withNewMetadata().withName("others").endMetadata().build()).serverSideApply();
            others.resource(theirShare()).create();
            bench.waitFor(() -> bench.cluster.cardUse("hami").size() == 1);
            assertThat(bench.cluster.cardUse("hami")).containsExactly(new CardUse(null, "GPU-hami-0", 30_000, 10));
            bench.observe();
            assertThat(profile(bench.tenancy, BY_HAMI).path("total").asInt()).isEqualTo(6);
            List<SliceKey> keys = Stream.generate(() -> queued(BY_HAMI)).limit(7).toList();
            bench.atOnce(keys);
            List<SliceKey> holding = keys.stream().filter(key -> bench.state(key) != SliceState.QUEUED).toList();
            assertThat(holding).hasSize(6);
            holding.forEach(key -> until(key, SliceState.READY));
            others.pods().inNamespace("others").withGracePeriod(0).delete();
            bench.waitFor(() -> bench.cluster.cardUse("hami").stream().noneMatch(use -> use.installation() == null));
            bench.observe();
            keys.forEach(key -> until(key, SliceState.READY));
        }
    }

    private static Pod theirShare() {
        return new PodBuilder().withNewMetadata().withName("their-share").withNamespace("others").endMetadata()
                .withNewSpec().withSchedulerName("hami-scheduler").addToNodeSelector("kubernetes.io/hostname", "hami")
                .addNewContainer().withName("c").withImage("registry.example/stranger:1")
                .withNewResources().addToLimits("nvidia.com/gpu", new Quantity("1")).addToLimits("nvidia.com/gpumem", new Quantity("30000"))
                .addToLimits("nvidia.com/gpucores", new Quantity("10")).endResources()
                .endContainer().endSpec().build();
    }

    @ParameterizedTest
    @CsvSource({CLAIMED + ", mig.nvidia.com, 1, 2, 120", TWO_CLAIMED + ", gpu.nvidia.com, 2, 2, 1680"})
    void devicesAreClaimedUsedAndGivenBack(String profile, String deviceClass, int amount, int ofThem, int parts) {
        SliceKey key = queued(profile);
        Slice ready = until(key, SliceState.READY);
        assertThat(ready.approved().vector()).hasSize(1).allSatisfy((devices, count) -> {
            assertThat(devices).startsWith(deviceClass + "[device.driver == 'gpu.nvidia.com'");
            assertThat(count).isEqualTo(amount);
        });
        assertThat(ready.approved().parts()).isEqualTo(parts);
        assertThat(ready.standing().node()).isEqualTo("claims");
        assertThat(claimed(key)).hasSize(amount);
        assertThat(bench.cluster.objectsOfSlice(bench.namespace(), key.slice().toString())).singleElement().satisfies(claim -> assertThat(claim.kind()).isEqualTo("ResourceClaim"));
        assertThat(profile(bench.tenancy, profile).path("total").asInt() * amount).isEqualTo(ofThem);
        assertThat(profile(bench.tenancy, profile).path("free").asInt() * amount).isEqualTo(ofThem - amount);
        JsonNode held = node("claims").path("devices").valueStream().filter(device -> !device.path("holder").isMissingNode() && !device.path("holder").isNull()).findFirst().orElseThrow();
        assertThat(held.path("holder").path("slice").asString()).isEqualTo(key.slice().toString());

        bench.release(key);
        until(key, SliceState.RELEASED);
        assertThat(claimed(key)).isEmpty();
        bench.assertNothingLeft(key);
    }

    /** Its deployment's pod has the claim; both are of a phase, and what else serves the model is not. */
    @Test
    void aModelIsServedOnAClaimedDevice() {
        SliceKey key = bench.endpoint(CLAIMED);
        live.add(key);
        until(key, SliceState.READY);
        assertThat(claimed(key)).hasSize(1);
        assertThat(bench.cluster.objectsOfSlice(bench.namespace(), key.slice().toString())).extracting(ObjectSeen::kind)
                .containsExactlyInAnyOrder("ResourceClaim", "Deployment", "Service", "Secret", "NetworkPolicy");
        bench.sweep();
        assertThat(bench.cluster.objectsOfSlice(bench.namespace(), key.slice().toString())).as("all of it is wanted").hasSize(5);
        end(key);
        bench.assertNothingLeft(key);
    }

    /** Of an earlier phase, as a reconciler leaves it that was stopped for longer than its claim of the slice. */
    @Test
    void aClaimThatNoSliceWantsIsSwept() {
        SliceKey key = queued(CLAIMED);
        Slice ready = until(key, SliceState.READY);
        SliceProfile profile = bench.platform.context().getBean(SliceProfiles.class).find(CLAIMED).orElseThrow();
        Marks later = new Marks("penstock", key.tenant(), ready.approved().project(), ready.approved().projectUid(), key.slice(), 2, 99);
        Manifest orphan = DeviceClaim.desired(bench.namespace(), Installation.pod(key.slice(), 2), later, profile).orElseThrow();
        assertThatThrownBy(() -> bench.cluster.apply(orphan)).as("the namespace has room for what slices hold").isInstanceOfSatisfying(
                ClusterFailure.class, failure -> assertThat(failure.kind()).isEqualTo(ClusterFailure.Kind.OVER_QUOTA));
        try (KubernetesClient others = Strangers.client(bench)) {
            others.resourceQuotas().inNamespace(bench.namespace()).withName(NamespaceManifests.QUOTA).delete();
        }
        bench.cluster.apply(orphan);
        // What a sweep looks at follows the cluster by watches, a moment behind.
        bench.waitFor(() -> {
            bench.sweep();
            return bench.cluster.objectsOfSlice(bench.namespace(), key.slice().toString()).stream().map(ObjectSeen::name).toList().equals(List.of(Installation.pod(key.slice(), 1)));
        });
    }

    /** Somebody else's claim has one of two, which a plugin's count would not tell. */
    @Test
    void whatOthersHaveClaimedIsPromisedToNobody() throws Exception {
        try (KubernetesClient others = Strangers.client(bench)) {
            others.resource(new NamespaceBuilder().withNewMetadata().withName("others").endMetadata().build()).serverSideApply();
            others.resource(theirClaim()).create();
            others.resource(theirPod()).create();
            bench.waitFor(() -> bench.cluster.devices().devices().stream().anyMatch(device -> device.claimed() && device.claimant() == null));
            assertThat(profile(bench.tenancy, CLAIMED).path("total").asInt()).isEqualTo(1);
            List<SliceKey> keys = List.of(queued(CLAIMED), queued(CLAIMED));
            bench.atOnce(keys);
            assertThat(keys).filteredOn(key -> bench.state(key) == SliceState.QUEUED).singleElement()
                    .satisfies(key -> assertThat(bench.slice(key).standing().reason()).isEqualTo("All 1 of " + CLAIMED + " are held; it waits for one to come free."));
            others.pods().inNamespace("others").withGracePeriod(0).delete();
            bench.waitFor(() -> bench.cluster.devices().devices().stream().noneMatch(device -> device.claimed() && device.claimant() == null));
            keys.forEach(key -> until(key, SliceState.READY));
        }
    }

    private static ResourceClaim theirClaim() {
        return new ResourceClaimBuilder().withNewMetadata().withName("theirs").withNamespace("others").endMetadata()
                .withNewSpec().withNewDevices().addNewRequest().withName("one").withNewExactly().withDeviceClassName("mig.nvidia.com")
                .addNewSelector().withNewCel("device.attributes['gpu.nvidia.com'].profile == '1g.10gb'").endSelector()
                .endExactly().endRequest().endDevices().endSpec().build();
    }

    private static Pod theirPod() {
        return new PodBuilder().withNewMetadata().withName("theirs").withNamespace("others").endMetadata()
                .withNewSpec()
                .addNewResourceClaim().withName("one").withResourceClaimName("theirs").endResourceClaim()
                .addNewContainer().withName("c").withImage("registry.example/stranger:1").withNewResources().addNewClaim().withName("one").endClaim().endResources().endContainer()
                .endSpec().build();
    }

    private List<DeviceSeen> claimed(SliceKey key) {
        return bench.cluster.devices().devices().stream().filter(device -> device.claimant() != null && key.slice().equals(device.claimant().slice())).toList();
    }

    private JsonNode node(String name) {
        bench.observe();
        return bench.platform.get("/api/fleet/nodes", bench.platform.admin()).body().valueStream().filter(node -> node.path("name").asString().equals(name)).findFirst().orElseThrow();
    }

    /** Four whole GPUs are free, two of them on no node together with another. */
    @Test
    void gpusOfTwoNodesAreNotPromisedTogether() throws Exception {
        JsonNode two = profile(bench.tenancy, TWO);
        assertThat(two.path("total").asInt()).isEqualTo(1);
        assertThat(two.path("free").asInt()).isEqualTo(1);
        List<SliceKey> keys = List.of(queued(TWO), queued(TWO), queued(TWO));
        bench.atOnce(keys);
        List<SliceKey> holding = keys.stream().filter(key -> bench.state(key) != SliceState.QUEUED).toList();
        assertThat(holding).hasSize(1);
        assertThat(keys).filteredOn(key -> !holding.contains(key)).allSatisfy(key ->
                assertThat(bench.slice(key).standing().reason()).isEqualTo("No node has 2 of its GPUs free now; it waits until one does."));
        until(holding.getFirst(), SliceState.READY);
        assertThat(profile(bench.tenancy, SliceBench.WHOLE).path("free").asInt()).as("what is left of the four").isEqualTo(2);
    }

    /** Two nodes of four places, three tenants with three wishes each, all at once. */
    @Test
    void twoTenantsNeverShareAGpuAlsoWhenTheyAskAtOnce() throws Exception {
        List<Tenancy> tenants = List.of(bench.tenancy, bench.another(), bench.another());
        List<SliceKey> keys = new ArrayList<>();
        for (int wish = 0; wish < 3; wish++) {
            tenants.forEach(tenant -> keys.add(queued(tenant, TURNS)));
        }
        bench.atOnce(keys);
        List<SliceKey> holding = keys.stream().filter(key -> bench.state(key) != SliceState.QUEUED).toList();
        assertThat(holding.stream().map(SliceKey::tenant).distinct()).as("a node each").hasSize(2);
        assertThat(holding).as("three wishes of each").hasSize(6);
        holding.forEach(key -> until(key, SliceState.READY));
        assertThat(tenantsByNode()).hasSize(2).allSatisfy((node, on) -> assertThat(on).as(node).hasSize(1));
        SliceKey waits = keys.stream().filter(key -> !holding.contains(key)).findFirst().orElseThrow();
        assertThat(bench.slice(waits).standing().reason()).isEqualTo("Every node that offers " + TURNS + " is full or another tenant's; it waits for one to come free.");

        // A tenant gives all of it back: a node is anybody's again.
        holding.stream().filter(key -> key.tenant().equals(holding.getFirst().tenant())).forEach(this::end);
        until(waits, SliceState.READY);
        assertThat(tenantsByNode()).hasSize(2).allSatisfy((node, on) -> assertThat(on).as(node).hasSize(1));
    }

    @Test
    void whatIsFreeDependsOnWhoAsks() {
        Tenancy other = bench.another();
        until(queued(LIMITS), SliceState.READY);
        assertThat(profile(bench.tenancy, LIMITS).path("free").asInt()).isEqualTo(3);
        assertThat(profile(other, LIMITS).path("free").asInt()).isZero();
        assertThat(profile(other, LIMITS).path("total").asInt()).isEqualTo(4);
        assertThat(profile(other, "h100-80.mps-8").path("missing").asString()).isEqualTo("No node of this device shares its GPUs by MPS among 8.");
        assertThat(bench.platform.get(other.path() + "/slice-profiles", other.member("ada")).body().toString()).as("of devices that the fleet has").contains("h100-80.").doesNotContain("h200-141.");
    }

    /** Even if our own count were wrong: the pod as it is written is placed beside nobody else's, by the cluster's own scheduler. */
    @Test
    void theSchedulerRefusesAnothersPodOnASharedNode() {
        SliceKey key = queued(LIMITS);
        until(key, SliceState.READY);
        Tenancy other = bench.another();
        Manifest pod = strangersPod(other);
        bench.cluster.apply(new Manifest("v1", "Namespace", null, Objects.requireNonNull(pod.namespace()), pod.marks(), Map.of(), Map.of()));
        bench.cluster.apply(Manifest.of("v1", "ServiceAccount", pod.namespace(), NamespaceManifests.SERVICE_ACCOUNT, pod.marks(), Map.of()));
        bench.cluster.apply(pod);
        try {
            bench.waitFor(() -> seen(pod).unschedulable() != null);
            assertThat(Objects.requireNonNull(seen(pod).unschedulable()).message()).contains("1 node(s) didn't match pod anti-affinity rules");
            end(key);
            bench.waitFor(() -> "limits".equals(seen(pod).node()));
        } finally {
            bench.cluster.delete(seen(pod), Deletion.AT_ONCE);
        }
    }

    private Manifest strangersPod(Tenancy other) {
        SliceProfile profile = bench.platform.context().getBean(SliceProfiles.class).find(LIMITS).orElseThrow();
        Marks marks = new Marks("penstock", other.tenant(), other.project(), bench.platform.nextId(), new SliceId(bench.platform.nextId()), 1, 1);
        return WorkspacePod.desired("penstock-" + other.project(), Installation.pod(Objects.requireNonNull(marks.slice()), 1), marks, profile, ManifestsTest.WORKSPACE);
    }

    private PodSeen seen(Manifest pod) {
        return bench.cluster.podsOfSlice(Objects.requireNonNull(pod.namespace()), String.valueOf(pod.marks().slice())).getFirst();
    }

    private Map<String, Set<String>> tenantsByNode() {
        Map<String, Set<String>> tenants = new HashMap<>();
        bench.cluster.pods("penstock").forEach(pod -> tenants
                .computeIfAbsent(String.valueOf(pod.node()), node -> new HashSet<>())
                .add(Objects.requireNonNull(pod.marks()).tenant().toString()));
        return tenants;
    }

    private JsonNode profile(Tenancy of, String id) {
        bench.observe();
        for (JsonNode profile : bench.platform.get(of.path() + "/slice-profiles", of.member("ada")).body()) {
            if (profile.path("id").asString().equals(id)) {
                return profile;
            }
        }
        throw new AssertionError(id);
    }

    private List<PodSeen> pods(SliceKey key) {
        return bench.cluster.podsOfSlice(bench.namespace(), key.slice().toString());
    }

    private SliceKey queued(String profile) {
        return queued(bench.tenancy, profile);
    }

    private SliceKey queued(Tenancy of, String profile) {
        SliceKey key = bench.queued(of, profile);
        live.add(key);
        return key;
    }

    private Slice until(SliceKey key, SliceState state) {
        return bench.until(reconciler::reconcile, key, slice -> slice.state() == state);
    }

    private void end(SliceKey key) {
        bench.release(key);
        until(key, SliceState.RELEASED);
    }
}
