package dev.penstock.platform.idleness;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * DCGM's metrics, asked for at a Prometheus. {@code DCGM_FI_PROF_GR_ENGINE_ACTIVE} is measured for whole GPUs and for MIG instances.
 * {@code DCGM_FI_DEV_GPU_UTIL}, which older GPUs have instead, is not: of a MIG instance it is missing or always 0, so it counts for whole
 * GPUs alone.
 */
@Component
class PrometheusActivity implements GpuActivity {

    static final String ENGINE_ACTIVE = "DCGM_FI_PROF_GR_ENGINE_ACTIVE";
    static final String UTILIZATION = "DCGM_FI_DEV_GPU_UTIL";
    static final double PERCENT = 100;

    private static final String MIG_INSTANCE = "GPU_I_ID";

    private final Prometheus prometheus;

    PrometheusActivity(Prometheus prometheus) {
        this.prometheus = prometheus;
    }

    @Override
    public Map<Pod, Double> highest(Duration window) {
        Map<Pod, Double> highest = new HashMap<>();
        for (Prometheus.Series series : ask(ENGINE_ACTIVE, window)) {
            count(highest, series, 1);
        }
        for (Prometheus.Series series : ask(UTILIZATION, window)) {
            if (!series.metric().containsKey(MIG_INSTANCE)) {
                count(highest, series, PERCENT);
            }
        }
        if (highest.isEmpty()) {
            throw new Unknown("Prometheus has no GPU metrics of pods: neither " + ENGINE_ACTIVE + " nor " + UTILIZATION + " of NVIDIA's DCGM exporter.");
        }
        return highest;
    }

    private List<Prometheus.Series> ask(String metric, Duration window) {
        return prometheus.ask("max_over_time(" + metric + "[" + window.toSeconds() + "s])");
    }

    /** A GPU that no pod holds has no pod. */
    private static void count(Map<Pod, Double> highest, Prometheus.Series series, double whole) {
        Pod pod = series.pod();
        double value = series.number();
        if (pod != null && !Double.isNaN(value)) {
            highest.merge(pod, value / whole, Math::max);
        }
    }
}
