package dev.penstock.contract.quota;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Instant;

/**
 * How long a slice was ready in one phase.
 *
 * @param startedAt when the phase became ready, by the pod's own condition
 * @param seconds whole seconds ready since then; never falls
 */
public record SliceTime(@NotNull Instant startedAt, @PositiveOrZero long seconds) {}
