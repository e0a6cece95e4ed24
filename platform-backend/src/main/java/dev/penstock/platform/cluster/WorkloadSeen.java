package dev.penstock.platform.cluster;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Kueue's side of a pod.
 *
 * @param admittedAt since when it may be placed; null: it waits
 * @param words why it waits, in Kueue's own; null: it has not said yet
 */
public record WorkloadSeen(@Nullable Instant admittedAt, @Nullable String words) {}
