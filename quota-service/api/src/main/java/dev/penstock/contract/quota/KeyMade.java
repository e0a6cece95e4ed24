package dev.penstock.contract.quota;

import org.jspecify.annotations.Nullable;

/** @param secret the key itself, told this once; null when making was repeated: it is kept nowhere */
public record KeyMade(KeyView key, @Nullable String secret) {}
