package dev.penstock.platform.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.contract.SliceId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.NodeGoal;
import dev.penstock.contract.platform.SliceState;
import dev.penstock.contract.platform.WorkspaceKind;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.platform.access.Access;
import dev.penstock.platform.cluster.Cluster;
import dev.penstock.platform.cluster.ClusterFailure;
import dev.penstock.platform.cluster.DeviceSeen;
import dev.penstock.platform.cluster.NodeSeen;
import dev.penstock.platform.cluster.ObjectSeen;
import dev.penstock.platform.fleet.NodeOrders;
import dev.penstock.platform.running.Answer;
import dev.penstock.platform.running.AuditRow;
import dev.penstock.platform.running.PlayedReservations;
import dev.penstock.platform.running.RunningPlatform;
import dev.penstock.platform.running.Tenancy;
import dev.penstock.platform.slice.Holdings;
import dev.penstock.platform.slice.Installation;
import dev.penstock.platform.slice.Serving;
import dev.penstock.platform.slice.Slice;
import dev.penstock.platform.slice.SliceClaims;
import dev.penstock.platform.slice.SliceKey;
import dev.penstock.platform.slice.Slices;
import dev.penstock.simulators.cluster.SimCluster;
import dev.penstock.simulators.cluster.SimClusterSettings;
import dev.penstock.simulators.cluster.controller.Pace;
import dev.penstock.simulators.cluster.fleet.Fleet;
import dev.penstock.simulators.cluster.fleet.FleetNode;
import dev.penstock.simulators.cluster.fleet.GpuModel;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The program beside a simulated cluster and a played quota-service, with its own loops stopped: a test calls the reconciler itself, as
 * often as it likes, and may stop it at any step.
 */
final class SliceBench implements AutoCloseable {

    static final String SEVENTH = "h100-80.1g.10gb";
    static final String WHOLE = "h100-80.whole";
    /** Given out by claims of devices. */
    static final String CLAIMED = "h100-80.dra-1g.10gb";
    /** Handed out by Kueue. */
    static final String BY_KUEUE = "h200-141.1g.18gb";
    static final Duration LEASE = Duration.ofHours(1);

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(5);
    /** Polls after which is looked although nothing has happened: what was refused is tried again. */
    private static final int MOST_IDLE = 12;
    private static final Duration FOR_EVER = Duration.ofDays(1);

    final RunningPlatform platform;
    final SimCluster simulated;
    final Cluster cluster;
    final SliceClaims claims;
    final MovableClock clock;
    final Tenancy tenancy;
    private final Map<TenantId, Tenancy> tenancies = new HashMap<>();
    /** The cluster past the program. A client of its own for each look would cost more than the look. */
    private final KubernetesClient client;

    private SliceBench(RunningPlatform platform, SimCluster simulated, Tenancy tenancy) {
        this.platform = platform;
        this.simulated = simulated;
        this.cluster = platform.context().getBean(Cluster.class);
        this.claims = platform.context().getBean(SliceClaims.class);
        this.clock = platform.context().getBean(MovableClock.class);
        this.tenancy = tenancy;
        this.client = Strangers.client(this);
    }

