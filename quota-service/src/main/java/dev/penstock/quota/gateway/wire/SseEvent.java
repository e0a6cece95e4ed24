package dev.penstock.quota.gateway.wire;

import org.jspecify.annotations.Nullable;

/**
 * One server-sent event.
 *
 * @param bytes all of it, the blank line included
 * @param data where its data stands; null: it has none, for example a comment
 * @param lines over how many lines the data goes
 */
record SseEvent(byte[] bytes, @Nullable Span data, int lines) {}
