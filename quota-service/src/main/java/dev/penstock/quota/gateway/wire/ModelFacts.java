package dev.penstock.quota.gateway.wire;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a model's sizes, in tokens.
 *
 * @param maxTokensPerByte null: unknown, and then only the context bounds a prompt
 */
public record ModelFacts(long contextTokens, long maxOutputTokens, @Nullable Integer maxTokensPerByte) {}
