package dev.penstock.platform.provisioning;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param workers slices worked on at once by one replica
 * @param poll how often due slices are looked for when no signal comes
 * @param claim how long a reconciler holds a slice
 * @param claimMargin before the claim's end nothing more is begun; longer than any single call takes
 * @param queuedEvery how often a queued slice asks again by itself; its turn comes to it without that
 * @param comingUpEvery how often a slice that comes up or goes down is looked at when no signal comes
 * @param readyEvery how often a ready slice is looked at when no signal comes, and its GPU time is booked
 * @param retryFirst pause after the first failure; doubles with each further one
 * @param retryMost the longest such pause
 * @param unplacedFor how long the scheduler may refuse before the slice goes back to the queue
 * @param nodeLostAfter how long a node may be not ready before its slices are brought up elsewhere
 * @param comesUpWithin how long a placed workspace may take before the slice fails
 * @param crashes how often a workspace may crash before the slice fails
 * @param sweepEvery how often objects that nobody claims are looked for
 * @param nodesEvery how often nodes are looked at when no signal comes
 * @param workspace the pod
 * @param serving what a model is served with
 */
@ConfigurationProperties(prefix = "penstock.provisioning", ignoreUnknownFields = false)
record ProvisioningSettings(
        @DefaultValue("8") int workers,
        @DefaultValue("1s") Duration poll,
        @DefaultValue("90s") Duration claim,
        @DefaultValue("30s") Duration claimMargin,
        @DefaultValue("30s") Duration queuedEvery,
        @DefaultValue("2s") Duration comingUpEvery,
        @DefaultValue("1m") Duration readyEvery,
        @DefaultValue("1s") Duration retryFirst,
        @DefaultValue("1m") Duration retryMost,
        @DefaultValue("30s") Duration unplacedFor,
        @DefaultValue("30s") Duration nodeLostAfter,
        @DefaultValue("15m") Duration comesUpWithin,
        @DefaultValue("5") int crashes,
        @DefaultValue("1m") Duration sweepEvery,
        @DefaultValue("10s") Duration nodesEvery,
        @DefaultValue Workspace workspace,
        @DefaultValue Serving serving) {

    /**
     * @param image of a plain shell: any with {@code sh} and {@code sleep}
     * @param cpu of a core, as Kubernetes writes it; request and limit
     * @param memory as Kubernetes writes it; request and limit
     * @param home size limit of a plain shell's home folder
     * @param user the numeric user it runs as, never 0
     * @param grace how long its processes may take to end
     * @param proxyNamespace where platform-backend runs: the only one that may reach a workspace of an image
     * @param proxyApp value of platform-backend's label {@code app.kubernetes.io/name}
     */
    record Workspace(
            @DefaultValue("docker.io/library/debian:13-slim") String image,
            @DefaultValue("1") String cpu,
            @DefaultValue("4Gi") String memory,
            @DefaultValue("10Gi") String home,
            @DefaultValue("1000") long user,
            @DefaultValue("10s") Duration grace,
            @DefaultValue("penstock") String proxyNamespace,
            @DefaultValue("platform-backend") String proxyApp) {

        Workspace {
            if (user < 1) {
                throw new IllegalArgumentException("penstock.provisioning.workspace.user must not be root");
            }
        }
    }

    /**
     * @param image of the engine; one that the nodes may pull
     * @param cpu of a core, as Kubernetes writes it; request and limit
     * @param memory of the host, as Kubernetes writes it; request and limit; weights pass through it while they are loaded
     * @param cache size limit of the folder for weights and compiled kernels
     * @param sharedMemory size limit of {@code /dev/shm}, part of {@code memory}
     * @param user the numeric user it runs as, never 0
     * @param grace how long calls in flight may take to end
     * @param startProbes how often in a row, every two seconds, it may be found not ready before the kubelet restarts it
     * @param gatewayNamespace where the gateway runs: the only one that may reach an engine
     * @param gatewayApp value of the gateway's label {@code app.kubernetes.io/name}
     * @param hub address that weights are fetched from; empty: the engine's own default
     * @param hubNetworks networks that an engine may reach for that, over HTTPS, such as {@code 10.2.0.0/16}; none: it reaches nothing, and
     *     weights must be in the image
     */
    record Serving(
            @DefaultValue("docker.io/vllm/vllm-openai:v0.11.0") String image,
            @DefaultValue("4") String cpu,
            @DefaultValue("32Gi") String memory,
            @DefaultValue("60Gi") String cache,
            @DefaultValue("2Gi") String sharedMemory,
            @DefaultValue("2000") long user,
            @DefaultValue("30s") Duration grace,
            @DefaultValue("900") int startProbes,
            @DefaultValue("penstock") String gatewayNamespace,
            @DefaultValue("quota-service") String gatewayApp,
            @DefaultValue("") String hub,
            @DefaultValue({}) List<String> hubNetworks) {

        Serving {
            hubNetworks = List.copyOf(hubNetworks);
            if (user < 1) {
                throw new IllegalArgumentException("penstock.provisioning.serving.user must not be root");
            }
            if (startProbes < 1) {
                throw new IllegalArgumentException("penstock.provisioning.serving.start-probes is at least 1");
            }
        }
    }

    ProvisioningSettings {
        if (workers < 1 || crashes < 1) {
            throw new IllegalArgumentException("penstock.provisioning.workers and .crashes are at least 1");
        }
        for (Duration pause : List.of(poll, queuedEvery, comingUpEvery, readyEvery, retryFirst, retryMost, sweepEvery, nodesEvery)) {
            if (!pause.isPositive()) {
                throw new IllegalArgumentException("penstock.provisioning: every rhythm and every pause is longer than nothing");
            }
        }
        if (claimMargin.compareTo(claim) >= 0) {
            throw new IllegalArgumentException("penstock.provisioning.claim-margin must be shorter than .claim");
        }
    }

    /** For how much of a claim something may still be begun. */
    Duration usable() {
        return claim.minus(claimMargin);
    }

    /** The pause after a failure, of which there were {@code before} in a row. */
    Duration retry(int before) {
        Duration pause = retryFirst.multipliedBy(1L << Math.min(before, 20));
        return pause.compareTo(retryMost) < 0 ? pause : retryMost;
    }
}
