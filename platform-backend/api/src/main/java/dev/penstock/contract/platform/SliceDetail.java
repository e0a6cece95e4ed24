package dev.penstock.contract.platform;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param timeline what really happened, oldest first
 * @param namespace where its objects are
 * @param connect a command that opens a shell in the workspace; null while there is none
 * @param longestLeaseSeconds how long the lease may become by policy
 */
public record SliceDetail(
        SliceView slice, List<Event> timeline, String namespace, @Nullable String connect, long longestLeaseSeconds) {

    /**
     * @param state the state it entered; null for something that happened within a state
     * @param sentence for a person
     */
    public record Event(Instant at, @Nullable SliceState state, String sentence) {}
}
