package dev.penstock.contract.platform;

import dev.penstock.contract.GpuTime;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param timeline what really happened, oldest first
 * @param namespace where its objects are
 * @param connect a command that opens a shell in the workspace; null while there is none
 * @param longestLeaseSeconds how long the lease may become by policy
 * @param setAside the GPU time of the whole lease; what of it is not used is given back at the end
 * @param workspace what runs on it; null: a plain shell, or what serves a model
 * @param mayEnter whether the caller may go into the workspace now
 */
public record SliceDetail(
        SliceView slice, List<Event> timeline, String namespace, @Nullable String connect, long longestLeaseSeconds, GpuTime setAside,
        @Nullable WorkspaceView workspace, boolean mayEnter) {

    /** Of a plain shell. */
    public SliceDetail(SliceView slice, List<Event> timeline, String namespace, @Nullable String connect, long longestLeaseSeconds, GpuTime setAside) {
        this(slice, timeline, namespace, connect, longestLeaseSeconds, setAside, null, false);
    }

    /**
     * @param state the state it entered; null for something that happened within a state
     * @param sentence for a person
     */
    public record Event(Instant at, @Nullable SliceState state, String sentence) {}
}
