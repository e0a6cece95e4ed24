package dev.penstock.contract.quota;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param expiresAt when it stops working; null: never
 * @param models the only models it may call; null: all that its project may call
 * @param operations the only operations it may ask for; null: all
 * @param networks whence it may be used: addresses, or networks such as {@code 10.2.0.0/16} and {@code 2001:db8::/32}; null: from everywhere
 * @param purpose what it is for, in the maker's words
 */
public record KeySpec(
        
        @NotNull @Size(min = 1, max = 100) String name,
        @Nullable Instant expiresAt,
        @Nullable @Size(min = 1, max = 100) List<@NotNull @Size(min = 1, max = 200) String> models,
        @Nullable @Size(min = 1, max = 20) List<@NotNull KeyOperation> operations,
        @Nullable @Size(min = 1, max = 50) List<@NotNull @Size(min = 1, max = 50) String> networks,
        @Nullable @Size(min = 1, max = 500) String purpose) {}
