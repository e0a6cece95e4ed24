package dev.penstock.simulators.metrics;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A DCGM exporter of GPUs that are not there: what it measures of each pod is made up from the pod's name and the time of day, between 2 and 98 %, and goes
 * up and down within the hour. Nobody is ever without activity, so that nobody is suspended for what was made up.
 */
public final class SimDcgm implements AutoCloseable {

    private static final String ENGINE_ACTIVE = "DCGM_FI_PROF_GR_ENGINE_ACTIVE";
    private static final double LEAST = 0.02;
    private static final double MOST = 0.98;
    private static final int HOUR = 3600;

    private final SimPrometheus prometheus;
    private final Supplier<List<GpuPod>> pods;
    private final Clock clock;
    private final ScheduledExecutorService scraping = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("sim-dcgm").factory());

    /**
     * A pod that runs with GPUs, or parts of them.
     *
     * @param partitioned whether what it has is a MIG partition
     */
    public record GpuPod(String namespace, String name, String node, int gpus, boolean partitioned) {}

    private SimDcgm(SimPrometheus prometheus, Supplier<List<GpuPod>> pods, Clock clock) {
        this.prometheus = prometheus;
        this.pods = pods;
        this.clock = clock;
    }

    /** Measures now, and then again and again. */
    public static SimDcgm start(SimPrometheus prometheus, Supplier<List<GpuPod>> pods, Clock clock, Duration every) {
        SimDcgm started = new SimDcgm(prometheus, pods, clock);
        started.scraping.scheduleWithFixedDelay(started::scrape, 0, every.toMillis(), TimeUnit.MILLISECONDS);
        return started;
    }

    void scrape() {
        for (GpuPod pod : pods.get()) {
            for (int gpu = 0; gpu < pod.gpus(); gpu++) {
                Map<String, String> labels = new HashMap<>(Map.of("namespace", pod.namespace(), "pod", pod.name(), "Hostname", pod.node(), "gpu", Integer.toString(gpu)));
                if (pod.partitioned()) {
                    labels.put("GPU_I_ID", "1");
                }
                prometheus.scrape(ENGINE_ACTIVE, labels, activity(pod.name() + gpu));
            }
        }
    }

    /** A wave of its own for each. */
    private double activity(String of) {
        int seed = Math.floorMod(of.hashCode(), HOUR);
        double middle = LEAST + (MOST - LEAST) * (seed % 97) / 96.0;
        double wave = 0.12 * Math.sin(2 * Math.PI * ((clock.instant().getEpochSecond() + seed) % HOUR) / HOUR);
        return Math.clamp(middle + wave, LEAST, MOST);
    }

    @Override
    public void close() {
        scraping.shutdownNow();
    }
}
