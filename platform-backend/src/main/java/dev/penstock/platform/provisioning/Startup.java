package dev.penstock.platform.provisioning;

import dev.penstock.platform.cluster.Cluster;
import dev.penstock.platform.cluster.ClusterFailure;
import dev.penstock.platform.cluster.PodSeen;
import dev.penstock.platform.slice.Slice;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** How far something that comes up has come, as it is observed. A model takes minutes, so people are told what takes so long. */
@Component
class Startup {

    private static final Logger log = LoggerFactory.getLogger(Startup.class);

    /** Lines from the end of the engine's log among which progress is looked for. */
    private static final int LINES = 40;
    private static final int ALL = 100;

    private final Cluster cluster;
    private final ProvisioningSettings settings;

    Startup(Cluster cluster, ProvisioningSettings settings) {
        this.cluster = cluster;
        this.settings = settings;
    }

    /** @param trouble in words; null: nothing is wrong */
    Pause pause(Work work, PodSeen pod, @Nullable String trouble) {
        if (trouble != null || work.slice().approved().serving() == null) {
            return Pause.until(settings.comingUpEvery(), trouble);
        }
        Integer progress = pod.running() == null ? null : progress(pod);
        return Pause.comingUp(settings.comingUpEvery(), words(pod, progress), progress);
    }

    /** From being placed to being ready, of a model server that was not ready before. */
    @Nullable Duration took(Slice slice, PodSeen pod) {
        PodSeen.Condition placed = pod.scheduled();
        PodSeen.Condition ready = pod.ready();
        boolean first = slice.approved().serving() != null && slice.standing().readyAt() == null;
        return first && placed != null && ready != null ? Duration.between(placed.since(), ready.since()) : null;
    }

    static String words(PodSeen pod, @Nullable Integer progress) {
        if (pod.node() == null) {
            return "The scheduler looks for a node.";
        }
        if (pod.running() == null) {
            return "Placed on " + pod.node() + "; the engine's image is being fetched.";
        }
        if (progress == null) {
            return "Placed on " + pod.node() + "; the engine is starting.";
        }
        return progress < ALL ? "The weights are being loaded." : "The weights are loaded; the engine gets ready.";
    }

    /** A log that cannot be read is no reason to stop: progress is for people. */
    private @Nullable Integer progress(PodSeen pod) {
        try {
            List<String> lines = cluster.podLog(pod, LINES);
            return EngineLog.progress(lines);
        } catch (ClusterFailure e) {
            log.debug("log of {}: {}", pod.name(), e.sentence());
            return null;
        }
    }
}
