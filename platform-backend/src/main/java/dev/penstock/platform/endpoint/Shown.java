package dev.penstock.platform.endpoint;

import org.jspecify.annotations.Nullable;

/**
 * An endpoint with what is shown of its slice.
 *
 * @param hasSlice whether its last start has one by now
 * @param node where that runs or ran
 */
record Shown(Endpoint endpoint, boolean hasSlice, @Nullable Integer progress, @Nullable String node) {}
