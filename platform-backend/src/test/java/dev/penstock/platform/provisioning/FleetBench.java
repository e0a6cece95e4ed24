package dev.penstock.platform.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.OperatingSystemMXBean;
import dev.penstock.platform.running.Answer;
import dev.penstock.platform.running.RunningPlatform;
import dev.penstock.platform.running.Tenancy;
import dev.penstock.simulators.cluster.SimClusterProgram;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A large fleet: 500 nodes, 200 tenants with 25 slices each. How fast they come up when all are asked for at once, what they cost while they
 * run, how soon one more is there, and how long the fleet takes to be looked at. The simulated cluster is a process of its own; quota-service
 * is played. Not part of any build: {@code ./penstock bench fleet} plays it.
 */
class FleetBench {

    private static final int NODES = Integer.getInteger("penstock.bench.nodes", 500);
    private static final int TENANTS = Integer.getInteger("penstock.bench.tenants", 200);
    private static final int SLICES_EACH = 25;
    private static final int ASKERS = 4;
    private static final int ONE_BY_ONE = 120;
    private static final Duration BETWEEN = Duration.ofMillis(500);
    private static final Duration QUIET = Duration.ofSeconds(60);
    private static final int LOOKS = 9;

    /** Signing one for each request would be most of what is measured. */
    private final Map<Tenancy, String> tokens = new ConcurrentHashMap<>();
    private final List<String> figures = new ArrayList<>();

    @Test
    void ofFiveHundredNodes(@TempDir Path folder) throws Exception {
        Process cluster = cluster(folder);
        try (RunningPlatform platform = RunningPlatform.start(
                "--penstock.cluster.kubeconfig=" + folder.resolve("kubeconfig"), "--logging.level.root=warn")) {
            List<Tenancy> tenancies = IntStream.range(0, TENANTS).mapToObj(number -> platform.tenancy()).toList();
            tenancies.forEach(tenancy -> tenancy.setPolicy(Long.MAX_VALUE / 4, Duration.ofDays(7).toSeconds()));
            await().atMost(Duration.ofMinutes(2)).until(() -> platform.get("/api/fleet/nodes", platform.admin()).body().toString().length() > NODES * 20L);
            long heapBefore = heap();
            allAtOnce(platform, tenancies);
            tell("live heap: %d MiB before, %d MiB with %d slices", heapBefore >> 20, heap() >> 20, TENANTS * SLICES_EACH);
            atRest(cluster);
            oneByOne(platform, tenancies);
            looks(platform);
        } finally {
            cluster.destroy();
            cluster.waitFor();
        }
        write();
    }

    private void allAtOnce(RunningPlatform platform, List<Tenancy> tenancies) throws SQLException {
        Instant from = Instant.now();
        try (ExecutorService askers = Executors.newFixedThreadPool(ASKERS)) {
            for (int i = 0; i < SLICES_EACH; i++) {
                tenancies.forEach(tenancy -> askers.execute(() -> ask(platform, tenancy)));
            }
        }
        tell("asked for %d slices in %d s, over HTTP, %d at a time", TENANTS * SLICES_EACH, Duration.between(from, Instant.now()).toSeconds(), ASKERS);
        await().atMost(Duration.ofMinutes(30)).pollInterval(Duration.ofMillis(500)).until(() -> number(platform, "select count(*) from platform.slice where state = 'READY'") == (long) TENANTS * SLICES_EACH);
        Duration took = Duration.between(from, Instant.now());
        tell("all ready after %d s: %.1f slices a second", took.toSeconds(), TENANTS * SLICES_EACH * 1000.0 / took.toMillis());
    }

    private void atRest(Process cluster) throws InterruptedException {
        Duration before = cpu();
        Duration clusterBefore = cluster.info().totalCpuDuration().orElseThrow();
        boolean unused = new CountDownLatch(1).await(QUIET.toMillis(), TimeUnit.MILLISECONDS);
        double own = cpu().minus(before).toMillis() * 100.0 / QUIET.toMillis();
        double theirs = cluster.info().totalCpuDuration().orElseThrow().minus(clusterBefore).toMillis() * 100.0 / QUIET.toMillis();
        tell("while nothing happens: %.0f %% of a core, and %.0f %% in the simulated cluster", own, theirs);
    }

