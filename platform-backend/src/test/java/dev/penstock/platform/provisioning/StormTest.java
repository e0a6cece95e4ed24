package dev.penstock.platform.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.contract.platform.SliceState;
import dev.penstock.platform.slice.SliceKey;
import dev.penstock.simulators.cluster.fault.Fault;
import dev.penstock.simulators.cluster.fault.Fault.RequestMatch;
import dev.penstock.simulators.cluster.fault.Faults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The program as it runs beside a cluster that has a bad day: watches are cut and cannot be resumed where they were, requests meet conflicts,
 * are turned away, broken off and done without an answer, and for a while nobody answers at all. Whatever is asked for meanwhile ends as it
 * would have ended, and the cluster is written to at most twice as often.
 */
class StormTest {

    private static final int WORKSPACES = 6;
    private static final int MODELS = 2;
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration OUTAGE = System.getProperty("penstock.long") == null ? Duration.ofSeconds(3) : Duration.ofSeconds(30);

    private static SliceBench bench;

    @BeforeAll
    static void start() {
        bench = SliceBench.running(
                "--penstock.provisioning.nodes-every=200ms", "--penstock.provisioning.ready-every=300ms", "--penstock.provisioning.retry-most=300ms");
        bench.waitFor(() -> bench.platform.get("/api/slice-profiles", bench.tenancy.member("ada")).body().toString().contains("\"total\":14"));
    }

    @AfterAll
    static void stop() {
        bench.close();
    }

    @Test
    void aStormChangesNothingButTheTimeItTakes() throws InterruptedException {
        int calm = livesOf(() -> {});
        try (Storm storm = new Storm(20_261_122)) {
            int stormy = livesOf(storm::outage);
            assertThat(storm.blows).as("things that went wrong").isGreaterThan(20);
            assertThat(stormy).as("written, where " + calm + " do").isLessThanOrEqualTo(2 * calm);
        }
    }

    /**
     * Workspaces and models that are asked for at once, come up, and are given back or come to the end of their lease.
     *
     * @return how often the cluster was written to
     */
    private static int livesOf(Runnable meanwhile) throws InterruptedException {
        bench.simulated.auditLog().forget();
        List<SliceKey> workspaces = new ArrayList<>();
        List<SliceKey> models = new ArrayList<>();
        for (int i = 0; i < WORKSPACES; i++) {
            workspaces.add(bench.queued(SliceBench.SEVENTH));
        }
        for (int i = 0; i < MODELS; i++) {
            models.add(bench.endpoint());
        }
        meanwhile.run();
        List<SliceKey> all = Stream.concat(workspaces.stream(), models.stream()).toList();
        all.forEach(key -> become(key, SliceState.READY));
        models.forEach(bench::release);
        workspaces.subList(0, WORKSPACES / 2).forEach(bench::release);
        meanwhile.run();
        workspaces.subList(0, WORKSPACES / 2).forEach(key -> become(key, SliceState.RELEASED));
        models.forEach(key -> become(key, SliceState.RELEASED));
        bench.passes(SliceBench.LEASE.plusSeconds(5));
        workspaces.subList(WORKSPACES / 2, WORKSPACES).forEach(key -> become(key, SliceState.EXPIRED));
        bench.clock.backToNow();
        int written = (int) bench.simulated.auditLog().entries().stream().filter(entry -> entry.writes() && entry.carriedOut()).count();
        bench.simulated.faults().liftAll();
        // Two that end at the same moment each leave the other's room in the namespace; that is what the sweep is for.
        bench.sweep();
        for (SliceKey key : all) {
            bench.assertNothingLeft(key);
            boolean expired = bench.state(key) == SliceState.EXPIRED;
            assertThat(bench.trail(key)).containsExactly(
                    "slice.queue", "slice.reserve", "slice.provision", "slice.ready", expired ? "slice.expire" : "slice.release", "slice.end");
        }
        return written;
    }

    private static void become(SliceKey key, SliceState state) {
        await("slice " + key + " " + state).atMost(PATIENCE).until(() -> bench.state(key) == state);
    }

    /** One blow after the other from a seed; at last it has spent itself. */
    private static final class Storm implements AutoCloseable {

        private static final long BETWEEN_BLOWS_MILLIS = 70;
        private static final int MOST_BLOWS = 150;

        private final CountDownLatch over = new CountDownLatch(1);
        private final Thread thread;
        private volatile int blows;

        Storm(long seed) {
            Random random = new Random(seed);
            thread = Thread.ofVirtual().start(() -> {
                try {
                    while (blows < MOST_BLOWS && !over.await(BETWEEN_BLOWS_MILLIS, TimeUnit.MILLISECONDS)) {
                        blow(random);
                        blows++;
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }

        private static void blow(Random random) {
            RequestMatch writes = new RequestMatch(random.nextBoolean() ? "patch" : "delete", "", "", "");
            switch (random.nextInt(7)) {
                case 0 -> bench.simulated.cutWatches();
                case 1 -> {
                    bench.simulated.compactHistory();
                    bench.simulated.cutWatches();
                }
                case 2 -> strike(new Fault.Answer(writes, 409, 0), random);
                case 3 -> strike(new Fault.Answer(RequestMatch.ANY, 429, 0), random);
                case 4 -> strike(new Fault.Answer(new RequestMatch("list", "", "", ""), 410, 0), random);
                case 5 -> strike(new Fault.Answer(RequestMatch.ANY, 500, 0), random);
                default -> strike(new Fault.LoseAnswer(writes), random);
            }
        }

        private static void strike(Fault fault, Random random) {
            bench.simulated.faults().add(fault, 1 + random.nextInt(2), Duration.ofMillis(100));
        }

        /** Connections are closed, for a while. */
        void outage() {
            bench.simulated.faults().add(new Fault.ApiDown(true), Faults.FOREVER, OUTAGE);
        }

        @Override
        public void close() throws InterruptedException {
            over.countDown();
            thread.join();
            bench.simulated.faults().liftAll();
        }
    }
}