    /** Holder idiom: started by the first test that needs it, stopped with the JVM. */
    private static final class Shared {
        static final SliceBench BENCH = still();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(BENCH::close, "stop-bench"));
        }
    }

    /** The one of all tests that leave nothing behind; its loops are stopped. */
    static SliceBench shared() {
        return Shared.BENCH;
    }

    /** Loops stopped: nothing happens unless the test does it. */
    static SliceBench still(String... more) {
        return stopped(running(more));
    }

    /** The same with other machines. */
    static SliceBench still(Fleet fleet) {
        return stopped(running(fleet));
    }

    private static SliceBench stopped(SliceBench bench) {
        bench.platform.context().getBean(ReconcileLoop.class).stop();
        bench.platform.context().getBean(FleetWatch.class).stop();
        bench.platform.context().getBean(Sweep.class).stop();
        bench.platform.context().getBean(QueueWatch.class).stop();
        bench.platform.context().getBean(NodeLoop.class).stop();
        bench.platform.context().getBean(FleetWatch.class).observe();
        return bench;
    }

    /** As in production. */
    static SliceBench running(String... more) {
        // Seven sevenths and two, or one, whole cards each; a card each of which two sevenths are claimed; and one of another kind, which Kueue hands out.
        FleetNode byKueue = new FleetNode("kueue-a", GpuModel.H200_141GB, 96, 1024, 110, List.of(Collections.nCopies(7, "1g.18gb")));
        return running(new Fleet(List.of(node("gpu-a", 2), node("gpu-b", 1), claimed("claims-a"), claimed("claims-b"), byKueue)), more);
    }

    private static SliceBench running(Fleet fleet, String... more) {
        try {
            Path folder = Files.createTempDirectory("bench");
            // A lost node's pods are left to us.
            Duration soon = Duration.ofMillis(10);
            Pace pace = new Pace(Duration.ZERO, Duration.ZERO, Duration.ZERO, soon, soon, soon, FOR_EVER);
            SimCluster simulated = SimCluster.start(SimClusterSettings.quick("bench").withFleet(fleet).withPace(pace));
            KueueOnBench.install(simulated);
            simulated.writeKubeconfig(folder.resolve("kubeconfig"));
            String[] settings = {
                "--spring.main.sources=" + MovableClock.AsTheClock.class.getName(),
                "--penstock.cluster.kubeconfig=" + folder.resolve("kubeconfig"),
                "--penstock.provisioning.retry-first=10ms",
                "--penstock.provisioning.poll=100ms",
                "--penstock.nodes.orders-every=100ms",
                "--penstock.nodes.config-settles=0s",
                "--penstock.kueue.cluster-queue=" + KueueOnBench.QUEUE,
                "--penstock.kueue.resources=" + KueueOnBench.RESOURCE,
            };
            Stream<String> usual = Arrays.stream(settings).filter(setting -> Arrays.stream(more).noneMatch(other -> name(other).equals(name(setting))));
            RunningPlatform platform = RunningPlatform.start(Stream.concat(usual, Arrays.stream(more)).toArray(String[]::new));
            Tenancy tenancy = platform.tenancy();
            tenancy.setPolicy(Long.MAX_VALUE / 4, Duration.ofDays(7).toSeconds());
            return new SliceBench(platform, simulated, tenancy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(String setting) {
        return setting.substring(0, setting.indexOf('='));
    }

    private static FleetNode claimed(String name) {
        return new FleetNode(name, GpuModel.H100_80GB, 96, 1024, 110, List.of(List.of("1g.10gb", "1g.10gb"))).byClaims();
    }

    private static FleetNode node(String name, int whole) {
        List<List<String>> cards = new ArrayList<>(List.of(Collections.nCopies(7, "1g.10gb")));
        for (int i = 0; i < whole; i++) {
            cards.add(List.of());
        }
        return new FleetNode(name, GpuModel.H100_80GB, 96, 1024, 110, cards);
    }

    /** Asked for and approved by policy: it is queued. */
    SliceKey queued(String profile) {
        return queued(tenancy, profile);
    }

    SliceKey queued(Tenancy of, String profile) {
        UUID id = platform.nextId();
        String name = "s" + id.getLeastSignificantBits();
        Answer answer = platform.put(of.requests() + id, of.member("ada"), Tenancy.request(name, profile, LEASE.toSeconds()));
        assertThat(answer.text("state")).as(answer.toString()).isEqualTo("APPROVED");
        return new SliceKey(of.tenant(), new SliceId(id));
    }

    /** A workspace of an image, with a volume: asked for and approved by policy, so it is queued. */
    SliceKey workspace() {
        return workspace(WorkspaceKind.JUPYTERLAB);
    }

    SliceKey workspace(WorkspaceKind kind) {
        String image = kind.name().toLowerCase(Locale.ROOT);
        Answer listed = platform.put("/api/workspace-images/" + image, platform.admin(), Map.of(
                "kind", kind, "title", "An image", "reference", "registry.example/" + image + "@sha256:" + "0123456789abcdef".repeat(4), "offered", true));
        assertThat(listed.status()).as(listed.toString()).isEqualTo(200);
        UUID id = platform.nextId();
        Map<String, Object> asked = new HashMap<>(Tenancy.request("w" + id.getLeastSignificantBits(), SEVENTH, LEASE.toSeconds()));
        asked.put("workspace", Map.of("image", image, "volumeGib", 20));
        Answer answer = platform.put(tenancy.requests() + id, tenancy.member("ada"), asked);
        assertThat(answer.text("state")).as(answer.toString()).isEqualTo("APPROVED");
        return new SliceKey(tenancy.tenant(), new SliceId(id));
    }

    /** The cluster's own id of the slice's volume claim. */
    String volume(SliceKey key) {
        return cluster.objectsOfSlice(namespace(), key.slice().toString()).stream()
                .filter(object -> object.kind().equals("PersistentVolumeClaim"))
                .map(ObjectSeen::uid)
                .reduce((one, other) -> one + " and " + other)
                .orElseThrow();
    }

    /** One more tenant whose requests policy approves. */
    Tenancy another() {
        Tenancy other = platform.tenancy();
        tenancies.put(other.tenant(), other);
        other.setPolicy(Long.MAX_VALUE / 4, Duration.ofDays(7).toSeconds());
        return other;
    }

    /** The slice of a model that is to be served: asked for and approved by policy, so it is queued. */
    SliceKey endpoint() {
        return endpoint(SEVENTH);
    }

    SliceKey endpoint(String profile) {
        UUID id = platform.nextId();
        String name = "m" + id.getLeastSignificantBits();
        Answer answer = platform.put(tenancy.endpoints() + id, tenancy.member("ada"), Tenancy.endpoint(name, "bge-m3", profile, 8192, false));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return new SliceKey(tenancy.tenant(), SliceId.of(answer.text("request")));
    }

    Answer share(Tenancy tenancy, int weight, Map<String, Integer> guaranteed) {
        return platform.put(tenancy.path() + "/share", platform.admin(), Map.of("weight", weight, "guaranteed", guaranteed));
    }

    /** Works the queue out: who has to give back, and who is where. */
    void askBack() {
        platform.context().getBean(QueueWatch.class).look();
    }

    SliceReconciler reconciler(Steps steps) {
        var context = platform.context();
        return new SliceReconciler(
                claims, context.getBean(BringUp.class), context.getBean(KeepUp.class), context.getBean(TakeDown.class), steps,
                context.getBean(ProvisioningSettings.class), clock);
    }

    NodeReconciler nodeReconciler(NodeSteps steps) {
        var context = platform.context();
        return new NodeReconciler(
                context.getBean(NodeOrders.class), cluster, context.getBean(Answering.class), context.getBean(CutAsOrdered.class), claims, context.getBean(Installation.class), steps,
                context.getBean(NodeSettings.class), clock);
    }

    NodeSeen node(String name) {
        return cluster.node(name).orElseThrow();
    }

    /** An administrator's order of a node; its id. */
    String order(String node, NodeGoal goal, long noticeSeconds) {
        String id = platform.nextId().toString();
        Answer answer = platform.put("/api/fleet/orders/" + id, platform.admin(), Map.of("node", node, "goal", goal.name(), "noticeSeconds", noticeSeconds, "reason", "a fan is loud"));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return id;
    }

    /** A reconciler of its own for each, all beginning at the same moment. */
    void atOnce(List<SliceKey> keys) throws Exception {
        try (ExecutorService many = Executors.newFixedThreadPool(keys.size())) {
            CountDownLatch together = new CountDownLatch(1);
            List<Future<?>> all = keys.stream().<Future<?>>map(key -> many.submit(() -> {
                SliceReconciler own = reconciler((step, slice) -> {});
                together.await();
                own.reconcile(key);
                return null;
            })).toList();
            together.countDown();
            for (Future<?> one : all) {
                one.get(60, TimeUnit.SECONDS);
            }
        }
        // Whoever was just being handed a part could not be claimed, and is looked at again.
        keys.forEach(reconciler((step, slice) -> {})::reconcile);
    }

    Slice slice(SliceKey key) {
        return claims.find(key).orElseThrow();
    }

    SliceState state(SliceKey key) {
        return slice(key).state();
    }

    /** Reconciles again and again, looking at the nodes in between, until it is so. A look asks the cluster for everything it has: while nothing happens nobody looks. */
    Slice until(Consumer<SliceKey> reconcile, SliceKey key, Predicate<Slice> done) {
        Looking looking = new Looking(reconcile, key);
        return await().atMost(PATIENCE).pollInterval(POLL).pollDelay(Duration.ZERO).until(looking::look, done);
    }

    private final class Looking {

        private final Consumer<SliceKey> reconcile;
        private final SliceKey key;
        private Slice seen;
        private long version = -1;
        private int idle;

        Looking(Consumer<SliceKey> reconcile, SliceKey key) {
            this.reconcile = reconcile;
            this.key = key;
            this.seen = slice(key);
        }

        Slice look() {
            long now = simulated.version();
            if (now == version && idle++ < MOST_IDLE) {
                return seen;
            }
            idle = 0;
            Slice before = seen;
            observe();
            reconcile.accept(key);
            seen = slice(key);
            // What it has come to may be what it goes on from at once.
            version = seen.standing().equals(before.standing()) ? now : -1;
            return seen;
        }
    }

    void observe() {
        try {
            platform.context().getBean(FleetWatch.class).observe();
            platform.context().getBean(NodeOrders.class).read();
        } catch (ClusterFailure e) {
            assertThat(e.kind()).as(e.sentence()).isIn(ClusterFailure.Kind.UNAVAILABLE, ClusterFailure.Kind.BUSY, ClusterFailure.Kind.CONFLICT);
        }
    }

    void sweep() {
        platform.context().getBean(Sweep.class).sweep();
    }

    /** A workspace is given back, a model that is served is stopped. */
    void release(SliceKey key) {
        Serving serving = slice(key).approved().serving();
        String path = serving == null ? "/slices/" + key.slice() + "/release" : "/endpoints/" + serving.endpoint() + "/stop";
        Answer answer = platform.post("/api/tenants/" + key.tenant() + path, tenancies.getOrDefault(key.tenant(), tenancy).member("ada"), Map.of());
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    void suspend(SliceKey key) {
        as(key, "bench", slices -> slices.suspend(key, "Nobody uses it."));
    }

    void resume(SliceKey key) {
        as(key, "bench", slices -> slices.resume(key));
    }

    void stepAside(SliceKey key) {
        as(key, "bench", slices -> slices.stepAside(key, "Others come first."));
    }

    private void as(SliceKey key, String who, Predicate<Slices> work) {
        var context = platform.context();
        boolean done = context.getBean(JobTransactions.class)
                .inTenant(Job.RECONCILE, Actor.system(who), key.tenant(), () -> work.test(context.getBean(Slices.class)));
        assertThat(done).isTrue();
    }

    /** The program's clock moves on. What it knows of memberships is then old, so it reads them again. */
    void passes(Duration time) {
        clock.advance(time);
        platform.context().getBean(Access.class).changed();
    }

    /** As if the time of the claim had passed. */
    void claimEnds(SliceKey key) {
        platform.sql("update platform.slice set claimed_until = now() - interval '1 second' where id = '%s'".formatted(key.slice()));
    }

    void waitFor(BooleanSupplier condition) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(condition::getAsBoolean);
    }

    /** The project begins anew on the cluster. */
    void removeNamespace() {
        client.namespaces().withName(namespace()).delete();
        waitFor(() -> cluster.namespace(namespace()).isEmpty());
        platform.context().getBean(Namespaces.class).doubt(namespace());
    }

    String namespace() {
        return platform.context().getBean(Installation.class).namespace(tenancy.project());
    }

    PlayedReservations quota() {
        return platform.quota().reservations();
    }

    /** What was done to the slice, as the trail tells. */
    List<String> trail(SliceKey key) {
        return platform.trail(key.slice()).stream().map(AuditRow::action).filter(action -> action.startsWith("slice.")).toList();
    }

    /** Nothing of the slice is left anywhere, and everybody agrees on its time. */
    void assertNothingLeft(SliceKey key) {
        assertThat(state(key).live()).isFalse();
        assertThat(quota().open()).as("reservations left").isZero();
        assertNothingOnTheCluster(key);
    }

    /** The slice, which may only have stepped aside, holds no part, and everybody agrees on its time. */
    void assertNothingOnTheCluster(SliceKey key) {
        Slice slice = slice(key);
        assertThat(cluster.podsOfSlice(namespace(), key.slice().toString())).as("pods left").isEmpty();
        assertThat(quota().complaints()).isEmpty();
        long booked = quota().booked(key.slice()).values().stream().mapToLong(Long::longValue).sum();
        assertThat(slice.standing().gpuTime().partSeconds()).as("the slice's time is the booked time").isEqualTo(booked * slice.approved().parts());
        assertThat(platform.context().getBean(Holdings.class).byProfile().values()).as("parts left counted").allMatch(Holdings.Count.NONE::equals);
        assertThat(cluster.pods("penstock")).as("pods of ours left").isEmpty();
        assertThat(cluster.objectsOfSlices("penstock")).as("objects of ours left").isEmpty();
        assertThat(cluster.devices().devices()).as("devices left claimed").noneMatch(DeviceSeen::claimed);
        Map<String, String> hard = quotaOfNamespace();
        assertThat(hard).allSatisfy((resource, amount) -> assertThat(amount).as(resource).isEqualTo("0"));
    }

    private Map<String, String> quotaOfNamespace() {
        var quota = client.resourceQuotas().inNamespace(namespace()).withName(NamespaceManifests.QUOTA).get();
        Map<String, String> hard = new TreeMap<>();
        if (quota != null) {
            quota.getSpec().getHard().forEach((resource, amount) -> hard.put(resource, amount.toString()));
        }
        return hard;
    }

    @Override
    public void close() {
        client.close();
        platform.close();
        simulated.close();
    }
}
