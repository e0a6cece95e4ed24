package dev.penstock.contract.platform;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param timeline what really happened, oldest first: asked, approved, queued, placed, pulled, loading, ready, stopped
 * @param events what the cluster says about its objects, newest first
 * @param namespace where its objects are
 */
public record EndpointDetail(EndpointView endpoint, List<Step> timeline, List<ClusterEvent> events, String namespace) {

    /** @param state the state it entered; null for something that happened within a state */
    public record Step(Instant at, @Nullable EndpointState state, String sentence) {}

    /** @param warning as against a normal one */
    public record ClusterEvent(Instant at, boolean warning, String reason, String message, int count) {}
}
