package dev.penstock.contract.quota;

import org.jspecify.annotations.Nullable;

/** @param code null: the status says all */
public record RefusalCount(int status, @Nullable String code, long refused) {}
