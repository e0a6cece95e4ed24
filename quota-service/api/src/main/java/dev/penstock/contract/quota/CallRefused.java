package dev.penstock.contract.quota;

import org.jspecify.annotations.Nullable;

/**
 * An error as the client of a call gets it.
 *
 * @param code null: its status says all
 */
public record CallRefused(int status, @Nullable String code, String message) {}
