package dev.penstock.quota.gateway;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call as the log of calls tells it. Nothing in it is text that a client sent: a model is named as its route is, and one that is not there is not named.
 *
 * @param tenant null: nobody knows who called, as also the next two
 * @param key null also for a person with their own sign-in
 * @param model the last that was to be asked; null: none was found
 * @param attempts that were admitted, each at an engine
 * @param firstByteMillis null: not a stream, or nothing came
 * @param inputTokens as the engine of the last attempt counted, like the next two, cached ones not among them; null: it did not tell
 * @param bytesOut of the answer's body
 */
record CallLine(
        Instant at, String call, @Nullable String tenant, @Nullable String project, @Nullable String key, String operation, @Nullable String model, int status,
        int attempts, long millis, @Nullable Long firstByteMillis, @Nullable Long inputTokens, @Nullable Long cachedTokens, @Nullable Long outputTokens,
        long bytesOut) {}
