package dev.penstock.contract.quota;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param expiresAt when it stops working; null: never
 * @param models the only models it may call; null: all that its project may call
 */
public record KeySpec(
        @NotNull @Size(min = 1, max = 100) String name, @Nullable Instant expiresAt, @Nullable @Size(min = 1, max = 100) List<@NotNull @Size(min = 1, max = 200) String> models) {}
