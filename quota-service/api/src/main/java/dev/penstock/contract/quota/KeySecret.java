package dev.penstock.contract.quota;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A secret of a key that works now, without what opens anything.
 *
 * @param start how it begins
 * @param endsAt when it stops working; null: when the key does
 * @param lastUsedAt to the minute
 */
public record KeySecret(String start, Instant madeAt, @Nullable Instant endsAt, @Nullable Instant lastUsedAt) {}
