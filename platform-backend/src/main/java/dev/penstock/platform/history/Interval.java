package dev.penstock.platform.history;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * @param from the look that found the node so
 * @param until the look that found it otherwise, or gone; null: it is so still
 */
record Interval(NodeState state, Instant from, @Nullable Instant until) {}