    private void oneByOne(RunningPlatform platform, List<Tenancy> tenancies) throws Exception {
        List<String> ids = new ArrayList<>();
        CountDownLatch never = new CountDownLatch(1);
        for (int i = 0; i < ONE_BY_ONE; i++) {
            ids.add(ask(platform, tenancies.get(i % TENANTS)).toString());
            boolean unused = never.await(BETWEEN.toMillis(), TimeUnit.MILLISECONDS);
        }
        String those = ids.stream().map(id -> "'" + id + "'").collect(Collectors.joining(","));
        await().atMost(Duration.ofMinutes(5)).until(() -> number(platform, "select count(*) from platform.slice where state = 'READY' and id in (" + those + ")") == ONE_BY_ONE);
        for (String state : List.of("PROVISIONING", "READY")) {
            String after = """
                    select percentile_disc(array[0.5, 0.99, 1]) within group (order by extract(epoch from e.at - s.created_at) * 1000)
                      from platform.slice s join platform.slice_event e on e.tenant_id = s.tenant_id and e.slice_id = s.id and e.state = '%s'
                     where s.id in (%s)""".formatted(state, those);
            tell("one more, every %d ms: milliseconds from approved to %s, median, p99 and longest: %s", BETWEEN.toMillis(), state, text(platform, after));
        }
    }

    private void looks(RunningPlatform platform) {
        for (String path : List.of("/api/fleet/nodes", "/api/fleet/room", "/api/fleet/repack?mostStopped=10", "/api/slice-profiles")) {
            long[] times = new long[LOOKS];
            int bytes = 0;
            for (int i = 0; i < LOOKS; i++) {
                long from = System.nanoTime();
                Answer answer = platform.get(path, platform.admin());
                times[i] = (System.nanoTime() - from) / 1_000_000;
                assertThat(answer.status()).as(path + " " + answer).isEqualTo(200);
                bytes = answer.body().toString().length();
            }
            Arrays.sort(times);
            tell("%s: median %d ms, longest %d ms, %d KB", path, times[LOOKS / 2], times[LOOKS - 1], bytes >> 10);
        }
    }

    private UUID ask(RunningPlatform platform, Tenancy tenancy) {
        UUID id = platform.nextId();
        String token = tokens.computeIfAbsent(tenancy, its -> its.member("ada"));
        Answer answer = platform.put(
                tenancy.requests() + id, token, Tenancy.request("s" + id.getLeastSignificantBits(), SliceBench.SEVENTH, Duration.ofHours(8).toSeconds()));
        assertThat(answer.text("state")).as(answer.toString()).isEqualTo("APPROVED");
        return id;
    }

    /** As quick as it goes, so that what is measured is ours. */
    private static Process cluster(Path folder) throws IOException {
        String card = IntStream.range(0, 7).mapToObj(part -> "\"1g.10gb\"").collect(Collectors.joining(",", "[", "]"));
        String nodes = IntStream.range(0, NODES)
                .mapToObj(number -> """
                        {"name":"gpu-%03d","gpu":{"product":"NVIDIA-H100-80GB-HBM3","family":"hopper","memoryMiB":81559,"sliceGb":10},"maxPods":250,"cards":[%s,%s]}"""
                        .formatted(number, card, card))
                .collect(Collectors.joining(",", "{\"nodes\":[", "]}"));
        Path fleet = Files.writeString(folder.resolve("fleet.json"), nodes);
        Path token = Files.writeString(folder.resolve("token"), "bench");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx2g", "-cp", System.getProperty("java.class.path"),
                        SimClusterProgram.class.getName(), "--token-file", token.toString(), "--fleet", fleet.toString(),
                        "--kubeconfig", folder.resolve("kubeconfig").toString(), "--pace", "quick")
                .redirectErrorStream(true)
                .redirectOutput(new File(folder.toFile(), "cluster.log"))
                .start();
        await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(folder.resolve("kubeconfig")));
        return process;
    }

    private static Duration cpu() {
        return Duration.ofNanos(((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime());
    }

    /** The least of several, since what is read and thrown away again is alive meanwhile. */
    private static long heap() {
        return Stream.generate(() -> {
            System.gc();
            return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        }).limit(5).min(Long::compare).orElseThrow();
    }

    private static long number(RunningPlatform platform, String query) throws SQLException {
        return Long.parseLong(text(platform, query));
    }

    private static String text(RunningPlatform platform, String query) throws SQLException {
        try (var connection = platform.database().connectAsAdmin(); var statement = connection.createStatement(); var row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    private void tell(String format, Object... values) {
        String line = format.formatted(values);
        figures.add(line);
        System.out.println("fleet: " + line);
    }

    private void write() throws IOException {
        String results = System.getProperty("penstock.bench.results");
        if (results != null) {
            Files.writeString(Path.of(results, "fleet.txt"), String.join("\n", figures) + "\n");
        }
    }
}
