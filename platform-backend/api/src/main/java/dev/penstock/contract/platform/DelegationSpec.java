package dev.penstock.contract.platform;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Times count to the second.
 *
 * @param delegate subject of the person who is to approve
 * @param from null: at once
 */
public record DelegationSpec(@NotNull @Size(min = 1, max = 200) String delegate, @Nullable Instant from, @NotNull Instant until) {}
