package dev.penstock.contract.quota;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A limit and its present use. {@code used + setAside} never grows beyond {@code amount}.
 *
 * @param used what is final
 * @param setAside what is reserved and may still become used or be given back
 * @param periodStart null for {@link Window#NOW}
 * @param resets when the period ends; null for {@link Window#NOW}
 */
public record LimitView(
        LimitId id,
        TenantId tenant,
        String tenantName,
        @Nullable ProjectId project,
        @Nullable String projectName,
        Meter meter,
        @Nullable String profile,
        Window window,
        @Nullable Long amount,
        @Nullable Integer softPercent,
        long used,
        long setAside,
        @Nullable Instant periodStart,
        @Nullable Instant resets) {}
