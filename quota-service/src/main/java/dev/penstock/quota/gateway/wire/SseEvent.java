package dev.penstock.quota.gateway.wire;

import org.jspecify.annotations.Nullable;

/**
 * One server-sent event, where it stands: good until whoever read it reads on.
 *
 * @param bytes around it, which are not its own
 * @param at all of it, the blank line included
 * @param data where its data stands; null: it has none, for example a comment
 * @param lines over how many lines the data goes
 */
record SseEvent(byte[] bytes, Span at, @Nullable Span data, int lines) {}
