package dev.penstock.platform.idleness;

import dev.penstock.contract.SliceId;
import dev.penstock.frame.BackgroundWork;
import dev.penstock.frame.Rhythm;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.live.Changes;
import dev.penstock.platform.idleness.GpuActivity.Pod;
import dev.penstock.platform.slice.Installation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * How much of the time the GPUs of each slice worked lately, as this replica was last told. Two questions for all slices, now and then and not when somebody
 * looks; one number for each pod comes back. What is not measured is not known, and never nought.
 */
@Component
public class GpuUse implements BackgroundWork {

    private static final Logger log = LoggerFactory.getLogger(GpuUse.class);
    private static final Actor WATCH = Actor.system("gpu-use");
    private static final Pattern POD = Pattern.compile("slice-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-(\\d{1,9})");
    private static final String BY_POD = "avg by (namespace,pod,exported_namespace,exported_pod) (avg_over_time(%s[%ds]))";
    private static final String WHOLE_GPUS = PrometheusActivity.UTILIZATION + "{GPU_I_ID=\"\"}";

    private final Prometheus prometheus;
    private final IdlenessSettings idleness;
    private final GpuUseSettings settings;
    private final Installation installation;
    private final JobTransactions transactions;
    private final Changes changes;
    private final Clock clock;
    private final Rhythm rhythm;
    private volatile Known known;

    /** @param missing why nothing new is known; null: it was just asked for */
    private record Known(Map<SliceId, Measured> slices, @Nullable String missing) {}

    /**
     * @param share of the time, from 0 to 1; of several GPUs their mean
     * @param at until when
     */
    public record Measured(double share, Instant at) {

        private long percent() {
            return Math.round(share * 100);
        }
    }

    private record Phase(int number, Measured measured) {}

    GpuUse(
            Prometheus prometheus,
            IdlenessSettings idleness,
            GpuUseSettings settings,
            Installation installation,
            JobTransactions transactions,
            Changes changes,
            Clock clock) {
        this.prometheus = prometheus;
        this.idleness = idleness;
        this.settings = settings;
        this.installation = installation;
        this.transactions = transactions;
        this.changes = changes;
        this.clock = clock;
        this.known = new Known(Map.of(), idleness.prometheus() == null ? "No Prometheus is named that knows GPU activity." : "It was not asked for yet.");
        this.rhythm = Rhythm.of("gpu-use", settings.every(), this::look);
    }

    @Override
    public Rhythm rhythm() {
        return rhythm;
    }

    /** By slice, what was measured lately; what was measured before that is not known any more. */
    public Map<SliceId, Measured> slices() {
        Instant oldest = clock.instant().minus(settings.window());
        return known.slices().entrySet().stream().filter(each -> !each.getValue().at().isBefore(oldest)).collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Over which time each is the mean. */
    public Duration window() {
        return settings.window();
    }

    /** Why nothing new is known, in a sentence; null: it is being asked for. */
    public @Nullable String missing() {
        return known.missing();
    }

    void look() {
        if (idleness.prometheus() == null) {
            return;
        }
        Known before = known;
        try {
            known = new Known(measured(clock.instant()), null);
        } catch (GpuActivity.Unknown e) {
            if (before.missing() == null) {
                log.warn("use of GPUs is not known: {}", e.getMessage(), e.getCause());
            }
            known = new Known(before.slices(), e.getMessage());
        }
        if (!shown(before).equals(shown(known))) {
            transactions.acrossTenants(Job.RECONCILE, WATCH, () -> {
                changes.tell("fleet", null, null, "use", null);
                return true;
            });
        }
    }

    private Map<SliceId, Measured> measured(Instant at) {
        Map<Pod, Double> shares = new HashMap<>();
        // What older GPUs have instead comes first: where both are measured, the engine's counts.
        shares(WHOLE_GPUS, PrometheusActivity.PERCENT, shares);
        shares(PrometheusActivity.ENGINE_ACTIVE, 1, shares);
        Map<SliceId, Phase> latest = new HashMap<>();
        shares.forEach((pod, share) -> {
            Matcher name = POD.matcher(pod.name());
            if (pod.namespace().startsWith(installation.name() + "-") && name.matches()) {
                Phase phase = new Phase(Integer.parseInt(name.group(2)), new Measured(share, at));
                latest.merge(SliceId.of(name.group(1)), phase, (one, other) -> one.number() > other.number() ? one : other);
            }
        });
        return latest.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().measured()));
    }

    private void shares(String metric, double whole, Map<Pod, Double> shares) {
        List<Prometheus.Series> all = prometheus.ask(BY_POD.formatted(metric, settings.window().toSeconds()));
        for (Prometheus.Series series : all) {
            Pod pod = series.pod();
            double value = series.number();
            if (pod != null && !Double.isNaN(value)) {
                shares.put(pod, Math.clamp(value / whole, 0, 1));
            }
        }
    }

    /** What a screen shows of it. */
    private static List<Object> shown(Known known) {
        return List.of(String.valueOf(known.missing()), known.slices().entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().percent())));
    }
}
