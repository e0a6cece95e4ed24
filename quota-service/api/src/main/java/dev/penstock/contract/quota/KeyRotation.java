package dev.penstock.contract.quota;

import jakarta.validation.constraints.PositiveOrZero;
import org.jspecify.annotations.Nullable;

/** @param graceSeconds for how long the secret that works now goes on working beside the new one, never longer than the key; null: as configured */
public record KeyRotation(@Nullable @PositiveOrZero Long graceSeconds) {}
