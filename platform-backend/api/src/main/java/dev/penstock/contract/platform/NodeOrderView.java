package dev.penstock.contract.platform;

import dev.penstock.contract.OrderId;
import dev.penstock.contract.RepackId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * @param orderedBy subject of the administrator
 * @param emptyAt from when on slices on the node are taken elsewhere
 * @param repack the proposal that it is part of
 * @param since of the state
 * @param words what it waits for, or why it failed
 * @param remaining pods of slices that were last seen on the node
 * @param endedAt null: it is under way
 */
public record NodeOrderView(
        OrderId id,
        String node,
        NodeGoal goal,
        NodeOrderState state,
        String orderedBy,
        Instant orderedAt,
        @Nullable String reason,
        Instant emptyAt,
        @Nullable RepackId repack,
        Instant since,
        @Nullable String words,
        int remaining,
        @Nullable Instant endedAt) {}
